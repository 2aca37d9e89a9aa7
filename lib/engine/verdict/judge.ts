/** Facts in, verdict out: the level, the rule that gave it, and every finding in the order in which it is told. */
import { arcFindings, forwardingFindings } from './about-arc.ts';
import { authorFindings } from './about-author.ts';
import { bimiFindings } from './about-bimi.ts';
import { dkimFindings } from './about-dkim.ts';
import { dmarcFindings } from './about-dmarc.ts';
import { dnsFindings } from './about-dns.ts';
import { thenAndNow } from './about-now.ts';
import { pslFindings } from './about-psl.ts';
import { spfFindings } from './about-spf.ts';
import { trustFindings } from './about-trust.ts';
import type { Facts } from './facts.ts';
import { type Finding, LEVEL_OF, type Level, type Rule } from './finding.ts';
import { checkedDmarc, decide } from './rule.ts';

export interface Verdict {
  readonly level: Level;
  readonly rule: Rule;
  /** What our own check alone would say. */
  readonly checkedLevel: Level;
  readonly findings: readonly Finding[];
}

/** Total and pure: the same facts give the same verdict. */
export function judge(facts: Facts): Verdict {
  const rule = decide(facts);
  const level = LEVEL_OF[rule];
  const unanswered = dnsFindings(facts);
  const checks = [
    ...spfFindings(facts),
    ...dkimFindings(facts, level),
    ...dmarcFindings(facts, rule),
    ...bimiFindings(facts, rule, unanswered.length > 0),
  ];
  const trust = trustFindings(facts);
  const since = thenAndNow(facts, rule, unanswered.length > 0);
  // Nobody delivered it, so that nothing can have been checked on delivery; the missing proofs would only alarm.
  const isOwn = isOwnMail(trust);
  return {
    level,
    rule,
    checkedLevel: checkedLevelOf(facts),
    findings: [
      ...authorFindings(facts),
      ...(isOwn ? checks.filter(({ step, about }) => step === 'policy' && about === 'DMARC') : checks),
      ...trust,
      ...unanswered,
      ...forwardingFindings(facts),
      ...since,
      // Told already, as what the receiver went by.
      ...(since.some(({ code }) => /^now-(?:only|walk)-/.test(code)) ? [] : pslFindings(facts)),
      ...arcFindings(facts),
    ],
  };
}

function checkedLevelOf(facts: Facts): Level {
  switch (checkedDmarc(facts)) {
    case 'pass':
      return 'authenticated';
    case 'none':
      return 'unprotected';
    case 'fail':
      return 'failed';
    default:
      return 'unknown';
  }
}

/** Mail that was sent or is being written here: whether somebody vouches for it is no question. */
export function isOwnMail(findings: readonly Pick<Finding, 'code'>[]): boolean {
  return findings.some(({ code }) => code === 'not-received');
}
