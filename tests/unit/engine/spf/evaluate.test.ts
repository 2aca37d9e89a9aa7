import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { Ports, Rcode } from '../../../../lib/engine/index.ts';
import { checkHost } from '../../../../lib/engine/spf/evaluate.ts';
import type { SpfTask } from '../../../../lib/engine/spf/trace.ts';
import { ports, type Row, rows } from '../kit.ts';
import { checked, lines, type Records, TASK, told } from './spf-kit.ts';

interface Case extends Row {
  readonly zone: Records;
  readonly task?: Partial<SpfTask>;
  /** `result` or `result reason`. */
  readonly is: string;
}

const IP6 = '2001:db8::25';

/** The record of bank.example, and what else there is. */
function bank(record: string, zone: Records = {}): Records {
  return { 'bank.example': record, ...zone };
}

function table(cases: readonly Case[]): void {
  it.each(rows(cases))('%s', async (_, { zone, task, is }) => {
    expect(await told(zone, task)).toBe(is);
  });
}

describe('the domain and its record (RFC 7208 §4.3–4.5)', () => {
  const ALL = { 'bank.example': 'v=spf1 -all', 'mx.helo.example': 'v=spf1 ~all' };
  table([
    { why: 'a record', zone: ALL, is: 'fail' },
    { why: 'a domain in capitals', zone: ALL, task: { mailFrom: 'jane@BANK.Example' }, is: 'fail' },
    { why: 'a null sender stands for the HELO name', zone: ALL, task: { mailFrom: '' }, is: 'softfail' },
    { why: 'the HELO identity', zone: ALL, task: { identity: 'helo' }, is: 'softfail' },
    { why: 'an @ in the local part', zone: ALL, task: { mailFrom: '"a@b"@bank.example' }, is: 'fail' },
    {
      why: 'a domain in Unicode is asked in A-labels',
      zone: { 'xn--bcher-kva.example': 'v=spf1 -all' },
      task: { mailFrom: 'jane@bücher.example' },
      is: 'fail',
    },
    { why: 'no address', zone: ALL, task: { ip: 'localhost' }, is: 'none bad-address' },
    { why: 'an empty label', zone: ALL, task: { mailFrom: 'jane@bank..example' }, is: 'none bad-domain' },
    {
      why: 'a label too long',
      zone: ALL,
      task: { mailFrom: `jane@${'a'.repeat(64)}.example` },
      is: 'none bad-domain',
    },
    { why: 'one label', zone: ALL, task: { mailFrom: 'jane@localhost' }, is: 'none bad-domain' },
    { why: 'an address literal', zone: ALL, task: { mailFrom: 'jane@[192.0.2.1]' }, is: 'none bad-domain' },
    {
      why: 'a HELO name that is none',
      zone: ALL,
      task: { helo: 'PC', identity: 'helo' },
      is: 'none bad-domain',
    },
    { why: 'no such domain', zone: {}, is: 'none no-such-domain' },
    { why: 'no TXT record', zone: { 'bank.example': { A: ['192.0.2.1'] } }, is: 'none no-record' },
    { why: 'other TXT records only', zone: bank('v=spf10 -all'), is: 'none no-record' },
    {
      why: 'other TXT records beside it',
      zone: { 'bank.example': { TXT: ['\x96', 'v=spf1 -all', 'v=spf10'] } },
      is: 'fail',
    },
    {
      why: 'two records, though they be the same',
      zone: { 'bank.example': { TXT: ['v=spf1 -all', 'V=SPF1 -all'] } },
      is: 'permerror several-records',
    },
    {
      why: 'strings of one record are joined without a space',
      zone: { 'bank.example': { TXT: [['v=spf1 ip4:192.0', '.2.25 -all']] } },
      is: 'pass',
    },
    { why: 'no answer', zone: { 'bank.example': { RCODE: 'TIMEOUT' } }, is: 'temperror record-unanswered' },
    {
      why: 'a failing server',
      zone: { 'bank.example': { RCODE: 'SERVFAIL' } },
      is: 'temperror record-unanswered',
    },
  ]);

  it('names the domain that was checked and the client in normal form', async () => {
    const { check } = await checked(ALL, { mailFrom: 'jane@Bank.EXAMPLE', ip: '::ffff:192.0.2.25' });
    expect(check).toMatchObject({ domain: 'bank.example', ip: '192.0.2.25', identity: 'mailfrom' });
  });
});

