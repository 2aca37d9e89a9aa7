/**
 * The deciding words of a header field or a DNS record: where a reader's eye should fall. Positions are in characters
 * of the text as it stands. What a mail holds is searched as literal text and never becomes a pattern.
 */
import type { Answer, Finding } from '../engine/index.ts';
import { pieces, tagsOf, tokens } from './pieces-of-text.ts';
import { unicodeOf } from './visible.ts';

export interface Mark {
  readonly start: number;
  readonly end: number;
}

interface Field {
  /** The field's name in lower case. */
  readonly key: string;
  readonly value: string;
}

/** The words of a header field that a finding rests on, from left to right; none where the whole field counts. */
export function fieldMarks(finding: Finding, { key, value }: Field): readonly Mark[] {
  switch (key) {
    case 'from':
      return authorMarks(finding, value);
    case 'dkim-signature':
      return tagMarks(value, signatureTags(finding));
    case 'received':
      return hopMarks(value);
    case 'received-spf':
      return tokens(value).slice(0, 1);
    default:
      return key.includes('authentication-results') ? resultMarks(finding, value) : [];
  }
}

/**
 * The words of a record: one list for each of the answer's texts. `policyTag` is the tag that gave the policy
 * (RFC 9989 §4.7), null where none did.
 */
export function answerMarks(
  { code }: Finding,
  { name, answers }: Pick<Answer, 'name' | 'answers'>,
  policyTag: string | null,
): readonly (readonly Mark[])[] {
  const names = name.startsWith('_dmarc.') ? policyTags(code, policyTag) : keyTags(code);
  return answers.map((text) => tagMarks(text, names));
}

function authorMarks({ params }: Finding, value: string): readonly Mark[] {
  const domains =
    'domains' in params ? params.domains.split(', ') : 'domain' in params ? [params.domain] : [];
  return domains
    .flatMap((domain) => lastAddressOf(domain, value) ?? lastAddressOf(unicodeOf(domain), value) ?? [])
    .sort((one, other) => one.start - other.start);
}

/** Where the domain stands in its last address: a display name may hold another one. */
function lastAddressOf(domain: string, value: string): Mark | null {
  if (domain === '') return null;
  const text = lowered(value);
  const wanted = `@${lowered(domain)}`;
  for (let at = text.lastIndexOf(wanted); at !== -1; at = at === 0 ? -1 : text.lastIndexOf(wanted, at - 1)) {
    const end = at + wanted.length;
    if (!/[\p{L}\p{N}\p{M}_.-]/u.test(text[end] ?? ' ') || /^\.(?:$|\W)/.test(text.slice(end, end + 2))) {
      return { start: at + 1, end };
    }
  }
  return null;
}

/** ASCII only: other letters may change their length, and positions with it. */
function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function signatureTags({ code }: Finding): readonly string[] {
  switch (code) {
    case 'dkim-key-missing':
    case 'dkim-key-gone':
    case 'dkim-key-revoked':
    case 'dkim-key-unanswered':
    case 'dkim-key-unusable':
    case 'dkim-short-key':
    case 'dkim-testing-key':
      return ['d', 's'];
    case 'dkim-expired':
    case 'expiry-by-date':
    case 'dkim-expired-since':
      return ['x'];
    case 'dkim-weak-algorithm':
      return ['a'];
    case 'dkim-unsigned-tail':
      return ['d', 'l'];
    case 'dkim-body-altered':
      return ['d', 'bh'];
    case 'dkim-from-added':
      return ['d', 'h'];
    default:
      return ['d'];
  }
}

function policyTags(code: string, policyTag: string | null): readonly string[] {
  if (code === 'policy-testing') return ['t'];
  if (code.startsWith('policy-')) return policyTag === null ? [] : [policyTag];
  return ['adkim', 'aspf'];
}

function keyTags(code: string): readonly string[] {
  if (code === 'dkim-testing-key') return ['t'];
  if (code === 'dkim-key-unusable') return ['v', 'k', 'h', 's'];
  return code === 'dkim-key-revoked' ? ['p'] : [];
}

function tagMarks(text: string, names: readonly string[]): readonly Mark[] {
  return tagsOf(text).filter(({ name }) => names.includes(name));
}

/** Who gave the mail, by address, and who took it. */
function hopMarks(value: string): readonly Mark[] {
  const words = tokens(value);
  // The last one: the sender may call itself "by".
  const by = words.findLastIndex(({ start, end }) => value.slice(start, end).toLowerCase() === 'by');
  const host = words[by + 1];
  if (by === -1 || host === undefined) return [];
  const from = value.slice(0, words[by]?.start ?? 0);
  const [open, close] = [from.lastIndexOf('['), from.lastIndexOf(']')];
  return [...(open !== -1 && open + 1 < close ? [{ start: open + 1, end: close }] : []), host];
}

/** The properties that name somebody, by method (RFC 8601 §2.7). */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  spf: ['smtp.mailfrom', 'smtp.helo'],
  dkim: ['header.d', 'header.i'],
  dmarc: ['header.from'],
};

/** In a result field: the id for a finding about whom to believe, else the result of the method it is about. */
function resultMarks(finding: Finding, value: string): readonly Mark[] {
  const parts = pieces(value, ';');
  // In an ARC set the instance stands before the id (RFC 8617 §4.1.1).
  const [id] = parts.filter(({ start }) => !/^i\s*=/i.test(value.slice(start, start + 8)));
  const isAboutId = finding.step === 'trust' && finding.about === null;
  if (isAboutId) return id === undefined || value.slice(id.start, id.end).includes('=') ? [] : [id];
  const method = finding.about === 'From' || finding.about === null ? 'dmarc' : finding.about.toLowerCase();
  const results = parts.filter(({ start, end }) =>
    value.slice(start, end).toLowerCase().startsWith(`${method}=`),
  );
  const domain = 'domain' in finding.params ? finding.params.domain : '';
  const own = results.filter((result) => namesSigner(value, result, domain));
  return (method === 'dkim' && own.length > 0 ? own : results).flatMap((result) =>
    finding.code.startsWith('receiver-') && finding.code !== 'receiver-error'
      ? dispositionMarks(value, result)
      : methodMarks(value, result, PROPERTIES[method] ?? []),
  );
}

/** Whether a DKIM result is about the signing domain: by `header.d`, or by `header.i` at or below it. */
function namesSigner(value: string, { start, end }: Mark, domain: string): boolean {
  const signer = lowered(domain);
  return tokens(value, start, end).some((token) => {
    const word = lowered(value.slice(token.start, token.end));
    if (word.startsWith('header.d=')) return word.slice('header.d='.length) === signer;
    return word.startsWith('header.i=') && (word.endsWith(`@${signer}`) || word.endsWith(`.${signer}`));
  });
}

function methodMarks(value: string, { start, end }: Mark, properties: readonly string[]): readonly Mark[] {
  const [method, ...rest] = tokens(value, start, end);
  const named = rest.filter((token) => {
    const word = value.slice(token.start, token.end).toLowerCase();
    return properties.some((property) => word.startsWith(`${property}=`));
  });
  return [...(method === undefined ? [] : [method]), ...named];
}

/** Gmail's `dis=` stands in a comment, Microsoft's `action=` is a property. */
function dispositionMarks(value: string, { start, end }: Mark): readonly Mark[] {
  const text = value.slice(start, end);
  const found = /\b(?:dis|action)=\w+/i.exec(text);
  return found === null ? [] : [{ start: start + found.index, end: start + found.index + found[0].length }];
}
