import { describe, expect, it } from 'vitest';
import { lintSpf } from '../../../../lib/engine/spf/lint.ts';
import { type Row, rows } from '../kit.ts';
import { grown } from './lint-kit.ts';
import type { Records } from './spf-kit.ts';

/** Providers as they are: what a good record leads to. */
const PROVIDERS: Records = {
  '_spf.google.example':
    'v=spf1 include:_netblocks.google.example include:_netblocks2.google.example include:_netblocks3.google.example ~all',
  '_netblocks.google.example': 'v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ~all',
  '_netblocks2.google.example': 'v=spf1 ip6:2001:db8:4000::/36 ip6:2001:db8:8000::/36 ~all',
  '_netblocks3.google.example': 'v=spf1 ip4:203.0.113.0/25 ~all',
  'spf.protection.outlook.example':
    'v=spf1 ip4:192.0.2.0/25 ip6:2001:db8:c000::/38 include:spfd.outlook.example -all',
  'spfd.outlook.example': 'v=spf1 ip4:198.51.100.0/25 -all',
};

describe('what a record leads to', () => {
  it('is nothing to speak of where all is well', async () => {
    const { tree, lines } = await grown({
      ...PROVIDERS,
      'bank.example': {
        TXT: ['v=spf1 mx a include:_spf.google.example include:spf.protection.outlook.example -all'],
        A: ['192.0.2.1'],
        MX: [[10, 'mx.bank.example']],
      },
    });
    expect(tree).toMatchObject({ lookups: 8, voids: 0 });
    expect(lines).toEqual([]);
  });

  it.each(
    rows<Row & { record: string; zone?: Records; found: readonly string[] }>([
      {
        why: 'a domain without a record',
        record: 'include:gone.example -all',
        found: ['error spf-include-missing "include:gone.example"'],
      },
      {
        why: 'a redirect to one',
        record: 'redirect=gone.example',
        found: ['error spf-include-missing "redirect=gone.example"'],
      },
      {
        why: 'a record further down that is missing: our own term is to blame',
        record: 'mx include:one.example -all',
        zone: {
          'bank.example': { MX: [[1, 'x.example']] },
          'one.example': 'v=spf1 include:gone.example -all',
        },
        found: ['error spf-include-missing "include:one.example"'],
      },
      {
        why: 'two records',
        record: 'include:one.example -all',
        zone: { 'one.example': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] } },
        found: ['error spf-include-several "include:one.example"'],
      },
      {
        why: 'a record that is broken',
        record: 'include:one.example -all',
        zone: { 'one.example': 'v=spf1 ipv4:192.0.2.1 -all' },
        found: ['error spf-include-broken "include:one.example"'],
      },
      {
        why: 'no answer about a record',
        record: 'include:one.example -all',
        zone: { 'one.example': { RCODE: 'SERVFAIL' } },
        found: ['info spf-include-unanswered "include:one.example"'],
      },
      {
        why: 'no answer about an address',
        record: 'a:one.example -all',
        zone: { 'one.example': { RCODE: 'SERVFAIL' } },
        found: ['info spf-unanswered "a:one.example"'],
      },
      {
        why: 'itself',
        record: 'include:one.example -all',
        zone: { 'one.example': 'v=spf1 include:bank.example -all' },
        found: ['error spf-loop "include:one.example"'],
      },
      {
        why: 'a record that lets everybody send',
        record: 'include:one.example -all',
        zone: { 'one.example': 'v=spf1 include:two.example -all', 'two.example': 'v=spf1 +all' },
        found: ['warn spf-include-pass-all "include:one.example"'],
      },
      {
        why: 'the same, which does not pass here',
        record: '-include:one.example ~all',
        zone: { 'one.example': 'v=spf1 +all' },
        found: [],
      },
      {
        why: 'the same, without a pass on the way',
        record: 'include:one.example -all',
        zone: { 'one.example': 'v=spf1 ?include:two.example -all', 'two.example': 'v=spf1 +all' },
        found: [],
      },
      {
        why: 'one missing record by two ways under one term: said once',
        record: 'include:one.example -all',
        zone: {
          'one.example': 'v=spf1 include:two.example include:three.example -all',
          'two.example': 'v=spf1 include:gone.example -all',
          'three.example': 'v=spf1 include:gone.example -all',
        },
        found: ['error spf-include-missing "include:one.example"'],
      },
    ]),
  )('%s', async (_, { record, zone = {}, found }) => {
    const own = { TXT: [`v=spf1 ${record}`] };
    const { lines } = await grown({
      ...zone,
      'bank.example': Object.assign(own, zone['bank.example']),
    });
    expect(lines).toEqual(found);
  });

  it('names the term that goes over, at the term of our own that leads there', async () => {
    const nine = (name: string) => `v=spf1 ${Array.from({ length: 9 }, () => `ptr:${name}`).join(' ')} -all`;
    const { lints } = await grown({
      'bank.example': 'v=spf1 include:one.example include:two.example include:one.example -all',
      'one.example': 'v=spf1 exists:%{i}.one.example -all',
      'two.example': nine('two.example'),
    });
    expect(lints.filter(({ code }) => code === 'spf-too-many-lookups')).toEqual([
      {
        code: 'spf-too-many-lookups',
        params: { count: 14, term: 'ptr:two.example' },
        severity: 'error',
        start: 27,
        end: 46,
        section: 'RFC 7208 §4.6.4',
        edit: null,
      },
    ]);
  });

  it('says nothing of ten lookups', async () => {
    const ten = Array.from({ length: 10 }, (_, at) => `exists:%{i}.n${at}.example`).join(' ');
    const { tree, lines } = await grown({ 'bank.example': `v=spf1 ${ten} -all` });
    expect(tree.lookups).toBe(10);
    expect(lines).toEqual([]);
  });

  it('names each void, and is content with two', async () => {
    const two = await grown({ 'bank.example': 'v=spf1 a:x.example mx:y.example -all' });
    expect(two.lines).toEqual(['info spf-void "a:x.example"', 'info spf-void "mx:y.example"']);
    expect(two.lints[0]?.params).toEqual({ term: 'a:x.example', domain: 'x.example' });

    const three = await grown({ 'bank.example': 'v=spf1 a:x.example mx:y.example a:z.example -all' });
    expect(three.lines).toEqual([
      'error spf-void "a:x.example"',
      'error spf-void "mx:y.example"',
      'error spf-void "a:z.example"',
      'error spf-too-many-voids "a:z.example"',
    ]);
    expect(three.lints.at(-1)?.params).toEqual({ count: 3 });
  });

  it('counts the mail hosts of an mx', async () => {
    const hosts = (count: number) => ({
      TXT: ['v=spf1 mx -all'],
      MX: Array.from({ length: count }, (_, at): [number, string] => [at, `m${at}.example`]),
    });
    expect((await grown({ 'bank.example': hosts(10) })).lines).toEqual([]);
    const { lints, lines } = await grown({ 'bank.example': hosts(11) });
    expect(lines).toEqual(['error spf-too-many-mx "mx"']);
    expect(lints[0]?.params).toEqual({ domain: 'bank.example', count: 11 });
  });

  it('stands at the right characters behind letters beyond US-ASCII', async () => {
    const text = 'v=spf1 x=ü include:gone.example -all';
    const { lines } = await grown({ 'bank.example': { TXT: [Buffer.from(text).toString('latin1')] } });
    expect(lines).toEqual([
      'error spf-international "ü"',
      'error spf-include-missing "include:gone.example"',
    ]);
  });

  it('is not said of another text than the tree is of', async () => {
    const { tree } = await grown({ 'bank.example': 'v=spf1 include:gone.example -all' });
    expect(lintSpf('v=spf1 mx -all', tree)).toEqual([]);
  });
});