describe('results (§2.6, §4.6, §4.7)', () => {
  table([
    { why: 'pass', zone: bank('v=spf1 +all'), is: 'pass' },
    { why: 'fail', zone: bank('v=spf1 -all'), is: 'fail' },
    { why: 'softfail', zone: bank('v=spf1 ~all'), is: 'softfail' },
    { why: 'neutral', zone: bank('v=spf1 ?all'), is: 'neutral' },
    { why: 'neutral at the end of the record', zone: bank('v=spf1 -ip4:192.0.2.1'), is: 'neutral' },
    { why: 'neutral without terms', zone: bank('v=spf1'), is: 'neutral' },
    { why: 'the first match decides', zone: bank('v=spf1 ~ip4:192.0.2.25 -all'), is: 'softfail' },
    { why: 'an error behind a match', zone: bank('v=spf1 +all moo'), is: 'permerror unknown-mechanism' },
    { why: 'an unknown modifier', zone: bank('v=spf1 moo=1 -all'), is: 'fail' },
    ...(
      [
        ['bad-character', 'a:\x80bank.example'],
        ['malformed-term', '=all'],
        ['unexpected-argument', 'all/8'],
        ['missing-domain', 'include'],
        ['bad-domain-spec', 'a:museum'],
        ['bad-macro', 'exists:%{c}'],
        ['bad-network', 'ip4:192.0.2'],
        ['bad-prefix', 'a/33'],
        ['repeated-modifier', 'exp=a.example exp=a.example'],
      ] as const
    ).map(([reason, term]) => ({
      why: `${term}`,
      zone: bank(`v=spf1 -all ${term}`),
      is: `permerror ${reason}`,
    })),
  ]);
});

describe('ip4 and ip6 (§5.6)', () => {
  table([
    { why: 'the address', zone: bank('v=spf1 ip4:192.0.2.25 -all'), is: 'pass' },
    { why: 'another', zone: bank('v=spf1 ip4:192.0.2.24 -all'), is: 'fail' },
    { why: 'the network', zone: bank('v=spf1 ip4:192.0.2.128/24 -all'), is: 'pass' },
    { why: 'a prefix that cuts an octet', zone: bank('v=spf1 ip4:192.0.2.24/31 -all'), is: 'pass' },
    { why: 'one bit less in common', zone: bank('v=spf1 ip4:192.0.2.26/31 -all'), is: 'fail' },
    { why: 'a prefix of 0 is everybody', zone: bank('v=spf1 ip4:198.51.100.1/0 -all'), is: 'pass' },
    { why: 'IPv6', zone: bank('v=spf1 ip6:2001:DB8::/32 -all'), task: { ip: IP6 }, is: 'pass' },
    {
      why: 'IPv6 of another network',
      zone: bank('v=spf1 ip6:2001:db9::/32 -all'),
      task: { ip: IP6 },
      is: 'fail',
    },
    {
      why: 'IPv6 is not in ip4:…/0',
      zone: bank('v=spf1 ip4:192.0.2.1/0 -all'),
      task: { ip: IP6 },
      is: 'fail',
    },
    { why: 'IPv4 is not in ip6:…/0', zone: bank('v=spf1 ip6:::/0 -all'), is: 'fail' },
    {
      why: 'a mapped address is IPv4 and in no ip6 network',
      zone: bank('v=spf1 ip6:::ffff:192.0.2.25 ~ip4:192.0.2.25 -all'),
      task: { ip: '::ffff:192.0.2.25' },
      is: 'softfail',
    },
  ]);
});

