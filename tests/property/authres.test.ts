/** Whom to believe, whatever stands in a header. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, Receiver } from '../../lib/engine/authres/evidence.ts';
import { matchesHost, matchesName } from '../../lib/engine/authres/pattern.ts';
import { gatherEvidence } from '../../lib/engine/authres/trust.ts';
import { parseTrustedServers } from '../../lib/engine/authres/trusted.ts';
import { readAuthors } from '../../lib/engine/message/author.ts';
import { KNOWN_BLOCKS } from '../unit/engine/authres/known-kit.ts';
import {
  GMAIL_FAIL,
  GMAIL_FORGED,
  MICROSOFT_FAIL,
  MICROSOFT_FORGED,
} from '../unit/engine/authres/trust-kit.ts';
import { letter, mail, ports, toMessage } from '../unit/engine/kit.ts';
import { textFor } from './arbitraries.ts';

const TRUSTED = [
  { id: 'gw.lakeside.example', ranges: ['198.51.100.0/24'] },
  { id: 'mx.lakeside.example', ranges: [] },
];
const GATEWAY_BLOCK = [
  'Authentication-Results: gw.lakeside.example; dmarc=pass header.from=bank.example',
  'Received: from a (a [192.0.2.1]) by gw.lakeside.example with SMTP; x',
];
const KNOWN_FIELDS = Object.values(KNOWN_BLOCKS).flatMap(({ fields }) => fields);

/** Fields that receivers write, in any order and number: what a sender can write below the true block. */
const forged = fc.array(
  fc.constantFrom(...GMAIL_FORGED, ...MICROSOFT_FORGED.slice(0, -1), ...KNOWN_FIELDS, ...GATEWAY_BLOCK),
  { maxLength: 12 },
);
const receivers: fc.Arbitrary<Receiver> = fc.record({
  id: fc.constantFrom('detect', 'gmail', 'outlook', ...Object.keys(KNOWN_BLOCKS), 'mx.lakeside.example'),
  basis: fc.constantFrom('mailbox', 'file'),
  trusted: fc.constantFrom([], TRUSTED),
});

function read(fields: readonly string[], receiver: Receiver): Evidence {
  const message = toMessage(mail([...fields, ...letter()]));
  return gatherEvidence(message, readAuthors(message, ports), receiver, ports);
}

describe('what the receiver wrote', () => {
  const trueBlocks = [
    ['gmail', GMAIL_FAIL],
    ['outlook', MICROSOFT_FAIL],
    ...Object.entries(KNOWN_BLOCKS).map(([id, { fields }]) => [id, fields] as const),
  ] as const;

  it.each(trueBlocks)('%s: nothing below its block changes it', (id, block) => {
    const receiver: Receiver = { id, basis: 'mailbox', trusted: TRUSTED };
    const { ignored: _, gatewayInFront: __, ...before } = read(block, receiver);
    expect(before.basis).toBe('mailbox');
    fc.assert(
      fc.property(forged, (below) => {
        const { ignored: _, gatewayInFront, ...after } = read([...block, ...below], receiver);
        expect(after).toEqual(before);
        expect(gatewayInFront.kind).not.toBe('believed');
      }),
    );
  });

  it('is told of every result field once, as believed or with a reason', () => {
    fc.assert(
      fc.property(forged, receivers, (fields, receiver) => {
        const evidence = read(fields, receiver);
        const results = fields.filter((line) => line.startsWith('Authentication-Results')).length;
        const ignored = evidence.ignored.map(({ field }) => field);
        const believed = [evidence.spf, evidence.dmarc, evidence.arc, ...evidence.dkim].flatMap(
          (result) => result?.field ?? [],
        );
        expect(new Set(ignored).size).toBe(ignored.length);
        expect(ignored.length).toBeLessThanOrEqual(results);
        expect(ignored.filter((field) => believed.includes(field))).toEqual([]);
        if (evidence.basis === null) {
          expect(ignored).toHaveLength(results);
          expect(believed).toEqual([]);
        } else {
          expect(evidence.border).not.toBeNull();
        }
      }),
    );
  });

  it('is never more than the reader’s own basis, and a file is never more than a file', () => {
    fc.assert(
      fc.property(forged, receivers, (fields, receiver) => {
        const { basis } = read(fields, receiver);
        if (basis !== null) expect([receiver.basis, 'file']).toContain(basis);
      }),
    );
  });
});

describe('total', () => {
  const words = [
    'Received: ',
    'from ',
    'by ',
    '(',
    ')',
    '[',
    ']',
    '192.0.2.25',
    'mx.google.com',
    ';',
    '=',
    ' ',
  ];

  it('whatever the values of the fields', () => {
    const line = fc
      .tuple(
        fc.constantFrom(
          'Received',
          'Received-SPF',
          'Authentication-Results',
          'Return-Path',
          'X-Originating-Ip',
        ),
        textFor(words),
      )
      .map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), receivers, (fields, receiver) => {
        expect(() => read(fields, receiver)).not.toThrow();
      }),
    );
  });

  it('whatever the settings hold, and every line is a server, an error or empty', () => {
    const settings = ['a.example', '*.', ' ', '192.0.2.0', '/24', '/', '::', '2001:db8::', '#', '\n', '\r'];
    fc.assert(
      fc.property(textFor(settings), (text) => {
        const { servers, errors } = parseTrustedServers(text);
        const lines = text.split(/\r\n|\r|\n/).filter((each) => /[^ \t,]/.test(each.replace(/#.*/, '')));
        expect(servers.length + errors.length).toBe(lines.length);
        const written = servers.map(({ id, ranges }) => [id, ...ranges].join(' ')).join('\n');
        expect(parseTrustedServers(written)).toEqual({ servers, errors: [] });
      }),
    );
  });

  it('a pattern without a star is equality, and a name matches itself', () => {
    const text = textFor(['a', 'b', '*', '.', '-']);
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        expect(() => matchesHost(pattern, name)).not.toThrow();
        expect(matchesName(name, name)).toBe(true);
        if (!pattern.includes('*')) expect(matchesName(pattern, name)).toBe(pattern === name);
      }),
    );
  });
});
