/** Remarks about keys and BIMI records: read in any case, in linear time, true to the parsers, and mended for good. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintBimi } from '../../lib/engine/bimi/lint.ts';
import { parseBimiRecord } from '../../lib/engine/bimi/record.ts';
import { keyFacts } from '../../lib/engine/dkim/key-facts.ts';
import { lintKey } from '../../lib/engine/dkim/lint.ts';
import { parseKeyRecord } from '../../lib/engine/dkim/record.ts';
import type { Edit } from '../../lib/engine/lint/lint.ts';
import { ED25519, mended, rsaKey, WRAPPED } from '../unit/engine/dkim/lint-kit.ts';
import { textFor } from './arbitraries.ts';

const K = rsaKey(1024);

const WORDS = ['v', 'k', 'h', 's', 't', 'n', 'g', 'p', 'K', 'zz'];
const SIGNS = ['=', ';', ' ', ',', ':', '"', '\\', '“', '\u00a0', '\t', '\r\n', '-', '_', '|', '.', "'"];
const KEY_WORDS = [
  ...WORDS,
  ...SIGNS,
  'DKIM1',
  'rsa',
  'ed25519',
  'sha1',
  'sha256',
  'email',
  'y',
  'QUJD',
  '\\032',
  K,
  K.slice(0, 99),
  ED25519,
  WRAPPED,
  '-----BEGIN PUBLIC KEY-----',
];
const BIMI_WORDS = [
  ...SIGNS,
  'v',
  'l',
  'a',
  'avp',
  'lps',
  'L',
  'BIMI1',
  'brand',
  'https://b.example/x.svg',
  'b.example/x.pem',
  'http://',
];

type Lint = (text: string) => readonly {
  readonly code: string;
  readonly severity: string;
  readonly start: number;
  readonly end: number;
  readonly edit: Edit | null;
}[];

const LINTS: readonly [string, Lint, string, readonly string[]][] = [
  ['a key', lintKey, 'v=DKIM1; p=', KEY_WORDS],
  ['a BIMI record', lintBimi, 'v=BIMI1; l=', BIMI_WORDS],
];

describe.each(LINTS)('remarks about %s', (_, lint, start, words) => {
  const text = textFor(words);
  const record = fc.oneof(
    text,
    text.map((rest) => start + rest),
  );

  it('point into the text, in order, whatever stands there', () => {
    fc.assert(
      fc.property(record, (one) => {
        let last = 0;
        for (const { start: from, end, edit } of lint(one)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(from);
          expect(end).toBeLessThanOrEqual(one.length);
          if (edit === null) continue;
          expect(edit.start).toBeGreaterThanOrEqual(0);
          expect(edit.end).toBeGreaterThanOrEqual(edit.start);
          expect(edit.end).toBeLessThanOrEqual(one.length);
          expect(one.slice(0, edit.start) + edit.text + one.slice(edit.end)).not.toBe(one);
          last = from;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('come to an end when they are followed', () => {
    fc.assert(
      fc.property(record, (one) => {
        const end = mended(lint, one);
        expect(lint(end).filter(({ edit }) => edit !== null)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  /** What is quadratic does not finish this in the time of a test. */
  const SIZE = 100_000;
  const HOSTILE = [
    ...words,
    '" ',
    'k=',
    ' k=',
    ' k =',
    ';n=',
    '\\n',
    '= ',
    'a ',
    '=;',
    ',,',
    `${words.join('')};`,
  ];
  it.each([...new Set(HOSTILE)].map((one) => [JSON.stringify(one.slice(0, 60)), one] as const))(
    'finish 100 kB of %s',
    (_name, one) => {
      const filling = one.repeat(Math.ceil(SIZE / one.length));
      expect(() => [lint(filling), lint(start + filling), lint(`${start}${filling}\0 k=a`)]).not.toThrow();
    },
  );
});

describe('remarks and parsers', () => {
  const key = fc.oneof(
    textFor(KEY_WORDS),
    fc
      .array(
        fc.constantFrom(
          ...[
            'k=rsa',
            'k=dsa',
            'h=sha256',
            's=email',
            's=x',
            't=y',
            'g=*',
            'zz=1',
            'v=DKIM1',
            `p=${K}`,
            'p=',
          ],
          ...['oops', '', 'k', 'P=', '"k=rsa"'],
        ),
        { maxLength: 6 },
      )
      .map((tags) => tags.join('; ')),
  );

  it('a key that a receiver cannot use has an error, or is withdrawn', () => {
    fc.assert(
      fc.property(key, (text) => {
        if (parseKeyRecord(text).kind === 'key') return;
        const said = lintKey(text).map(({ code, severity }) => (severity === 'error' ? severity : code));
        expect(said.some((one) => one === 'error' || one === 'key-revoked')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('a mended record says no less: a good key stays the same key', () => {
    fc.assert(
      fc.property(key, (text) => {
        const before = parseKeyRecord(text);
        if (before.kind !== 'key' || keyFacts(text)?.bits == null) return;
        const after = parseKeyRecord(mended(lintKey, text));
        expect(after).toMatchObject({ kind: 'key', record: { keyType: 'rsa', key: before.record.key } });
      }),
      { numRuns: 3000 },
    );
  });

  it('a BIMI record that a mail program must not use has an error', () => {
    fc.assert(
      fc.property(textFor(BIMI_WORDS), (rest) => {
        for (const text of [rest, `v=BIMI1; ${rest}`]) {
          const record = parseBimiRecord(text);
          if (record !== null && record.errors.length === 0 && record.warnings.length === 0) continue;
          expect(lintBimi(text).some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** What editors and people do to a record, none of which leaves its meaning in doubt. */
const DAMAGES: readonly ((text: string) => string)[] = [
  (text) => `"${text}"`,
  (text) => `“${text}”`,
  (text) => text.replaceAll(';', '\\;'),
  (text) => text.replaceAll('; ', ' '),
  (text) => text.replaceAll('; ', ', '),
  (text) => text.replaceAll('; ', ';\u00a0'),
  (text) => text.replace(';', ';;'),
  (text) => text.replace('v=DKIM1', 'v=dkim1'),
  (text) => text.replace('v=DKIM1', 'DKIM1'),
  (text) => text.replace('k=rsa', 'k=ed25519'),
  (text) => text.replace('k=rsa', 'K=rsa'),
  (text) => text.replace(K, `${K.slice(0, 50)}" "${K.slice(50)}`),
  (text) => text.replace(K, `-----BEGIN PUBLIC KEY-----${K}-----END PUBLIC KEY-----`),
  (text) => text.replace(/^(v=DKIM1); (k=rsa)/, '$2; $1'),
];

it('mends any damage that leaves no doubt', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...DAMAGES], { maxLength: 4 }), (damages) => {
      const text = damages.reduce((record, damage) => damage(record), `v=DKIM1; k=rsa; p=${K}`);
      const after = mended(lintKey, text);
      expect({ text, after, isSame: isEqual(parseKeyRecord(after), parseKeyRecord(`p=${K}`)) }).toEqual({
        text,
        after,
        isSame: true,
      });
    }),
    { numRuns: 1000 },
  );
});

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