describe('a (§5.3)', () => {
  const A = { 'host.example': { A: ['198.51.100.1', '192.0.2.24'], AAAA: ['2001:db8::24'] } };
  table([
    {
      why: 'the domain itself',
      zone: { 'bank.example': { TXT: ['v=spf1 a -all'], A: ['192.0.2.25'] } },
      is: 'pass',
    },
    { why: 'a name in capitals', zone: bank('v=spf1 a:HOST.example/24 -all', A), is: 'pass' },
    { why: 'not the very address', zone: bank('v=spf1 a:host.example -all', A), is: 'fail' },
    { why: 'any of its addresses, by prefix', zone: bank('v=spf1 a:host.example/31 -all', A), is: 'pass' },
    { why: 'the prefix of the other family', zone: bank('v=spf1 a:host.example//0 -all', A), is: 'fail' },
    {
      why: 'IPv6 by its own prefix',
      zone: bank('v=spf1 a:host.example/32//64 -all', A),
      task: { ip: IP6 },
      is: 'pass',
    },
    {
      why: 'IPv6 and the prefix of IPv4',
      zone: bank('v=spf1 a:host.example/0 -all', A),
      task: { ip: IP6 },
      is: 'fail',
    },
    { why: 'no address, not even by /0', zone: bank('v=spf1 a:gone.example/0 -all'), is: 'fail' },
    {
      why: 'an answer that is no address',
      zone: bank('v=spf1 a:x.example/0 -all', { 'x.example': { A: ['1.2.3'] } }),
      is: 'fail',
    },
    {
      why: 'no answer',
      zone: bank('v=spf1 a:x.example -all', { 'x.example': { RCODE: 'TIMEOUT' } }),
      is: 'temperror dns-failed',
    },
    { why: 'a name that DNS cannot hold', zone: bank(`v=spf1 a:${'a'.repeat(64)}.example -all`), is: 'fail' },
  ]);
});

describe('mx (§5.4)', () => {
  const host = (address: string) => ({ A: [address] });
  table([
    {
      why: 'an address of one of the hosts, whose names may end in a dot',
      zone: {
        'bank.example': {
          TXT: ['v=spf1 mx -all'],
          MX: [
            [10, 'a.example'],
            [20, 'B.example.'],
          ],
        },
        'a.example': host('198.51.100.1'),
        'b.example': host('192.0.2.25'),
      },
      is: 'pass',
    },
    {
      why: 'hosts of another name, by prefix',
      zone: bank('v=spf1 mx:m.example/24 -all', {
        'm.example': { MX: [[0, 'a.example']] },
        'a.example': host('192.0.2.1'),
      }),
      is: 'pass',
    },
    {
      why: 'IPv6',
      zone: bank('v=spf1 mx:m.example -all', {
        'm.example': { MX: [[0, 'a.example']] },
        'a.example': { AAAA: [IP6] },
      }),
      task: { ip: IP6 },
      is: 'pass',
    },
    {
      why: 'no MX: the name is not its own exchange',
      zone: { 'bank.example': { TXT: ['v=spf1 mx -all'], A: ['192.0.2.25'] } },
      is: 'fail',
    },
    { why: 'the null MX', zone: { 'bank.example': { TXT: ['v=spf1 mx -all'], MX: [[0, '.']] } }, is: 'fail' },
    {
      why: 'the null MX as the wire has it',
      zone: { 'bank.example': { TXT: ['v=spf1 mx -all'], MX: [[0, '']] } },
      is: 'fail',
    },
    {
      why: 'no answer for the exchanges',
      zone: bank('v=spf1 mx:m.example -all', { 'm.example': { RCODE: 'SERVFAIL' } }),
      is: 'temperror dns-failed',
    },
    {
      why: 'no answer for a host',
      zone: bank('v=spf1 mx:m.example -all', {
        'm.example': { MX: [[0, 'a.example']] },
        'a.example': { RCODE: 'SERVFAIL' },
      }),
      is: 'temperror dns-failed',
    },
    {
      why: 'a host that matches before the one without an answer',
      zone: bank('v=spf1 mx:m.example -all', {
        'm.example': {
          MX: [
            [0, 'a.example'],
            [1, 'b.example'],
          ],
        },
        'a.example': host('192.0.2.25'),
        'b.example': { RCODE: 'SERVFAIL' },
      }),
      is: 'pass',
    },
    {
      why: 'ten hosts',
      zone: bank('v=spf1 mx:m.example -all', {
        'm.example': { MX: Array.from({ length: 10 }, (_, at) => [at, `h${at}.example`]) },
        'h9.example': host('192.0.2.25'),
      }),
      is: 'pass',
    },
    {
      why: 'eleven hosts, though the first would match',
      zone: bank('v=spf1 mx:m.example -all', {
        'm.example': { MX: Array.from({ length: 11 }, (_, at) => [at, `h${at}.example`]) },
        'h0.example': host('192.0.2.25'),
      }),
      is: 'permerror too-many-mx',
    },
  ]);
});

