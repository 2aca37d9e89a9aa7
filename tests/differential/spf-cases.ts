/** Generated SPF records that refer to each other, the hosts that they name, and clients that some of them allow. */
import fc from 'fast-check';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import type { Ports } from '../../lib/engine/index.ts';

export interface SpfCase {
  readonly ip: string;
  readonly helo: string;
  readonly mailFrom: string;
  /** What stands in TXT at each domain: most have one record. */
  readonly records: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const DOMAINS = ['a.example', 'b.example', 'c.example', 'd.example', 'sub.a.example'];
const CLIENTS = ['192.0.2.1', '192.0.2.77', '2001:db8::1', '2001:db8:0:1::77', '::ffff:192.0.2.1'];

/** Hosts of every kind: with addresses of both families, of one, of none; out of order; under another name. */
const HOSTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'both.host.example': { A: ['192.0.2.1', '198.51.100.1'], AAAA: ['2001:db8::1'] },
  'near.host.example': { A: ['192.0.2.250'], AAAA: ['2001:db8::ffff'] },
  'four.host.example': { A: ['192.0.2.77'] },
  'six.host.example': { AAAA: ['2001:db8:0:1::77'] },
  'far.host.example': { A: ['203.0.113.9'], AAAA: ['2001:db8:ffff::9'] },
  'bare.host.example': {},
  'lame.host.example': { RCODE: 'SERVFAIL' },
  'alias.host.example': { CNAME: 'both.host.example' },
  'text.host.example': {
    TXT: ['%{s} %{l} %{o} %{d} %{i} %{p} %{v} %{h} %{c} %{r} %%%_%- %{S} %{D2R} %{lr-}'],
  },
  'plain.host.example': { TXT: ['You may not.'] },
  'broken.host.example': { TXT: ['50% of %{nothing}'] },
  'twice.host.example': { TXT: ['one', 'two'] },
  // Reverse names: one that leads back, one that does not, one that is not there.
  '1.2.0.192.in-addr.arpa': { PTR: ['both.host.example', 'far.host.example', 'no.host.example'] },
  '77.2.0.192.in-addr.arpa': { RCODE: 'TIMEOUT' },
  '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': {
    PTR: ['mx.sub.a.example', 'both.host.example'],
  },
  'mx.sub.a.example': { AAAA: ['2001:db8::1'] },
};

const EXCHANGES: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  'a.example': [
    [10, 'far.host.example'],
    [20, 'both.host.example'],
  ],
  'b.example': [[10, 'near.host.example']],
  'c.example': [[0, '.']],
  'many.host.example': Array.from(
    { length: 11 },
    (_, index) => [index, index === 0 ? 'both.host.example' : 'far.host.example'] as const,
  ),
  'ten.host.example': Array.from({ length: 10 }, (_, index) => [index, 'far.host.example'] as const),
};

/** Below this name every second one exists, so that a macro that is expanded otherwise shows. */
const ANY = '.any.example';

export function resolverFor({ records }: SpfCase): Ports['resolve'] {
  const names = [...Object.keys(HOSTS), ...Object.keys(EXCHANGES), ...Object.keys(records)];
  const zone = Object.fromEntries(
    names.map((name) => {
      const MX = EXCHANGES[name];
      return [name, { ...HOSTS[name], ...(MX === undefined ? {} : { MX }), ...records[name] }];
    }),
  );
  const resolve = zoneResolver(readZone(zone));
  return async (name, type) => {
    const answer = await resolve(name, type);
    if (!name.toLowerCase().endsWith(ANY)) return answer;
    const exists =
      type === 'A' &&
      [...name.toLowerCase()].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 2 === 0;
    return { ...answer, rcode: exists ? 'NOERROR' : 'NXDOMAIN', answers: exists ? ['127.0.0.2'] : [] };
  };
}

const domain = fc.constantFrom(...DOMAINS);
const host = fc.constantFrom(
  'both.host.example',
  'near.host.example',
  'four.host.example',
  'six.host.example',
  'far.host.example',
  'alias.host.example',
  'BOTH.Host.Example',
  'both.host.example.',
  ...DOMAINS,
);
const badHost = fc.constantFrom(
  'bare.host.example',
  'lame.host.example',
  'lame.host.example',
  'no.host.example',
  'many.host.example',
  'many.host.example',
  'ten.host.example',
);

const macroTarget = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('%{s}', '%{l}', '%{o}', '%{d}', '%{i}', '%{v}', '%{h}') },
      {
        weight: 8,
        arbitrary: fc.constantFrom(
          '%{ir}',
          '%{l1r-}',
          '%{d2}',
          '%{lr+}',
          '%{L}',
          '%{S1}',
          '%{i5}',
          '%{o2R}',
          '%{l-+_}',
          '%{h1}',
          '%{d99}',
        ),
      },
      { weight: 3, arbitrary: fc.constantFrom('x', 'a-b', '%%', '%_', '%-', 'UP') },
      { weight: 1, arbitrary: fc.constantFrom('%{p}', '%{P2}') },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => `${parts.join('.')}${ANY}`);

const prefix = fc.constantFrom('', '', '/24', '/16', '//64', '/24//48', '/0', '//0', '/32//128');
const qualifier = fc.constantFrom('', '', '+', '-', '~', '?');

const quiet = fc.oneof(
  fc.constantFrom(
    'ip4:192.0.2.1',
    'ip4:192.0.2.0/26',
    'ip4:198.51.100.0/24',
    'ip4:192.0.2.77/32',
    'ip4:0.0.0.0/1',
  ),
  fc.constantFrom(
    'ip6:2001:db8::1',
    'ip6:2001:db8::/64',
    'ip6:2001:DB8:0:1::/64',
    'ip6:fe80::/10',
    'ip6:::ffff:192.0.2.1',
    'ip6:2001:db8::192.0.2.1/32',
  ),
);

