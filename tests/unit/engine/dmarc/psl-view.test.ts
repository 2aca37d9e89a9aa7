import { describe, expect, it } from 'vitest';
import { lookUpDmarc } from '../../../../lib/engine/dmarc/evaluate.ts';
import { comparePsl, isPslAligned, type Passed, pslView } from '../../../../lib/engine/dmarc/psl-view.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { publicSuffixOrganization } from '../../../../lib/platform/public-suffix.ts';
import { portsOver, type Row, rows } from '../kit.ts';

type Zone = Record<string, unknown>;

const AT = '_dmarc.example.com';

async function view(author: string, zone: Zone, identifiers: readonly string[] = []) {
  const ports = portsOver(zone, { publicSuffixOrganization });
  const ledger = openLedger(ports.resolve);
  const found = await pslView(author, identifiers, ports, ledger);
  if (found === null) throw new Error('no list');
  return { found, asked: ledger.answers().map((answer) => answer?.name) };
}

describe('the public suffix list that is built in', () => {
  it.each(
    rows<Row & { name: string; organization: string | null }>([
      { why: 'a registered domain', name: 'example.com', organization: 'example.com' },
      { why: 'names below it', name: 'a.b.example.co.uk', organization: 'example.co.uk' },
      { why: 'in A-labels', name: 'a.xn--85x722f.com.cn', organization: 'xn--85x722f.com.cn' },
      { why: 'the private part counts', name: 'a.b.github.io', organization: 'b.github.io' },
      { why: 'a private suffix', name: 'github.io', organization: null },
      { why: 'a public suffix', name: 'co.uk', organization: null },
      { why: 'a suffix that is not listed has one label', name: 'a.b.test', organization: 'b.test' },
      { why: 'an exception of a wildcard', name: 'a.www.ck', organization: 'www.ck' },
      { why: 'an address', name: '192.0.2.1', organization: null },
      { why: 'a dot at the front', name: '.example.com', organization: null },
      { why: 'an empty label', name: 'a..example.com', organization: null },
      { why: 'nothing', name: '', organization: null },
    ]),
  )('%s', (_, { name, organization }) => {
    expect(publicSuffixOrganization(name)).toBe(organization);
  });
});

