import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalBody, canonicalField } from '../../lib/engine/dkim/canonicalize.ts';
import { parseTagList } from '../../lib/engine/dkim/tag-list.ts';
import { decodeBase64, decodeUtf8, fromBinaryString, toBinaryString } from '../../lib/engine/octets.ts';
import { BODY_WORDS, binary, crlfMessage, madeOf, split } from './arbitraries.ts';

it('splitting keeps every octet: fields and body make up the message again', () => {
  fc.assert(
    fc.property(crlfMessage, ({ head, body }) => {
      const found = split(`${head}\r\n${body}`);
      if (found.kind !== 'message') throw new Error(found.why);
      const { fields, strayLines, hasBody } = found.message;
      expect(fields.map(({ raw }) => `${raw}\r\n`).join('')).toBe(head);
      expect(toBinaryString(found.message.body)).toBe(body);
      expect({ strayLines, hasBody }).toEqual({ strayLines: [], hasBody: true });
    }),
  );
});

it('a message with bare LF throughout is the one with CRLF', () => {
  fc.assert(
    fc.property(crlfMessage, ({ head, body }) => {
      const crlf = split(`${head}\r\n${body}`);
      const lf = split(`${head}\r\n${body}`.replaceAll('\r\n', '\n'));
      if (crlf.kind !== 'message' || lf.kind !== 'message') throw new Error('no message');
      expect(lf.message.fields).toEqual(crlf.message.fields);
      expect(toBinaryString(lf.message.body)).toBe(toBinaryString(crlf.message.body));
    }),
  );
});

it.each(['simple', 'relaxed'] as const)(
  'the %s form of a canonical body is itself, and not copied',
  (form) => {
    fc.assert(
      fc.property(fc.oneof(madeOf(BODY_WORDS), binary), (text) => {
        const once = canonicalBody(fromBinaryString(text), form);
        const twice = canonicalBody(once, form);
        expect(toBinaryString(twice)).toBe(toBinaryString(once));
        if (once.length > 2) expect(twice.buffer).toBe(once.buffer);
      }),
    );
  },
);

it('the relaxed form of a canonical field is itself', () => {
  fc.assert(
    fc.property(fc.oneof(madeOf(['a', ' ', '\t', '\r\n ', '\xa0', ':']), binary), (value) => {
      const once = canonicalField(`X:${value}`, 'relaxed');
      expect(canonicalField(once.slice(0, -2), 'relaxed')).toBe(once);
    }),
  );
});

it('a body only loses or gains white space and line ends', () => {
  const solid = (text: string) => text.replace(/[ \t\r\n]/g, '');
  fc.assert(
    fc.property(fc.oneof(madeOf(BODY_WORDS), binary), (text) => {
      for (const form of ['simple', 'relaxed'] as const) {
        expect(solid(toBinaryString(canonicalBody(fromBinaryString(text), form)))).toBe(solid(text));
      }
    }),
  );
});

it('base64 gives back what Buffer wrote, folded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, folded) => {
      const text = Buffer.from(octets).toString('base64');
      const written = folded ? text.replace(/.{1,20}/g, '$&\r\n\t') : text;
      expect([...(decodeBase64(written) ?? [-1])]).toEqual([...octets]);
      expect([...(decodeBase64(text.replace(/=+$/, '')) ?? [-1])]).toEqual([...octets]);
    }),
  );
});

/** What the platform makes of the octets; as they stand where it refuses. */
function platformUtf8(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBinaryString(text));
  } catch {
    return text;
  }
}

it('UTF-8 is read as TextDecoder reads it', () => {
  const utf8 = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text, 'utf8').toString('latin1'));
  const pieces = madeOf([
    '\xc3',
    '\xa0',
    '\xe0',
    '\xed',
    '\xef',
    '\xbb',
    '\xbf',
    '\xf0',
    '\xf4',
    '\x8f',
    '\x90',
    '\x9f',
    'a',
    '\xc1',
    '\xf5',
    '\xff',
  ]);
  fc.assert(
    fc.property(fc.oneof(utf8, binary, pieces), (text) => {
      expect(decodeUtf8(text)).toBe(platformUtf8(text));
    }),
    { numRuns: 1000 },
  );
});

it('binary strings and octets are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (octets) => {
      expect(fromBinaryString(toBinaryString(octets))).toEqual(new Uint8Array(octets));
    }),
  );
});

it('a tag list that was printed is read as it was (RFC 6376 §3.2)', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,6}$/);
  const value = fc.stringMatching(/^(?:[!-:<-~](?:[ \t]?[!-:<-~]){0,8})?$/);
  const space = fc.constantFrom('', ' ', '\r\n\t');
  const entries = fc.uniqueArray(fc.tuple(name, value, space, space), { selector: ([tag]) => tag });
  fc.assert(
    fc.property(entries, fc.boolean(), (list, ended) => {
      const text = list
        .map(([tag, held, before, after]) => `${before}${tag}${after}=${before}${held}${after}`)
        .join(';');
      const parsed = parseTagList(`${text}${ended && list.length > 0 ? ';' : ''}`);
      expect(parsed.kind === 'tags' && [...parsed.tags]).toEqual(list.map(([tag, held]) => [tag, held]));
    }),
  );
});
