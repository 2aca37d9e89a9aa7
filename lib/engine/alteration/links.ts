/** Undoes the rewriting of links by scanners, which keep the original inside the new address. */
import type { FormerBody } from './body-search.ts';
import { decodeBase64Lines } from './transfer.ts';

/** Microsoft: `https://REGION.safelinks.protection.outlook.com/?url=ESCAPED&data=…`. */
const SAFE_LINKS =
  /https:\/\/[a-z0-9]{1,20}\.safelinks\.protection\.outlook\.com\/(?:ap\/[a-z0-9-]{1,20}\/)?\?url=([^&\s"'<>]*)[^\s"'<>]*/gi;
/** Proofpoint: `https://urldefense.com/v3/__LINK__;REPLACED!!TOKEN$`; bounded, since its end may be missing. */
const URL_DEFENSE_3 =
  /https:\/\/urldefense(?:\.proofpoint)?\.com\/v3\/__([^\s"'<>]{0,2000}?)__;([^!\s"'<>]{0,500})![^$\s"'<>]{0,200}\$/gi;
/** Proofpoint: `https://urldefense.proofpoint.com/v2/url?u=LINK&d=…`. */
const URL_DEFENSE_2 = /https:\/\/urldefense(?:\.proofpoint)?\.com\/v2\/url\?u=([^&\s"'<>]*)[^\s"'<>]*/gi;
/** Barracuda: `https://linkprotect.cudasvc.com/url?a=ESCAPED&c=…`. */
const LINK_PROTECT = /https:\/\/linkprotect\.cudasvc\.com\/url\?a=([^&\s"'<>]*)[^\s"'<>]*/gi;

export function formerLinks(body: string): readonly FormerBody[] {
  const scanners = [
    [SAFE_LINKS, unescaped],
    [URL_DEFENSE_3, refilled],
    [URL_DEFENSE_2, (link: string) => unescaped(link.replaceAll('-', '%').replaceAll('_', '/'))],
    [LINK_PROTECT, unescaped],
  ] as const;
  return scanners.flatMap(([pattern, undo]): readonly FormerBody[] => {
    let count = 0;
    let by = '';
    const was = body.replace(pattern, (whole: string, link: string, rest: unknown) => {
      count++;
      by = whole.split('/')[2]?.toLowerCase() ?? '';
      return undo(link, typeof rest === 'string' ? rest : '');
    });
    return count === 0 ? [] : [{ body: was, alterations: [{ kind: 'links-rewritten', count, by }] }];
  });
}

/** Percent codes (RFC 3986 §2.1) as octets. */
function unescaped(link: string): string {
  return link.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Each `*` stands for one octet of the list behind the link, which is base64 for URLs. */
function refilled(link: string, replaced: string): string {
  const octets = decodeBase64Lines(replaced.replaceAll('-', '+').replaceAll('_', '/')) ?? '';
  let next = 0;
  return link.replaceAll('*', (star) => octets[next++] ?? star).replace(/^(https?:\/)(?!\/)/, '$1/');
}
