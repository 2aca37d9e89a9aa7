import { describe, expect, it } from 'vitest';
import { parseTrustedServers, type TrustedServers } from '../../../../lib/engine/authres/trusted.ts';
import { type Row, rows } from '../kit.ts';

function servers(...ids: readonly [id: string, ...ranges: readonly string[]][]): TrustedServers {
  return { servers: ids.map(([id, ...ranges]) => ({ id, ranges })), errors: [] };
}

function errors(...whys: readonly ('id' | 'range')[]): TrustedServers {
  return { servers: [], errors: whys.map((why, index) => ({ line: index + 1, why })) };
}

describe('servers as text, one a line', () => {
  it.each(
    rows<Row & { text: string; expected: TrustedServers }>([
      { why: 'nothing', text: '', expected: servers() },
      { why: 'blank lines and comments', text: ' \n# all ours\r\n\t\n', expected: servers() },
      { why: 'a receiver', text: 'mx.example.org', expected: servers(['mx.example.org']) },
      {
        why: 'in other letters, with a comment',
        text: '  MX.Example.ORG # ours',
        expected: servers(['mx.example.org']),
      },
      {
        why: 'a gateway',
        text: 'gateway.example.org 192.0.2.0/24 2001:db8::/32',
        expected: servers(['gateway.example.org', '192.0.2.0/24', '2001:db8::/32']),
      },
      {
        why: 'a range of one address',
        text: 'a.example 192.0.2.7, 2001:DB8:0::1',
        expected: servers(['a.example', '192.0.2.7/32', '2001:db8::1/128']),
      },
      {
        why: 'all hosts below a domain',
        text: '*.example.org',
        expected: servers(['*.example.org']),
      },
      {
        why: 'every kind of line end',
        text: 'a.example\rb.example\nc.example\r\nd.example',
        expected: servers(['a.example'], ['b.example'], ['c.example'], ['d.example']),
      },
      { why: 'a star alone is anybody', text: '*', expected: errors('id') },
      { why: 'a star before a top-level domain is anybody', text: '*.org', expected: errors('id') },
      { why: 'a star within a name', text: 'mx*.example.org', expected: errors('id') },
      { why: 'a name without a dot', text: 'localhost', expected: errors('id') },
      { why: 'an empty label', text: 'a..example', expected: errors('id') },
      { why: 'a hyphen at the end of a label', text: 'a-.example', expected: errors('id') },
      { why: 'an address for a name', text: '192.0.2.0/24', expected: errors('id') },
      { why: 'a label too long', text: `${'a'.repeat(64)}.example`, expected: errors('id') },
      { why: 'a name too long', text: `${'a.'.repeat(127)}example`, expected: errors('id') },
      { why: 'an address on the internet', text: 'https://a.example', expected: errors('id') },
      { why: 'a range of everything', text: 'a.example 0.0.0.0/0', expected: errors('range') },
      { why: 'a range too long', text: 'a.example 192.0.2.0/33', expected: errors('range') },
      { why: 'a range of IPv6 too long', text: 'a.example 2001:db8::/129', expected: errors('range') },
      { why: 'a range without a length', text: 'a.example 192.0.2.0/', expected: errors('range') },
      {
        why: 'a length that is a mask',
        text: 'a.example 192.0.2.0/255.255.255.0',
        expected: errors('range'),
      },
      { why: 'two lengths', text: 'a.example 192.0.2.0/24/24', expected: errors('range') },
      { why: 'octal', text: 'a.example 0300.0.2.0/24', expected: errors('range') },
      { why: 'a short form', text: 'a.example 192.0.2/24', expected: errors('range') },
      { why: 'a number too big', text: 'a.example 192.0.256.0/24', expected: errors('range') },
      { why: 'a name for a range', text: 'a.example b.example', expected: errors('range') },
      {
        why: 'one bad range of two spoils the line: half a gateway is none',
        text: 'a.example 192.0.2.0/24 x',
        expected: errors('range'),
      },
      {
        why: 'good lines beside bad ones',
        text: '\nx\na.example\nb.example 1',
        expected: {
          servers: [{ id: 'a.example', ranges: [] }],
          errors: [
            { line: 2, why: 'id' },
            { line: 4, why: 'range' },
          ],
        },
      },
    ]),
  )('%s', (_, { text, expected }) => {
    expect(parseTrustedServers(text)).toEqual(expected);
  });
});