describe('ptr (§5.5)', () => {
  const reverse = (...names: string[]) => ({ '25.2.0.192.in-addr.arpa': { PTR: names } });
  const confirmed = (name: string) => ({ [name]: { A: ['192.0.2.25'] } });
  const six = '5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa';
  table([
    {
      why: 'a name below the domain',
      zone: bank('v=spf1 ptr -all', { ...reverse('M.Bank.example.'), ...confirmed('m.bank.example') }),
      is: 'pass',
    },
    {
      why: 'the name itself',
      zone: bank('v=spf1 ptr:m.example -all', { ...reverse('m.example'), ...confirmed('m.example') }),
      is: 'pass',
    },
    {
      why: 'a name that only ends alike',
      zone: bank('v=spf1 ptr:m.example -all', {
        ...reverse('m.m-example', 'xm.example'),
        ...confirmed('xm.example'),
      }),
      is: 'fail',
    },
    {
      why: 'a name that does not lead back',
      zone: bank('v=spf1 ptr:m.example -all', {
        ...reverse('m.example'),
        'm.example': { A: ['192.0.2.26'] },
      }),
      is: 'fail',
    },
    {
      why: 'IPv6',
      zone: bank('v=spf1 ptr:m.example -all', {
        [six]: { PTR: ['m.example'] },
        'm.example': { AAAA: [IP6] },
      }),
      task: { ip: IP6 },
      is: 'pass',
    },
    {
      why: 'no answer for the reverse name is no match',
      zone: bank('v=spf1 ptr -all', { '25.2.0.192.in-addr.arpa': { RCODE: 'TIMEOUT' } }),
      is: 'fail',
    },
    {
      why: 'a name without an answer is skipped',
      zone: bank('v=spf1 ptr:m.example -all', {
        ...reverse('a.m.example', 'b.m.example'),
        'a.m.example': { RCODE: 'TIMEOUT' },
        ...confirmed('b.m.example'),
      }),
      is: 'pass',
    },
    {
      why: 'the eleventh name is not looked at',
      zone: bank('v=spf1 ptr:m.example -all', {
        ...reverse(...Array.from({ length: 10 }, (_, at) => `n${at}.example`), 'm.example'),
        ...confirmed('m.example'),
      }),
      is: 'fail',
    },
  ]);
});

