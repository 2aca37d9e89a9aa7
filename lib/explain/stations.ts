/** The way to a result, line by line: the terms of an SPF record, the stations of an ARC chain. For views and for text. */
import type { ArcSetCheck, SpfRecordTrace, SpfTermTrace } from '../engine/index.ts';
import type { MessageReport } from './report.ts';
import { keyOf, resultWord, shownDomain } from './sentence.ts';
import type { Translate } from './translate.ts';
import { shortened } from './visible.ts';

export type LineTone = 'match' | 'error' | 'open' | 'quiet' | 'plain';

export interface Line {
  /** How deep it stands, from 0. */
  readonly depth: number;
  readonly tone: LineTone;
  /** What stands in the record or the header. */
  readonly text: string;
  /** What became of it, in words. */
  readonly note: string;
}

/** The SPF check in one identity, or nothing where no record was asked for. */
export function spfLines(trace: SpfRecordTrace | null, t: Translate, depth = 0): readonly Line[] {
  if (trace === null) return [];
  const head: Line = {
    depth,
    tone: 'plain',
    text: shownDomain(t, trace.domain),
    note: headNote(trace, t),
  };
  const terms = trace.terms.flatMap((term) => [
    { depth: depth + 1, tone: TONES[term.outcome], text: shortened(term.text), note: noteOf(term, t) },
    ...spfLines(term.record, t, depth + 2),
  ]);
  return [head, ...terms];
}

/** The result in its RFC word; in words of ours where there is no record, or no result that SPF knows. */
function headNote({ text, result, reason }: SpfRecordTrace, t: Translate): string {
  const isOurs = reason !== null && (text === null || result === 'withheld');
  return isOurs ? whyOf(reason, t) : resultWord(t, result);
}

const TONES: Readonly<Record<SpfTermTrace['outcome'], LineTone>> = {
  match: 'match',
  followed: 'match',
  error: 'error',
  withheld: 'open',
  'no-match': 'plain',
  'not-reached': 'quiet',
  ignored: 'quiet',
};

function noteOf({ outcome, reason, lookup, isVoid }: SpfTermTrace, t: Translate): string {
  const isWhy = reason !== null && (outcome === 'error' || reason === 'local-part-unknown');
  const notes = [isWhy ? whyOf(reason, t) : t(keyOf('spf_term', outcome))];
  if (lookup !== null) notes.push(t('spf_lookup', { number: lookup }));
  if (isVoid) notes.push(t('spf_void'));
  return notes.join(' · ');
}

function whyOf(reason: NonNullable<SpfTermTrace['reason']>, t: Translate): string {
  return t(keyOf('why', `spf-${reason}`));
}

/** What each station of the chain found, the first one first. */
export function arcLines(arc: MessageReport['checked']['arc'], t: Translate): readonly Line[] {
  return (arc?.sets ?? []).map((set) => ({
    depth: 0,
    tone: sealTone(set),
    text: `i=${set.instance} ${shownDomain(t, set.domain)}`,
    note: [resultsOf(set), t(keyOf('arc_seal', set.seal.result)), changedNote(set, t)]
      .filter((text) => text !== '')
      .join(' · '),
  }));
}

const CHANGED: ReadonlySet<ArcSetCheck['messageSignature']['reason']> = new Set([
  'signature-mismatch',
  'body-altered',
  'body-too-short',
]);

/** Usual for a station whose mail others changed after it; only the newest has to fit. */
function changedNote({ seal, messageSignature }: ArcSetCheck, t: Translate): string {
  return seal.result === 'pass' && CHANGED.has(messageSignature.reason) ? t('arc_changed_since') : '';
}

function sealTone({ seal }: ArcSetCheck): LineTone {
  return seal.result === 'pass' ? 'match' : seal.result === 'fail' ? 'error' : 'open';
}

function resultsOf({ results }: ArcSetCheck): string {
  return results.results
    .filter(({ method }) => ['spf', 'dkim', 'dmarc', 'arc'].includes(method))
    .map(({ method, result }) => shortened(`${method}=${result}`, 24))
    .join(' ');
}