const asking = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom('a', 'mx', 'A', 'Mx'), prefix).map((parts) => parts.join('')),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('a:', 'mx:'),
        fc.oneof({ weight: 4, arbitrary: host }, { weight: 1, arbitrary: badHost }),
        prefix,
      )
      .map((parts) => parts.join('')),
  },
  { weight: 7, arbitrary: domain.map((name) => `include:${name}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'include:no.host.example',
      'include:%{d}',
      'include:sub.%{d2}',
      'include:b.%{o1r}',
      'include:example',
      'include:lame.host.example',
    ),
  },
  { weight: 3, arbitrary: macroTarget.map((name) => `exists:${name}`) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('a:', 'mx:'), macroTarget, prefix).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.oneof(host, badHost).map((name) => `exists:${name}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'ptr',
      'ptr:a.example',
      'ptr:host.example',
      'ptr:both.host.example',
      'ptr:%{d}',
    ),
  },
);

const modifier = fc.oneof(
  { weight: 4, arbitrary: domain.map((name) => `redirect=${name}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'exp=text.host.example',
      'exp=plain.host.example',
      'exp=broken.host.example',
      'exp=twice.host.example',
      'exp=no.host.example',
      'EXP=text.%{h}',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x-note=anything',
      'ra=a',
      'v=',
      'x=%{c}',
      'redirect=no.host.example',
      'redirect=sub.%{d}',
    ),
  },
);

const wrong = fc.constantFrom(
  'ip4:192.0.2',
  'ip4:192.0.2.0/33',
  'ip4:192.0.2.01',
  'ip4:2001:db8::1',
  'ip4',
  'ip6:192.0.2.1',
  'ip6:2001:db8::/129',
  'a:',
  'a:example',
  'a/33',
  'a/24/64',
  'mx//129',
  'a/024',
  'include',
  'include:',
  'exists',
  'exists/24',
  'all:a',
  'all.',
  'foo:bar',
  'foo',
  '+redirect=a.example',
  'redirect=',
  'exp=',
  'x=%{z}',
  'exists:%{x}.any.example',
  'exists:%{d0}.any.example',
  'exists:%{c}.any.example',
  'exists:%a',
  'ptr/24',
  'a:b.123',
  'a:b.-x',
  '1=2',
  'a\tmx',
  'a:caf\u00e9.example',
);

const all = fc.constantFrom('-all', '-all', '~all', '?all', '+all', 'all', '-ALL');

const record = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.tuple(qualifier, quiet).map((parts) => parts.join('')) },
        { weight: 9, arbitrary: fc.tuple(qualifier, asking).map((parts) => parts.join('')) },
        { weight: 2, arbitrary: modifier },
      ),
      { maxLength: 5 },
    ),
    fc.oneof(
      { weight: 5, arbitrary: all.map((term) => [term]) },
      { weight: 2, arbitrary: modifier.map((term) => [term]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.oneof(
      { weight: 30, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: wrong.map((term) => [term]) },
    ),
    fc.constantFrom(' ', ' ', ' ', '  '),
  )
  .map(([terms, end, fault, space]) => ['v=spf1', ...terms, ...fault, ...end].join(space));

/** Around the limit, which records that go round in circles jump over. */
const costly = fc
  .tuple(
    fc.integer({ min: 4, max: 11 }),
    fc.constantFrom('', ' include:d.example', ' redirect=c.example'),
    all,
  )
  .map(([count, more, end]) => `v=spf1${' a:far.host.example'.repeat(count)}${more} ${end}`);

const published = fc.oneof(
  { weight: 2, arbitrary: costly.map((text) => ({ TXT: [text] })) },
  { weight: 30, arbitrary: record.map((text) => ({ TXT: [text] })) },
  { weight: 2, arbitrary: record.map((text) => ({ TXT: ['verification=1', text, 'v=spf10 -all'] })) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.constantFrom<Readonly<Record<string, unknown>>>(
        {},
        { TXT: ['verification=1'] },
        { RCODE: 'SERVFAIL' },
        { RCODE: 'TIMEOUT' },
      ),
      fc.tuple(record, record).map((texts) => ({ TXT: texts })),
      fc
        .constantFrom('V=SPF1', 'v=spf1 ', ' v=spf1 -all', 'v=spf1\t-all', 'v=spf1-all')
        .map((text) => ({ TXT: [text] })),
    ),
  },
);

const mailFrom = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('jane', 'jane+news', 'a-b.c', 'J', '"a b"', 'x=y', '"a@b"', 'j\u00e4ne'),
        fc.constantFrom('a.example', 'a.example', 'A.Example', 'sub.a.example'),
      )
      .map((parts) => parts.join('@')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '@a.example',
      'jane@no.host.example',
      'jane@example',
      'jane@[192.0.2.1]',
      'jane@a..example',
    ),
  },
);

export const spfCases: fc.Arbitrary<SpfCase> = fc.record({
  ip: fc.constantFrom(...CLIENTS),
  helo: fc.constantFrom('host.example', 'b.example', 'c.example'),
  mailFrom,
  records: fc
    .tuple(...DOMAINS.map(() => fc.option(published, { freq: 12 })))
    .map((entries) =>
      Object.fromEntries(DOMAINS.flatMap((name, at) => (entries[at] == null ? [] : [[name, entries[at]]]))),
    ),
});
