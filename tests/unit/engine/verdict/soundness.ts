/** What holds of every verdict, whatever the mail: what no reader may be told side by side, or without grounds. */
import { expect } from 'vitest';
import type { Examination, Finding, FindingCode, Step } from '../../../../lib/engine/index.ts';
import { alignmentOf } from '../../../../lib/engine/index.ts';

const STEPS: readonly Step[] = ['identifier', 'check', 'alignment', 'policy', 'trust'];

/** Then against now: at most one answer, though a change may have several causes. */
const CAUSES: ReadonlySet<FindingCode> = new Set([
  'now-key-gone',
  'now-body-changed',
  'now-spf-changed',
  'now-only-psl',
]);
const COMPARISONS: ReadonlySet<FindingCode> = new Set([
  'now-agrees',
  'now-differs',
  'now-open',
  'now-unanswered',
  'now-not-checkable',
  'now-spf-permits',
  'now-only-walk',
  'now-record-gone',
  'now-walk-applies',
  'holds-today',
  'published-since',
  'worked-out',
]);

export function isComparison(code: FindingCode): boolean {
  return COMPARISONS.has(code) || code.startsWith('now-');
}

/** Findings that speak of a signature as broken, and as proven genuine. */
const BROKEN = /^(?:dkim-body-altered|dkim-both-altered|dkim-signature-mismatch)$/;

/** The contradictions and loose ends in a verdict, as words; a sound one has none. */
export function faultsOf({ facts, verdict }: Examination): readonly string[] {
  const { findings, level, checkedLevel, rule } = verdict;
  const { evidence, reader } = facts;
  const faults: string[] = [];
  const codes = findings.map(({ code }) => code);
  const comparisons = codes.filter((code) => COMPARISONS.has(code));
  if (comparisons.length > 1 || (comparisons.length > 0 && codes.some((code) => CAUSES.has(code)))) {
    faults.push(`said at once: ${codes.filter(isComparison).join(', ')}`);
  }
  // A receiver may report two signatures alike that the message does not hold.
  const said = findings
    .filter(({ code }) => code !== 'dkim-reported')
    .map(({ code, params, because }) => JSON.stringify([code, params, because]));
  for (const [at, one] of said.entries()) {
    if (said.indexOf(one) < at) faults.push(`said twice: ${one}`);
  }
  const order = findings.map(({ step }) => STEPS.indexOf(step));
  if (order.some((step, at) => step < (order[at - 1] ?? 0))) faults.push('out of order');
  for (const finding of findings) faults.push(...looseGrounds(finding, facts), ...baseless(finding, facts));
  for (const { signatures, code } of brokenAndGenuine(findings)) faults.push(`${code} of ${signatures}`);
  if (rule === 'pending' && level !== 'unknown') faults.push('pending with a level');
  if (rule === 'pending' && facts.done) faults.push('pending, and nothing is awaited');
  const early = facts.done
    ? []
    : codes.filter((code) => (isComparison(code) && code !== 'worked-out') || code.startsWith('psl-'));
  if (early.length > 0) faults.push(`compared before all is known: ${early.join(', ')}`);
  const isDnsTold = codes.some((code) => code.startsWith('dns-'));
  if (rule === 'unanswered' && !isDnsTold) faults.push('unanswered, and nobody says what');
  if (rule === 'pending' && isDnsTold) faults.push('unanswered while awaited');
  if (codes.includes('now-unanswered') && !isDnsTold) faults.push('nothing was left open by DNS');
  if (rule === 'pending' && codes.some((code) => code.startsWith('bimi-')))
    faults.push('a logo while pending');
  if (evidence.basis !== 'mailbox') {
    const isOpen = rule === 'pending' || facts.authors.kind !== 'one';
    if (!isOpen && level !== checkedLevel) faults.push(`not a mailbox: ${level} is not ${checkedLevel}`);
    if (codes.some(isComparison)) faults.push('compared with what nobody reported');
    if (reader !== 'mailbox' && codes.includes('dkim-key-gone'))
      faults.push('a key of which a file says that it was there');
  }
  return faults;
}

function looseGrounds({ code, because }: Finding, { message, dns }: Examination['facts']): readonly string[] {
  const fields = because.fields.filter((field) => message.fields[field] === undefined);
  const answers = because.dns.filter((index) => (dns[index] ?? null) === null);
  return [
    ...fields.map((field) => `${code}: no field ${field}`),
    ...answers.map((index) => `${code}: no answer ${index}`),
  ];
}

/** Green only where something is the author domain's own, red only where nothing is. */
function baseless({ code, severity, params }: Finding, facts: Examination['facts']): readonly string[] {
  if (severity !== 'pass') return [];
  const domain = 'domain' in params ? params.domain : '';
  if (code === 'spf-aligned' && facts.reader !== 'mailbox') return ['green SPF in a file'];
  if (code === 'spf-aligned' && alignmentOf(facts, domain, 'spf') !== true) return ['SPF green, unaligned'];
  if (code === 'dkim-aligned' && alignmentOf(facts, domain, 'dkim') !== true)
    return ['DKIM green, unaligned'];
  return [];
}

function brokenAndGenuine(findings: readonly Finding[]): readonly { signatures: string; code: string }[] {
  const genuine = findings.filter(({ code }) => code === 'dkim-broken-since');
  return genuine.flatMap(({ because }) =>
    findings
      .filter(({ code, because: { fields } }) => {
        const isSame = fields[0] === because.fields[0];
        return isSame && (code === 'altered-unexplained' || BROKEN.test(code));
      })
      .map(({ code }) => ({ signatures: String(because.fields[0]), code })),
  );
}

export function expectSound(examination: Examination): void {
  expect(faultsOf(examination)).toEqual([]);
}

/** Told one after the other: a level that stands stays, and so does every answer. */
export function expectMonotone(told: readonly Examination[]): void {
  const levels = told.filter(({ verdict }) => verdict.rule !== 'pending').map(({ verdict }) => verdict.level);
  expect(new Set(levels).size).toBe(1);
  const firstDecided = told.findIndex(({ verdict }) => verdict.rule !== 'pending');
  expect(told.slice(firstDecided).map(({ verdict }) => verdict.rule)).not.toContain('pending');
  for (const [at, { facts }] of told.entries()) {
    const before = told[at - 1]?.facts;
    if (before === undefined) continue;
    expect(facts.dns.length).toBeGreaterThanOrEqual(before.dns.length);
    for (const [index, answer] of before.dns.entries()) {
      if (answer !== null) expect(facts.dns[index]).toBe(answer);
    }
    for (const [index, { check }] of before.signatures.entries()) {
      if (check !== null) expect(facts.signatures[index]?.check).toBe(check);
    }
    for (const part of ['dmarc', 'psl', 'arc', 'seal', 'bimi'] as const) {
      if (before[part] !== null) expect(facts[part]).toBe(before[part]);
    }
  }
}
