/** Findings about what the receiver made of its own DMARC result: what it did with the mail, or why it has none. */
import type { ReportedResult } from '../authres/evidence.ts';
import { propertyOf } from '../authres/parse.ts';
import type { Facts } from './facts.ts';
import type { Finding, FindingCode } from './finding.ts';
import { reportedDmarc } from './rule.ts';

/** What the receiver did with a mail that failed: Gmail's `dis=` stands in a comment of its own, Microsoft's is `action=`. */
export function actionFindings(facts: Facts): readonly Finding[] {
  const { dmarc } = facts.evidence;
  if (dmarc === null) return [];
  if (reportedDmarc(facts) !== 'fail') return [];
  const action = (
    /(?:^|\s)dis=(\w+)/i.exec(dmarc.comment ?? '')?.[1] ?? propertyOf(dmarc.properties, '', 'action')
  ).toLowerCase();
  const known = ACTIONS.get(action);
  if (known === undefined) return [];
  const isOverride = known === 'receiver-delivered' && !asksForNothing(facts, dmarc);
  const isByArc = /(?:^|\s)arc=pass(?:\s|$)/i.test(dmarc.comment ?? '');
  const code = !isOverride ? known : isByArc ? 'receiver-arc-override' : 'receiver-delivered-anyway';
  return [
    {
      code,
      params: {},
      severity: 'info',
      step: 'policy',
      about: null,
      provenance: [{ by: 'reported', result: action === 'none' ? 'dis=none' : action }],
      because: { fields: [dmarc.field], dns: [] },
    },
  ];
}

/** The policy as the receiver saw it, else as it is today; Gmail writes `p=NONE` into the comment. */
function asksForNothing({ dmarc }: Facts, { comment }: ReportedResult): boolean {
  const then = /(?:^|\s)p=(\w+)/i.exec(comment ?? '')?.[1]?.toLowerCase();
  const now = dmarc?.policy.kind === 'record' ? dmarc.policy.applied : null;
  return (then ?? now) === 'none';
}

/** A result that decides nothing: DNS failed for the receiver, or it could not use what it got. */
export function receiverErrors(facts: Facts): readonly Finding[] {
  const { dmarc } = facts.evidence;
  if (dmarc === null || reportedDmarc(facts) !== 'error') return [];
  const { result, field } = dmarc;
  return [
    {
      code: 'receiver-error',
      params: { result },
      severity: 'info',
      step: 'alignment',
      about: 'DMARC',
      provenance: [{ by: 'reported', result }],
      because: { fields: [field], dns: [] },
    },
  ];
}

/** A map, not an object: the word comes from the mail and may be `constructor`. */
const ACTIONS = new Map<
  string,
  Extract<FindingCode, 'receiver-delivered' | 'receiver-quarantined' | 'receiver-rejected'>
>([
  ['none', 'receiver-delivered'],
  ['oreject', 'receiver-delivered'],
  ['quarantine', 'receiver-quarantined'],
  ['reject', 'receiver-rejected'],
]);
