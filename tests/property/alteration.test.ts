/** The search for what broke a signature: it ends whatever it is given, and it finds what it can undo. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAlterations } from '../../lib/engine/alteration/find.ts';
import { parseSignature } from '../../lib/engine/dkim/signature.ts';
import { splitMessage } from '../../lib/engine/message/split.ts';
import { fromBinaryString } from '../../lib/engine/octets.ts';
import { inBody, inHeader, inTurn, replacing, trace } from '../unit/engine/alteration/altered-mail.ts';
import { keys, mail, ports } from '../unit/engine/kit.ts';
import { binary, textFor } from './arbitraries.ts';

const NAMES = [
  'From',
  'To',
  'Subject',
  'Date',
  'Reply-To',
  'Content-Type',
  'Sender',
  'MIME-Version',
  'X-Original-From',
];
const VALUE_WORDS = [
  'a@b.example',
  '<',
  '>',
  '"',
  ',',
  ';',
  ' via ',
  'Re: ',
  '[x]',
  '=?utf-8?q?=C3=A4?=',
  'multipart/mixed; boundary=b',
  'Fri, 20 Nov 2026 08:04:12 +0100',
  '\r\n ',
  '\t',
  '(',
  ')',
  '=40',
];
const BODY_WORDS = [
  '--b',
  '--b--',
  '\r\n',
  '\n',
  '\r',
  '\r\n\r\n',
  'From ',
  '.',
  '..',
  '>',
  '-- ',
  '<body>',
  '</body>',
  '<br>',
  '=\r\n',
  '=C3',
  'Content-Type: text/html',
  'Content-Transfer-Encoding: base64',
  'x'.repeat(999),
  '\t',
  '  ',
  'https://urldefense.com/v3/__a*b__;Iw!!x$',
];

const field = fc
  .tuple(fc.constantFrom(...NAMES), textFor(VALUE_WORDS))
  .map(([name, value]) => `${name}: ${value.replace(/\r\n(?! )|[\r\n](?!\n)/g, '')}`);

const signatureField = fc
  .record({
    algorithm: fc.constantFrom('rsa-sha256', 'ed25519-sha256', 'rsa-sha1'),
    form: fc.constantFrom('simple', 'relaxed', 'simple/relaxed', 'relaxed/relaxed'),
    names: fc.array(fc.constantFrom(...NAMES), { maxLength: 8 }),
    tail: fc.constantFrom('', 'l=3; ', 'l=0; ', 'l=99999; ', 'z=From:a|Subject:=20b; '),
  })
  .map(
    ({ algorithm, form, names, tail }) =>
      `DKIM-Signature: v=1; a=${algorithm}; c=${form}; d=b.example; s=s; h=${['From', ...names].join(':')};\r\n ${tail}bh=AAAA; b=AAAA`,
  );

describe('the search', () => {
  it('ends without an error and with plain data, whatever the mail holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        signatureField,
        fc.array(field, { maxLength: 8 }),
        textFor(BODY_WORDS),
        fc.array(fc.oneof(binary.map(fromBinaryString), fc.constant(new Uint8Array(32))), { maxLength: 2 }),
        async (signature, fields, body, raw) => {
          const split = splitMessage(
            fromBinaryString(mail([signature, ...fields], body).replace(/[^\x00-\xff]/g, '?')),
          );
          const parsed = parseSignature(signature, ports);
          if (split.kind === 'no-message' || parsed.kind === 'error') return;
          const suspect = {
            message: split.message,
            field: 0,
            signature: parsed.signature,
            keys: raw.map((key) => ({ key })),
          };
          const found = await findAlterations(suspect, { ...ports, verifyEd25519: async () => false });
          expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

interface Change {
  readonly kind: string;
  readonly alter: (text: string) => string;
}

const HEADER: readonly Change[] = [
  { kind: 'subject-tagged', alter: replacing('Subject: ', 'Subject: [board] ') },
  { kind: 'subject-tagged', alter: replacing('Subject: ', 'Subject: *** SPAM *** ') },
  {
    kind: 'from-rewritten',
    alter: replacing(
      /From: (.*?) <(.*)>/,
      'From: Someone via Board <board@list.example>\r\nX-Original-From: Anna Berg <anna@bank.example>',
    ),
  },
  { kind: 'date-rewritten', alter: replacing('08:04:12 +0100', '07:04:12 +0000') },
  { kind: 'field-added', alter: replacing('To: ', 'Reply-To: board@list.example\r\nTo: ') },
  { kind: 'field-recased', alter: replacing('@List.Example', '@list.example') },
];

const FOOTER = '_______________\r\nBoard mailing list\r\n';
const BODY: readonly Change[] = [
  { kind: 'footer-added', alter: (text) => text + FOOTER },
  { kind: 'banner-added', alter: (text) => text.replace('\r\n\r\n', '\r\n\r\nCAUTION: outside mail\r\n') },
  { kind: 'from-escaped', alter: replacing('\r\nFrom here', '\r\n>From here') },
  { kind: 'dot-stuffed', alter: replacing('\r\n.hidden', '\r\n..hidden') },
  { kind: 'line-ends', alter: (text) => text.replace(/\r\n$/, '\n\r\n').replace(/\n\r\n$/, '\r\r\n') },
];

const words = fc
  .array(fc.constantFrom('all', 'is', 'well', 'Zug', '=', '1.', '[', ']', 'a:b', '-'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((list) => list.join(' '));
const subject = words.map((text) => `x${text}`);
const body = fc
  .array(words, { maxLength: 6 })
  .map((lines) => [...lines, 'y', 'From here on', '.hidden', 'z', ''].join('\r\n'));

describe('a change of the catalogue', () => {
  it('is named, with what was signed, beside at most one other, for either key and either form', async () => {
    await fc.assert(
      fc.asyncProperty(
        subject,
        body,
        fc.subarray([...HEADER.keys()], { maxLength: 2 }),
        fc.option(fc.constantFrom(...BODY.keys())),
        fc.constantFrom('simple' as const, 'relaxed' as const),
        fc.constantFrom(keys.rsaA, keys.ed25519),
        async (text, written, chosen, below, form, key) => {
          // Each supposition costs a verification with Ed25519, so that fewer are made.
          const few = key === keys.ed25519 ? chosen.slice(0, 1) : chosen;
          const changes = few.map((at) => HEADER[at]).filter((change) => change !== undefined);
          // Two marks of one kind are told as one.
          const kinds = [...new Set(changes.map(({ kind }) => kind))];
          const under = below === null ? undefined : BODY[below];
          const original = mail(
            [
              'Date: Fri, 20 Nov 2026 08:04:12 +0100',
              'From: Anna Berg <anna@bank.example>',
              'To: Board <board@List.Example>',
              `Subject: ${text}`,
            ],
            written,
          );
          const alter = inTurn(...changes.map((change) => change.alter), under?.alter ?? ((same) => same));
          const found = await trace(original, alter, {
            key,
            header: form,
            body: form,
            headers: ['From', 'To', 'Subject', 'Date', 'Reply-To'],
          });
          const named = inHeader(found);
          if (changes.length === 0) expect(named).toBe('intact');
          else
            expect(typeof named === 'string' ? named : named.map(({ kind }) => kind).toSorted()).toEqual(
              kinds.toSorted(),
            );
          if (typeof named !== 'string') {
            for (const change of named)
              if (change.kind === 'subject-tagged') expect(change.before).toBe(text);
          }
          const told = inBody(found);
          if (under === undefined) expect(told).toBe('intact');
          else expect(typeof told === 'string' ? told : told.map(({ kind }) => kind)).toEqual([under.kind]);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