describe('the policy by RFC 7489 §6.6.3', () => {
  it.each(
    rows<Row & { author?: string; zone: Zone; policy: string; percentage?: number }>([
      {
        why: 'the author domain’s own',
        zone: { '_dmarc.a.example.com': 'v=DMARC1; p=reject' },
        policy: 'a.example.com p reject',
      },
      {
        why: 'else its organization’s sp',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=none' },
        policy: 'example.com sp none',
      },
      { why: 'or its p', zone: { [AT]: 'v=DMARC1; p=reject' }, policy: 'example.com p reject' },
      {
        why: 'the organization’s own mail takes p',
        author: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=none; sp=reject' },
        policy: 'example.com p none',
      },
      {
        why: 'nothing between',
        author: 'a.b.example.com',
        zone: { '_dmarc.b.example.com': 'v=DMARC1; p=reject' },
        policy: 'none',
      },
      { why: 'nothing above', zone: { '_dmarc.com': 'v=DMARC1; p=reject; psd=y' }, policy: 'none' },
      {
        why: 'a private suffix ends an organization',
        author: 'a.b.github.io',
        zone: { '_dmarc.b.github.io': 'v=DMARC1; p=reject', '_dmarc.github.io': 'v=DMARC1; p=none' },
        policy: 'b.github.io p reject',
      },
      {
        why: 'a public suffix stands for itself',
        author: 'github.io',
        zone: { '_dmarc.github.io': 'v=DMARC1; p=quarantine' },
        policy: 'github.io p quarantine',
      },
      {
        why: 'several records end it, and the organization is not asked (step 5)',
        zone: {
          '_dmarc.a.example.com': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] },
          [AT]: 'v=DMARC1; p=reject',
        },
        policy: 'none',
      },
      {
        why: 'several at the organization',
        zone: { [AT]: { TXT: ['v=DMARC1; p=none', 'v=DMARC1'] } },
        policy: 'none',
      },
      {
        why: 'no p, but a report address (step 6)',
        zone: { [AT]: 'v=DMARC1; rua=mailto:a@b.example' },
        policy: 'example.com null none',
      },
      { why: 'no p and no report address', zone: { [AT]: 'v=DMARC1; adkim=s' }, policy: 'none' },
      { why: 'a bad sp and no report address', zone: { [AT]: 'v=DMARC1; p=reject; sp=x' }, policy: 'none' },
      {
        why: 'a bad np is unknown to it',
        zone: { [AT]: 'v=DMARC1; p=reject; np=x' },
        policy: 'example.com p reject',
      },
      { why: 'so is np', zone: { [AT]: 'v=DMARC1; p=none; np=reject' }, policy: 'example.com p none' },
      { why: 'and t', zone: { [AT]: 'v=DMARC1; p=reject; t=y' }, policy: 'example.com p reject' },
      {
        why: 'pct is not',
        zone: { [AT]: 'v=DMARC1; p=reject; pct=20' },
        policy: 'example.com p reject',
        percentage: 20,
      },
      {
        why: 'a bad pct is a hundred',
        zone: { [AT]: 'v=DMARC1; p=reject; pct=x' },
        policy: 'example.com p reject',
      },
      {
        why: 'no answer for the author domain',
        zone: { '_dmarc.a.example.com': { RCODE: 'SERVFAIL' }, [AT]: 'v=DMARC1; p=none' },
        policy: 'unanswered',
      },
      { why: 'no answer for the organization', zone: { [AT]: { RCODE: 'TIMEOUT' } }, policy: 'unanswered' },
      {
        why: 'an answer that is not needed',
        author: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=none', '_dmarc.com': { RCODE: 'TIMEOUT' } },
        policy: 'example.com p none',
      },
      { why: 'nothing at all', zone: {}, policy: 'none' },
    ]),
  )('%s', async (_, { author = 'a.example.com', zone, policy, percentage = 100 }) => {
    const { found } = await view(author, zone);
    const { policy: is } = found;
    const text = is.kind === 'record' ? `${is.recordDomain} ${is.tag} ${is.policy}` : is.kind;
    expect(text).toBe(policy);
    expect(is.kind === 'record' ? is.applied : null).toBe(is.kind === 'record' ? is.policy : null);
    expect(found.percentage).toBe(percentage);
  });

  it('never calls a missing p contested: RFC 7489 is clear about it', async () => {
    const { found } = await view('example.com', { [AT]: 'v=DMARC1' });
    expect(found.policy).toMatchObject({ dropped: { flaw: 'missing-p', contested: false } });
  });

  it('asks two names at most, and both are of the tree walk', async () => {
    expect((await view('a.b.example.com', {})).asked).toEqual(['_dmarc.a.b.example.com', AT]);
    const organization = await view('example.com', {});
    expect(organization.asked).toEqual([AT]);
    expect(organization.found.policy.dns).toEqual([0]);
    expect((await view('github.io', {})).asked).toEqual(['_dmarc.github.io']);
    const ports = portsOver({}, { publicSuffixOrganization });
    const ledger = openLedger(ports.resolve);
    await lookUpDmarc('a.b.example.com', [], ledger);
    const before = ledger.answers().length;
    await pslView('a.b.example.com', ['c.example.com'], ports, ledger);
    expect(ledger.answers()).toHaveLength(before);
  });

  it('is no view where there is no list', async () => {
    const ledger = openLedger(portsOver({ [AT]: 'v=DMARC1; p=none' }).resolve);
    expect(await pslView('example.com', [], {}, ledger)).toBeNull();
    expect(ledger.answers()).toEqual([]);
  });
});

describe('alignment by RFC 7489 §3.1', () => {
  it.each(
    rows<Row & { author?: string; identifier: string; relaxed: boolean; strict: boolean }>([
      { why: 'identical', identifier: 'example.com', relaxed: true, strict: true },
      { why: 'a subdomain', identifier: 'a.b.example.com', relaxed: true, strict: false },
      { why: 'the public suffix', identifier: 'com', relaxed: false, strict: false },
      { why: 'another', identifier: 'example.net', relaxed: false, strict: false },
      { why: 'a name that only ends alike', identifier: 'evilexample.com', relaxed: false, strict: false },
      { why: 'none', identifier: '', relaxed: false, strict: false },
      { why: 'one that was not looked up', identifier: 'late.example.com', relaxed: false, strict: false },
      {
        why: 'two customers of one hoster',
        author: 'a.github.io',
        identifier: 'b.github.io',
        relaxed: false,
        strict: false,
      },
      {
        why: 'the hoster and its customer',
        author: 'a.github.io',
        identifier: 'github.io',
        relaxed: false,
        strict: false,
      },
      {
        why: 'two public suffixes, each for itself',
        author: 'github.io',
        identifier: 'gitlab.io',
        relaxed: false,
        strict: false,
      },
      {
        why: 'two hosts of one customer',
        author: 'x.a.github.io',
        identifier: 'y.a.github.io',
        relaxed: true,
        strict: false,
      },
    ]),
  )('%s', async (_, { author = 'example.com', identifier, relaxed, strict }) => {
    const known = identifier === 'late.example.com' ? [] : [identifier];
    for (const [method, tag, other] of [
      ['spf', 'aspf', 'adkim'],
      ['dkim', 'adkim', 'aspf'],
    ] as const) {
      const at = `_dmarc.${author}`;
      const aligned = async (text: string) =>
        isPslAligned(
          identifier,
          method,
          (await view(author, { [at]: `v=DMARC1; p=none; ${text}` }, known)).found,
        );
      expect(await aligned('')).toBe(relaxed);
      expect(await aligned(`${other}=s`)).toBe(relaxed);
      expect(await aligned(`${tag}=s`)).toBe(strict);
    }
  });
});

