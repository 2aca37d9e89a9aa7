/** What comes from outside into the platform is read or refused, whatever it is; pieces give back what was cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastedSource } from '../../lib/platform/brought.ts';
import {
  readExplaining,
  readExplainRequest,
  readSourceMessage,
  readWorkerMessage,
} from '../../lib/platform/messages.ts';
import { collector, toPieces } from '../../lib/platform/pieces.ts';
import { hostPattern, readResolverUrl } from '../../lib/platform/resolvers.ts';
import { madeOf, textFor } from './arbitraries.ts';

const PIECE = 384 * 1024;

/** Octets of any length around the places where they are cut. */
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -4, max: 4 }), fc.nat({ max: 255 }))
    .map(([times, more, seed]) =>
      new Uint8Array(Math.max(0, times * PIECE + more)).map((_, index) => (index * 7 + seed) % 256),
    ),
);

function together(pieces: readonly string[], length: number): Uint8Array | null {
  const collected = collector(length);
  return pieces.every((piece) => collected.take(piece)) ? collected.whole() : null;
}

describe('pieces', () => {
  it('put together are what was cut, and as long as they say', () => {
    fc.assert(
      fc.property(octets, (given) => {
        const pieces = [...toPieces(given)];
        const texts = pieces.map(({ base64 }) => base64);
        expect(Buffer.compare(together(texts, given.length) ?? Buffer.from('none'), given)).toBe(0);
        expect(pieces.reduce((sum, piece) => sum + piece.octets, 0)).toBe(given.length);
      }),
      { numRuns: 60 },
    );
  });

  it('of another length than was announced are nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: -5, max: 5 }), (given, more) => {
        const length = Math.max(0, given.length + more);
        const texts = [...toPieces(given)].map(({ base64 }) => base64);
        if (length === given.length) expect(together(texts, length)).toEqual(given);
        else expect(together(texts, length)).toBeNull();
      }),
    );
  });

  it('of any text are taken or refused, and never more than was announced', () => {
    const text = fc.oneof(madeOf(['QUJD', 'QQ==', '=', 'A', ' ', '\n', '-']), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.nat({ max: 40 }), (texts, length) => {
        const collected = collector(length);
        let held = 0;
        for (const one of texts) if (collected.take(one)) held += Buffer.from(one, 'base64').length;
        expect(held).toBeLessThanOrEqual(length);
        expect(collected.whole()?.length ?? length).toBe(length);
        expect(collected.whole() === null).toBe(held < length);
      }),
    );
  });
});

/** Messages of the right words and the wrong, in every mixture. */
const anyMessage = fc.oneof(
  fc.anything(),
  fc.record(
    {
      kind: fc.constantFrom(
        'explain',
        'begin',
        'piece',
        'end',
        'fetch',
        'taken',
        'open',
        'reading',
        'report',
        'problem',
      ),
      language: fc.oneof(fc.constantFrom('en', 'ja', 'auto'), fc.anything()),
      message: fc.oneof(fc.constantFrom('f:1', null), fc.anything()),
      again: fc.oneof(fc.boolean(), fc.anything()),
      completeness: fc.oneof(fc.constantFrom('full', 'reencoded', 'headers', 'all'), fc.anything()),
      via: fc.oneof(fc.constantFrom('gmail', 'file', 'paste', 'post'), fc.anything()),
      instead: fc.oneof(fc.constantFrom('too-large', null), fc.anything()),
      bytes: fc.oneof(fc.integer(), fc.double(), fc.anything()),
      base64: fc.oneof(fc.string(), fc.anything()),
      account: fc.oneof(
        madeOf(['/', 'mail', 'u', 'b', '0', '1', '..', '\n', '@', 'a.example', 'https:']),
        fc.constantFrom('/mail/u/0/'),
      ),
      id: fc.oneof(
        fc.stringMatching(/^[0-9a-f]{14,18}$/),
        fc.constantFrom('19c0ffee19c0ffee'),
        fc.anything(),
      ),
    },
    { requiredKeys: ['kind'] },
  ),
);

describe('a message of any shape', () => {
  it('to the worker is read as what it is, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(anyMessage, (value) => {
        const message = readSourceMessage(value);
        if (message === null) return;
        read++;
        // What was read is read again as the same.
        expect(readSourceMessage(structuredClone(message))).toEqual(message);
        if (message.kind === 'begin')
          expect(Number.isSafeInteger(message.bytes) && message.bytes >= 0).toBe(true);
        if (message.kind === 'fetch') {
          const url = new URL(`${message.account}?th=${message.id}`, 'https://mail.google.com');
          expect(url.origin).toBe('https://mail.google.com');
          expect(url.pathname).toMatch(/^\/mail\/.*u\/\d{1,3}\/$/);
          expect(url.hash).toBe('');
        }
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('to the page is read as what it is, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(anyMessage, (value) => {
        const request = readExplainRequest(value);
        if (request === null) return;
        read++;
        expect(readExplainRequest(structuredClone(request))).toEqual(request);
        expect(request.message === null || typeof request.message === 'string').toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(5);
  });

  it('from the worker is one of its kinds, or not read at all', () => {
    fc.assert(
      fc.property(anyMessage, (value) => {
        const message = readWorkerMessage(value);
        const state = readExplaining(value);
        expect(['open', 'reading', 'report', 'problem', undefined]).toContain(state?.kind);
        expect(message?.kind === 'taken' ? null : message).toEqual(state);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the address of a resolver, of any text,', () => {
  const WORDS = [
    'https://',
    'http://',
    'a.example',
    'dns',
    '/',
    '?',
    '#',
    '@',
    ':',
    '*',
    '.',
    '{?dns}',
    ' ',
    'ü',
    '8443',
    '[::1]',
    '%',
  ];
  const text = fc.oneof(
    textFor(WORDS),
    madeOf(WORDS).map((end) => `https://a.example${end}`),
    fc.webUrl(),
  );

  it('is read as one that is read again, over HTTPS and of one host, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(text, (given) => {
        const address = readResolverUrl(given);
        if (address === null) return;
        read++;
        // A second template at the end would be dropped only then.
        if (!address.endsWith('{?dns}')) expect(readResolverUrl(address)).toBe(address);
        const { protocol, username, password, hash, hostname } = new URL(address);
        expect({ protocol, username, password, hash }).toEqual({
          protocol: 'https:',
          username: '',
          password: '',
          hash: '',
        });
        // A permission for one host: a star would stand for others.
        expect(hostname).not.toContain('*');
        expect(hostPattern(address)).toBe(`https://${hostname}/*`);
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

it('pasted text of any kind is a header, or one with a body that holds something', () => {
  const WORDS = ['a: b', '\n', '\r\n', '\r', ' ', '\t', '\n\n', '\r\n\r\n', 'x', '\ufeff', '\u00a0'];
  fc.assert(
    fc.property(textFor(WORDS), (text) => {
      const { octets: given, completeness } = pastedSource(text);
      const mail = new TextDecoder('utf-8', { ignoreBOM: true }).decode(given);
      expect(mail).not.toMatch(/(?<!\r)\n/);
      expect(mail).not.toMatch(/^[ \t]*\r\n/);
      const end = mail.indexOf('\r\n\r\n');
      expect(completeness).toBe(end !== -1 && mail.slice(end).trim() !== '' ? 'reencoded' : 'headers');
    }),
    { numRuns: 1000 },
  );
});