describe('exists (§5.7)', () => {
  table([
    {
      why: 'any address',
      zone: bank('v=spf1 exists:x.example -all', { 'x.example': { A: ['127.0.0.2'] } }),
      is: 'pass',
    },
    {
      why: 'of IPv4 also for IPv6',
      zone: bank('v=spf1 exists:x.example -all', { 'x.example': { A: ['127.0.0.2'] } }),
      task: { ip: IP6 },
      is: 'pass',
    },
    {
      why: 'IPv6 alone is none',
      zone: bank('v=spf1 exists:x.example -all', { 'x.example': { AAAA: [IP6] } }),
      task: { ip: IP6 },
      is: 'fail',
    },
    {
      why: 'no answer',
      zone: bank('v=spf1 exists:x.example -all', { 'x.example': { RCODE: 'TIMEOUT' } }),
      is: 'temperror dns-failed',
    },
    {
      why: 'a name made of the client',
      zone: bank('v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all', {
        '25.2.0.192.in-addr._spf.bank.example': { A: ['127.0.0.2'] },
      }),
      is: 'pass',
    },
    {
      why: 'a name made of the sender',
      zone: bank('v=spf1 exists:%{l}.%{o}.%{h}.x.example -all', {
        'jane.bank.example.mx.helo.example.x.example': { A: ['127.0.0.2'] },
      }),
      is: 'pass',
    },
    {
      why: 'postmaster where the local part is empty (§4.3)',
      zone: bank('v=spf1 exists:%{s}.x.example -all', {
        'postmaster@bank.example.x.example': { A: ['127.0.0.2'] },
      }),
      task: { mailFrom: '@bank.example' },
      is: 'pass',
    },
    {
      why: 'labels are dropped from the left until DNS can hold the name (§7.3)',
      zone: bank(`v=spf1 exists:${'a'.repeat(60)}.${'b.'.repeat(120)}x.example -all`, {
        [`${'b.'.repeat(120)}x.example`]: { A: ['127.0.0.2'] },
      }),
      is: 'pass',
    },
    {
      why: 'a name of 253 octets is not shortened further',
      zone: bank(`v=spf1 exists:a.${'b.'.repeat(123)}example -all`, {
        [`${'b.'.repeat(123)}example`]: { A: ['127.0.0.2'] },
      }),
      is: 'pass',
    },
    {
      why: 'a local part beyond US-ASCII matches nothing (RFC 8616 §4)',
      zone: bank('v=spf1 exists:%{L}.x.example -all', { 'jan%c3%a9.x.example': { A: ['127.0.0.2'] } }),
      task: { mailFrom: 'jané@bank.example' },
      is: 'fail',
    },
  ]);

  it.each(
    rows<Row & { names: readonly string[]; asked: string; zone?: Records }>([
      {
        why: 'the domain itself before others',
        names: ['a.example', 'x.bank.example', 'bank.example'],
        asked: 'bank.example.p.example A',
      },
      {
        why: 'a name below it before others',
        names: ['a.example', 'x.bank.example'],
        asked: 'x.bank.example.p.example A',
      },
      { why: 'any other name', names: ['a.example'], asked: 'a.example.p.example A' },
      { why: 'unknown without a name', names: [], asked: 'unknown.p.example A' },
      {
        why: 'unknown without an answer',
        names: ['a.example'],
        asked: 'unknown.p.example A',
        zone: { '25.2.0.192.in-addr.arpa': { RCODE: 'SERVFAIL' } },
      },
    ]),
  )('%{p} is %s (§7.3)', async (_, { names, asked, zone = {} }) => {
    const addresses = Object.fromEntries(
      names.filter((name) => name !== 'bank.example').map((name) => [name, { A: ['192.0.2.25'] }]),
    );
    const found = await checked({
      'bank.example': { TXT: ['v=spf1 exists:%{p}.p.example -all'], A: ['192.0.2.25'] },
      '25.2.0.192.in-addr.arpa': { PTR: names },
      ...addresses,
      ...zone,
    });
    expect(found.asked.at(-1)).toBe(asked);
  });
});