describe('what the two rules make of one mail', () => {
  const dkim = (domain: string): readonly Passed[] => [{ method: 'dkim', domain }];

  it.each(
    rows<
      Row & {
        author?: string;
        zone: Zone;
        passes?: readonly Passed[];
        difference: string;
        walk: string;
        psl: string;
      }
    >([
      {
        why: 'they agree on nearly every mail: pass',
        zone: { [AT]: 'v=DMARC1; p=reject' },
        passes: dkim('b.example.com'),
        difference: 'same',
        walk: 'pass',
        psl: 'pass',
      },
      { why: 'fail', zone: { [AT]: 'v=DMARC1; p=reject' }, difference: 'same', walk: 'fail', psl: 'fail' },
      { why: 'and none', zone: {}, difference: 'same', walk: 'none', psl: 'none' },
      {
        why: 'psd=n parts an organization that the list sees as one',
        author: 'a.example.com',
        zone: { '_dmarc.a.example.com': 'v=DMARC1; p=reject; psd=n', [AT]: 'v=DMARC1; p=reject' },
        passes: dkim('b.example.com'),
        difference: 'only-psl-passes',
        walk: 'fail',
        psl: 'pass',
      },
      {
        why: 'the walk joins what a private suffix parts',
        author: 'a.github.io',
        zone: { '_dmarc.github.io': 'v=DMARC1; p=reject', '_dmarc.a.github.io': 'v=DMARC1; p=reject' },
        passes: dkim('b.github.io'),
        difference: 'only-walk-passes',
        walk: 'pass',
        psl: 'fail',
      },
      {
        why: 'a public suffix with a record of its own',
        author: 'example.com',
        zone: { '_dmarc.com': 'v=DMARC1; p=reject; psd=y' },
        difference: 'only-walk-applies',
        walk: 'fail',
        psl: 'none',
      },
      {
        why: 'a record between, and none at the organization',
        author: 'a.b.example.com',
        zone: { '_dmarc.b.example.com': 'v=DMARC1; p=none' },
        passes: dkim('a.b.example.com'),
        difference: 'only-walk-applies',
        walk: 'pass',
        psl: 'none',
      },
      {
        why: 'a bad np is nothing to the older rule',
        author: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; np=x' },
        difference: 'only-psl-applies',
        walk: 'none',
        psl: 'fail',
      },
      {
        why: 'several records: the walk goes on, the older rule ends',
        author: 'a.example.com',
        zone: {
          '_dmarc.a.example.com': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] },
          [AT]: 'v=DMARC1; p=reject',
        },
        difference: 'only-walk-applies',
        walk: 'fail',
        psl: 'none',
      },
      {
        why: 'np',
        author: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=none; np=reject' },
        difference: 'other-policy',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 't=y',
        zone: { [AT]: 'v=DMARC1; p=reject; t=y' },
        difference: 'other-policy',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 't=y on none changes nothing',
        zone: { [AT]: 'v=DMARC1; p=none; t=y' },
        difference: 'same',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 'pct',
        zone: { [AT]: 'v=DMARC1; p=reject; pct=50' },
        difference: 'other-policy',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 'pct on none changes nothing',
        zone: { [AT]: 'v=DMARC1; p=none; pct=50' },
        difference: 'same',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 'psd=n moves the record without changing the policy',
        author: 'a.b.example.com',
        zone: { '_dmarc.b.example.com': 'v=DMARC1; p=reject; psd=n', [AT]: 'v=DMARC1; p=reject' },
        difference: 'other-record',
        walk: 'fail',
        psl: 'fail',
      },
      {
        why: 'no answer that only the walk needs',
        author: 'a.example.com',
        zone: { '_dmarc.com': { RCODE: 'TIMEOUT' }, [AT]: 'v=DMARC1; p=reject' },
        difference: 'open',
        walk: 'temperror',
        psl: 'fail',
      },
      {
        why: 'no answer at all',
        zone: { [AT]: { RCODE: 'SERVFAIL' } },
        difference: 'open',
        walk: 'temperror',
        psl: 'temperror',
      },
      {
        why: 'alignment that DNS leaves open to the walk',
        zone: { [AT]: 'v=DMARC1; p=reject', '_dmarc.b.example.com': { RCODE: 'TIMEOUT' } },
        passes: dkim('b.example.com'),
        difference: 'open',
        walk: 'unknown',
        psl: 'pass',
      },
    ]),
  )('%s', async (_, { author = 'example.com', zone, passes = [], difference, walk, psl }) => {
    const ports = portsOver(zone, { publicSuffixOrganization });
    const ledger = openLedger(ports.resolve);
    const identifiers = passes.map(({ domain }) => domain);
    const facts = await lookUpDmarc(author, identifiers, ledger);
    const found = await pslView(author, identifiers, ports, ledger);
    expect(found === null ? null : comparePsl(facts, found, passes)).toEqual({ difference, walk, psl });
  });
});
