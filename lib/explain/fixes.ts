/** What to do, for the one who received the mail and for the one who sent it. */
import {
  type Facts,
  type Finding,
  isOwnMail,
  type Level,
  type Rule,
  type Verdict,
  type Why,
} from '../engine/index.ts';
import { type Fix, sentAs } from './explanation.ts';
import { shownDomain } from './sentence.ts';
import type { Translate } from './translate.ts';

export function fixesFor(facts: Facts, { rule, level, findings }: Verdict, t: Translate): readonly Fix[] {
  if (rule === 'pending') return [];
  if (isOwnMail(findings)) {
    return [{ code: 'not-received', role: 'recipient', text: t('fix_not_received') }];
  }
  const raw = facts.authors.kind === 'one' ? facts.authors.author.domain : '';
  const domain = shownDomain(t, raw);
  const isList = findings.some(({ code }) => code === 'mailing-list');
  const advice: Fix[] = [recipientFix(rule, isList, domain, t)];
  if (raw === '') return advice;
  advice.push(...dnsFixes(level, findings, t));
  // Who signed, and was changed on the way, cannot mend that by signing.
  const isSigned = findings.some(({ code, severity }) => code === 'dkim-broken-since' && severity === 'fail');
  if (level === 'failed' && rule !== 'reported-fail-holds-today' && !isList && !isSigned) {
    // A service that signs in its own name can be told to sign in yours.
    const service = findings.find(({ code }) => code === 'dkim-unaligned');
    const other = service === undefined ? null : sentAs([service]);
    advice.push(
      other === null
        ? { code: 'sender-sign', role: 'sender', text: t('fix_sender_sign', { domain }) }
        : {
            code: 'sender-align',
            role: 'sender',
            text: t('fix_sender_align', { domain, other: shownDomain(t, other.domain) }),
          },
    );
  }
  if (findings.some(({ code }) => code === 'policy-missing')) {
    advice.push({ code: 'sender-publish', role: 'sender', text: t('fix_sender_publish', { domain: raw }) });
  }
  return advice;
}

/** How the check can be completed. What only the domain can mend is worth the reader's time where nothing else decides. */
function dnsFixes(level: Level, findings: readonly Finding[], t: Translate): readonly Fix[] {
  const fixes: Fix[] = [];
  const unanswered = findings.find((finding) => finding.code === 'dns-unanswered');
  if (unanswered !== undefined) {
    const text = againText(unanswered.params.why, t);
    fixes.push({ code: 'check-again', role: 'recipient', text });
  }
  const failed = findings.find((finding) => finding.code === 'dns-servfail')?.params.open[0];
  if (failed === undefined) return fixes;
  const shown = { domain: shownDomain(t, failed.domain) };
  if (level === 'unknown' && unanswered === undefined) {
    fixes.push({ code: 'check-later', role: 'recipient', text: t('fix_dns_servfail', shown) });
  }
  fixes.push({ code: 'sender-dns', role: 'sender', text: t('fix_sender_dns', shown) });
  return fixes;
}

function againText(why: Why, t: Translate): string {
  switch (why) {
    case 'dns-offline':
      return t('fix_dns_offline');
    case 'dns-portal':
      return t('fix_dns_portal');
    default:
      return t('fix_dns_resolver');
  }
}

function recipientFix(rule: Rule, isList: boolean, domain: string, t: Translate): Fix {
  const fix = (code: string, text: string): Fix => ({ code, role: 'recipient', text });
  switch (rule) {
    case 'reported-pass':
    case 'worked-out-pass':
    case 'checked-pass':
      return fix('authenticated', t('fix_authenticated'));
    case 'reported-fail':
    case 'worked-out-fail':
    case 'checked-fail':
      return isList
        ? fix('failed-list', t('fix_failed_list', { domain }))
        : fix('failed', t('fix_failed', { domain }));
    case 'reported-fail-holds-today':
      return fix('holds-today', t('fix_holds_today', { domain }));
    case 'reported-none':
    case 'checked-none':
      return fix('unprotected', t('fix_unprotected'));
    case 'reported-none-vouched':
    case 'checked-none-vouched':
      return fix('vouched-unprotected', t('fix_vouched_unprotected'));
    case 'unanswered':
      return fix('unanswered', t('fix_unanswered'));
    case 'author-unusable':
    case 'author-lookalike':
    case 'authors-several':
    case 'authors-several-failed':
      return fix('author', t('fix_author'));
    case 'undetermined':
    case 'pending':
      return fix('unknown', t('fix_unknown'));
  }
}