describe('include and redirect (§5.2, §6.1)', () => {
  const both = (record: string) => bank('v=spf1 ~include:o.example ?all', { 'o.example': record });
  const to = (record: string) => bank('v=spf1 redirect=o.example', { 'o.example': record });
  table([
    { why: 'include: pass is a match', zone: both('v=spf1 +all'), is: 'softfail' },
    { why: 'include: fail is none', zone: both('v=spf1 -all'), is: 'neutral' },
    { why: 'include: softfail is none', zone: both('v=spf1 ~all'), is: 'neutral' },
    { why: 'include: neutral is none', zone: both('v=spf1'), is: 'neutral' },
    {
      why: 'include: no record',
      zone: bank('v=spf1 include:o.example', { 'o.example': 'other' }),
      is: 'permerror include-none',
    },
    {
      why: 'include: no such domain',
      zone: bank('v=spf1 include:o.example +all'),
      is: 'permerror include-none',
    },
    {
      why: 'include: a name of one label',
      zone: bank('v=spf1 include:%{h} +all', { pc: 'v=spf1 +all' }),
      task: { helo: 'pc' },
      is: 'permerror include-none',
    },
    {
      why: 'include: a name that DNS cannot hold',
      zone: bank('v=spf1 include:a..example +all'),
      is: 'permerror include-none',
    },
    { why: 'include: an error there', zone: both('v=spf1 +all moo'), is: 'permerror unknown-mechanism' },
    {
      why: 'include: no answer',
      zone: bank('v=spf1 include:o.example', { 'o.example': { RCODE: 'TIMEOUT' } }),
      is: 'temperror record-unanswered',
    },
    { why: 'redirect: the result of the other', zone: to('v=spf1 ~all'), is: 'softfail' },
    { why: 'redirect: neutral too', zone: to('v=spf1 -ip4:192.0.2.1'), is: 'neutral' },
    { why: 'redirect: no record', zone: to('other'), is: 'permerror redirect-none' },
    {
      why: 'redirect: a name that DNS cannot hold',
      zone: bank('v=spf1 redirect=a..example'),
      is: 'permerror redirect-none',
    },
    { why: 'redirect: an error there', zone: to('v=spf1 a/33'), is: 'permerror bad-prefix' },
    {
      why: 'redirect: no answer',
      zone: bank('v=spf1 redirect=o.example', { 'o.example': { RCODE: 'TIMEOUT' } }),
      is: 'temperror record-unanswered',
    },
    {
      why: 'redirect: not where there is an all',
      zone: bank('v=spf1 redirect=o.example ?all', { 'o.example': 'v=spf1 -all' }),
      is: 'neutral',
    },
    {
      why: 'redirect: the domain is the other one from there on',
      zone: { ...to('v=spf1 exists:%{d}.of.%{o} -all'), 'o.example.of.bank.example': { A: ['127.0.0.2'] } },
      is: 'pass',
    },
  ]);
});

