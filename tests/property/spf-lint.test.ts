import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../lib/engine/dns/ledger.ts';
import { edited, editedBy } from '../../lib/engine/lint/lint.ts';
import { isNear } from '../../lib/engine/lint/words.ts';
import { isSpfAttempt, lintSpf } from '../../lib/engine/spf/lint.ts';
import { firstFault, isSpfRecord, parseSpfRecord } from '../../lib/engine/spf/record.ts';
import {
  MAX_TREE_QUESTIONS,
  MAX_TREE_RECORDS,
  type SpfTreeRecord,
  spfTree,
} from '../../lib/engine/spf/tree.ts';
import { portsOver } from '../unit/engine/kit.ts';
import { textFor } from './arbitraries.ts';

const WORDS = [
  ...['v=spf1', 'v=spf2', 'spf', 'v', 'spf2.0/pra'],
  ...[' ', ' ', ' ', '+', '-', '~', '?'],
  ...['all', 'a', 'mx', 'ptr', 'include', 'exists', 'ip4', 'ip6', 'redirect', 'exp', 'ip', 'includ', 'moo'],
  ...[':', ':', '=', '/', '//', '.', ',', ';'],
  ...['24', '192.0.2.1', '2001:db8::1', 'a.example', '255.255.0.0', '%{d}', '%{', '%'],
  ...['"', '“', '\t', '–', '：', '\u200b', '\ufeff', 'ü', '\ud800', '😀'],
];

/** Records, and what comes near to one. */
const texts = fc.oneof(
  textFor(WORDS),
  textFor(WORDS).map((rest) => `v=spf1 ${rest}`),
);
const RUNS = { numRuns: 600 };

/** Errors of records that can be read: what receivers take in another sense than its owner. */
const READABLE = new Set(['spf-colon', 'spf-misspelt', 'spf-space-missing', 'spf-separator', 'spf-space']);

describe('remarks about any text', { timeout: 30_000 }, () => {
  it('never throw, and every place and every edit lies in the text, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let before = 0;
        for (const { start, end, edit } of lintSpf(text, null)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          before = start;
          if (edit === null) continue;
          expect(edit.start).toBeGreaterThanOrEqual(0);
          expect(edit.end).toBeGreaterThanOrEqual(edit.start);
          expect(edit.end).toBeLessThanOrEqual(text.length);
          expect(edited(text, [edit])).not.toBeNull();
        }
        isSpfAttempt(text);
      }),
      RUNS,
    );
  });

  it('call wrong what the parser refuses, and nothing else but what is meant otherwise', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lints = lintSpf(text, null);
        // Another kind of record, which is nobody's error.
        if (lints.some(({ code }) => code === 'spf-sender-id')) return;
        const errors = lints.filter(({ severity }) => severity === 'error');
        const isRefused = !isSpfRecord(text) || firstFault(parseSpfRecord(text)) !== null;
        // What quotes stand around is read without them.
        const isQuoted = errors.some(({ code }) => code === 'spf-quotes');
        const isOtherwise = isQuoted || errors.every(({ code }) => READABLE.has(code));
        if (isRefused) expect(errors).not.toEqual([]);
        else expect(isOtherwise).toBe(true);
      }),
      RUNS,
    );
  });

  it('mend what they say they mend: in a few rounds nothing is left to do', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let mended = text;
        for (let round = 0; round < 8; round++) {
          const next = editedBy(mended, lintSpf(mended, null));
          if (next === null) return;
          mended = next;
        }
        expect.unreachable(`${JSON.stringify(text)} → ${JSON.stringify(mended)}`);
      }),
      RUNS,
    );
  });

  it('find a word near to itself with one slip, and not with none', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(word, fc.nat(7), fc.constantFrom(...'xyz'), (one, seed, letter) => {
        const at = seed % one.length;
        expect(isNear(one, one)).toBe(false);
        expect(isNear(one.slice(0, at) + letter + one.slice(at + 1), one)).toBe(true);
        expect(isNear(one.slice(0, at) + letter + one.slice(at), one)).toBe(true);
        expect(isNear(one.slice(0, at) + one.slice(at + 1), one)).toBe(true);
        expect(isNear(`${letter}${one}${letter}`, one)).toBe(false);
      }),
    );
  });
});

describe('60 kB of one thing', { timeout: 20_000 }, () => {
  it.each([
    ...WORDS,
    '@ ',
    'a,',
    '"a" ',
    ' " ',
    'redirect=a.example ',
    'a ',
    'é',
    'x=1 ',
    '1/',
    'a:b.example ',
  ])('is gone through in time: %j', (piece) => {
    const text = piece.repeat(60_000 / piece.length);
    for (const record of [text, `v=spf1 ${text}`, `v=spf1 a:${text}`, `v=spf1 ip4:${text}x`]) {
      lintSpf(record, null);
      isSpfAttempt(record);
    }
  });
});

const NAMES = ['bank.example', 'n1.example', 'n2.example', 'n3.example'];
const name = fc.constantFrom(...NAMES, 'gone.example', '%{d}', '%{l}.example', 'a..example');
const term = fc.oneof(
  fc
    .tuple(fc.constantFrom('include:', 'include:', 'a:', 'mx:', 'exists:', 'ptr:'), name)
    .map((it) => it.join('')),
  fc.constantFrom('a', 'mx', '-all', 'ip4:192.0.2.1', 'moo', 'x=1'),
  name.map((one) => `redirect=${one}`),
);
const record = fc.array(term, { maxLength: 6 }).map((terms) => ['v=spf1', ...terms].join(' '));
const entry = fc.oneof(
  { weight: 6, arbitrary: record.map((text): object => ({ TXT: [text], A: ['192.0.2.1'] })) },
  fc.constantFrom<object>({ RCODE: 'SERVFAIL' }, { TXT: ['v=spf1', 'v=spf1'] }, { TXT: [] }),
);
const zones = fc.record(Object.fromEntries(NAMES.map((one) => [one, entry])));

function recordsOf(tree: SpfTreeRecord): readonly SpfTreeRecord[] {
  return [tree, ...tree.terms.flatMap((one) => (one.record === null ? [] : recordsOf(one.record)))];
}

describe('the tree of any zone', { timeout: 30_000 }, () => {
  it('ends within its limits, and numbers its terms from 1 without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(zones, async (zone) => {
        const ledger = openLedger(portsOver(zone).resolve);
        const tree = await spfTree('bank.example', ledger);
        const records = recordsOf(tree.root);
        const read = records.filter(({ problem }) => problem !== 'unread' && problem !== 'loop');
        expect(read.length).toBeLessThanOrEqual(MAX_TREE_RECORDS);
        expect(ledger.answers().length).toBeLessThanOrEqual(MAX_TREE_QUESTIONS);
        expect(records.every(({ text, problem }) => (text === null) === (problem !== null))).toBe(true);
        const numbers = records.flatMap(({ terms }) => terms.flatMap(({ lookup }) => lookup ?? []));
        expect(numbers.toSorted((one, other) => one - other)).toEqual(
          Array.from({ length: tree.lookups }, (_, at) => at + 1),
        );
        lintSpf(tree.root.text ?? '', tree);
      }),
      { numRuns: 300 },
    );
  });
});
