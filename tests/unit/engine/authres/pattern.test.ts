import { describe, expect, it } from 'vitest';
import { isInnerAddress, isInRange, isLoopback } from '../../../../lib/engine/authres/address-range.ts';
import { matchesHost, matchesName } from '../../../../lib/engine/authres/pattern.ts';
import { type Row, rows } from '../kit.ts';

describe('hosts and patterns', () => {
  it.each(
    rows<Row & { pattern: string; host: string; matches: boolean }>([
      { why: 'the same', pattern: 'mx.example.org', host: 'mx.example.org', matches: true },
      { why: 'in other letters', pattern: 'mx.Example.org', host: 'MX.example.ORG', matches: true },
      { why: 'a suffix', pattern: 'mx.example.org', host: 'mx.example.org.evil.example', matches: false },
      { why: 'a subdomain', pattern: 'example.org', host: 'mx.example.org', matches: false },
      { why: 'a name below', pattern: '*.example.org', host: 'mx.example.org', matches: true },
      { why: 'a name far below', pattern: '*.example.org', host: 'a.b.example.org', matches: true },
      {
        why: 'the name itself is not below it',
        pattern: '*.example.org',
        host: 'example.org',
        matches: false,
      },
      { why: 'an empty name below', pattern: '*.example.org', host: '.example.org', matches: false },
      { why: 'an ending alike', pattern: '*.example.org', host: 'evilexample.org', matches: false },
      { why: 'a star in a label', pattern: 'mx*.example.org', host: 'mx12.example.org', matches: true },
      { why: 'it stays in its label', pattern: 'mx*.example.org', host: 'mx.a.example.org', matches: false },
      { why: 'a star alone inside', pattern: 'a.*.internal', host: 'a.nyi.internal', matches: true },
      { why: 'as many labels', pattern: 'a.*.internal', host: 'a.b.c.internal', matches: false },
      { why: 'two stars', pattern: '*-gate-*', host: 'p44-gate-7', matches: true },
      { why: 'a part is missing', pattern: '*-gate-*', host: 'p44-gat-7', matches: false },
      { why: 'nothing', pattern: 'a.example', host: '', matches: false },
      { why: 'a dot is a dot', pattern: 'a.example', host: 'axexample', matches: false },
    ]),
  )('%s', (_, { pattern, host, matches }) => {
    expect(matchesHost(pattern, host)).toBe(matches);
  });

  it('parts do not overlap', () => {
    expect(matchesName('ab*ba', 'aba')).toBe(false);
    expect(matchesName('a*b*b', 'ab')).toBe(false);
    expect(matchesName('a*b*b', 'abb')).toBe(true);
  });

  it('a host of a hundred thousand labels is read, too', () => {
    expect(matchesHost('*.example.org', `${'a.'.repeat(200_000)}example.org`)).toBe(true);
  });
});

describe('ranges of addresses', () => {
  it.each(
    rows<Row & { address: string; range: string; holds: boolean }>([
      { why: 'within', address: '192.0.2.25', range: '192.0.2.0/24', holds: true },
      { why: 'beside', address: '192.0.3.25', range: '192.0.2.0/24', holds: false },
      { why: 'within IPv6', address: '2001:db8::1', range: '2001:db8::/32', holds: true },
      { why: 'of the other kind', address: '192.0.2.25', range: '2001:db8::/32', holds: false },
      { why: 'no range', address: '192.0.2.25', range: '192.0.2.0', holds: false },
      { why: 'no address', address: '', range: '192.0.2.0/24', holds: false },
    ]),
  )('%s', (_, { address, range, holds }) => {
    expect(isInRange(address, range)).toBe(holds);
  });

  it('inner addresses are none of the internet’s', () => {
    for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '::1', 'fd00::1', 'fe80::1'])
      expect(isInnerAddress(address), address).toBe(true);
    for (const address of ['192.0.2.25', '11.0.0.1', '172.32.0.1', '2001:db8::1'])
      expect(isInnerAddress(address), address).toBe(false);
    expect([isLoopback('127.0.0.1'), isLoopback('::1'), isLoopback('10.0.0.1')]).toEqual([true, true, false]);
  });
});