describe('limits (§4.6.4)', () => {
  const A = { 'x.example': { A: ['198.51.100.1'] } };
  const ten = Array.from({ length: 10 }, () => 'a:x.example').join(' ');
  table([
    { why: 'ten lookups', zone: bank(`v=spf1 ${ten} -all`, A), is: 'fail' },
    {
      why: 'ip4, ip6 and all cost nothing',
      zone: bank(`v=spf1 ip4:192.0.2.1 ip6:::1 ${ten} ip4:192.0.2.2 -all`, A),
      is: 'fail',
    },
    { why: 'eleven', zone: bank(`v=spf1 ${ten} mx:x.example -all`, A), is: 'permerror too-many-lookups' },
    {
      why: 'eleven, the last a redirect',
      zone: bank(`v=spf1 ${ten} redirect=x.example`, A),
      is: 'permerror too-many-lookups',
    },
    {
      why: 'eleven, but the tenth matches',
      zone: bank(`v=spf1 a:x.example ip4:192.0.2.25 ${ten} a:x.example -all`, A),
      is: 'pass',
    },
    {
      why: 'those of included records count',
      zone: bank(`v=spf1 include:o.example a:x.example -all`, {
        ...A,
        'o.example': `v=spf1 ${ten.slice(12)}`,
      }),
      is: 'permerror too-many-lookups',
    },
    {
      why: 'a record that includes itself',
      zone: bank('v=spf1 include:bank.example -all'),
      is: 'permerror too-many-lookups',
    },
    {
      why: 'a record that redirects to itself',
      zone: bank('v=spf1 redirect=bank.example'),
      is: 'permerror too-many-lookups',
    },
    { why: 'two void lookups', zone: bank('v=spf1 a:n1.example exists:n2.example -all'), is: 'fail' },
    {
      why: 'three',
      zone: bank('v=spf1 a:n1.example exists:n2.example mx:n3.example -all'),
      is: 'permerror too-many-voids',
    },
    {
      why: 'three, one an answer without records',
      zone: bank('v=spf1 a:n1.example mx:x.example a:n3.example -all', A),
      is: 'permerror too-many-voids',
    },
    {
      why: 'three, one the reverse name',
      zone: bank('v=spf1 a:n1.example a:n2.example ptr -all'),
      is: 'permerror too-many-voids',
    },
    {
      why: 'voids of included records count',
      zone: bank('v=spf1 include:o.example a:n3.example -all', {
        'o.example': 'v=spf1 a:n1.example a:n2.example',
      }),
      is: 'permerror too-many-voids',
    },
    {
      why: 'exchanges without an address of the family are no void lookups',
      zone: bank('v=spf1 mx:m.example a:n1.example a:n2.example -all', {
        'm.example': {
          MX: [
            [0, 'a.example'],
            [1, 'b.example'],
            [2, 'c.example'],
          ],
        },
      }),
      is: 'fail',
    },
    {
      why: 'the name of exp costs nothing',
      zone: bank('v=spf1 a:n1.example a:n2.example exp=n3.example -all'),
      is: 'fail',
    },
    {
      why: 'a name that DNS cannot hold was never looked up',
      zone: bank('v=spf1 a:n1.example a:n2.example a:a..example -all'),
      is: 'fail',
    },
  ]);

  it('counts to the term that goes over, and asks it no more', async () => {
    const { check, asked } = await checked(bank(`v=spf1 ${ten} mx:y.example -all`, A));
    expect(check).toMatchObject({ lookups: 11, voids: 0 });
    expect(asked).toEqual(['bank.example TXT', 'x.example A']);
    expect(lines(check.trace).slice(-3)).toEqual([
      'no-match a:x.example (#10 x.example)',
      'error mx:y.example (too-many-lookups #11)',
      'not-reached -all',
    ]);
  });
});

it('asks nobody about a name beyond US-ASCII, nor about the null MX', async () => {
  const foreign = await checked(bank('v=spf1 a:%{h}.x.example -all'), { helo: 'pç' });
  expect(foreign.check.result).toBe('fail');
  expect(foreign.asked).toEqual(['bank.example TXT']);
  const { check, asked } = await checked({ 'bank.example': { TXT: ['v=spf1 mx -all'], MX: [[0, '.']] } });
  expect(check.trace?.terms[0]?.dns.map((index) => asked[index])).toEqual(['bank.example MX']);
});

it('reads no records from an answer that is an error', async () => {
  const zone: Readonly<Record<string, readonly [Rcode, string]>> = {
    'bank.example TXT': ['NOERROR', 'v=spf1 a:x.example ptr:host.example -all exp=why.example'],
    'x.example A': ['NOERROR', '198.51.100.1'],
    '25.2.0.192.in-addr.arpa PTR': ['SERVFAIL', 'host.example'],
    'host.example A': ['NOERROR', '192.0.2.25'],
    'why.example TXT': ['SERVFAIL', 'Not from here.'],
  };
  const resolve: Ports['resolve'] = async (name, type) => {
    const [rcode, text] = zone[`${name} ${type}`] ?? ['NXDOMAIN', ''];
    const answers = text === '' ? [] : [text];
    return { name, type, rcode, ttl: 1, authenticData: false, resolver: 'r', cached: false, answers };
  };
  const check = await checkHost(TASK, ports, openLedger(resolve));
  expect(check).toMatchObject({ result: 'fail', explanation: null });
});
