import { describe, expect, it } from 'vitest';
import { lookUpDmarc } from '../../../../lib/engine/dmarc/evaluate.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';

async function policyOf(domain: string, zone: Record<string, unknown>) {
  const ledger = openLedger(portsOver(zone).resolve);
  const { policy } = await lookUpDmarc(domain, [], ledger);
  if (policy.kind !== 'record') return policy.kind;
  return `${policy.recordDomain} ${policy.tag} ${policy.policy} ${policy.applied}`;
}

const AT = '_dmarc.example.com';

describe('the policy that applies (RFC 9989 §4.10.1)', () => {
  it.each(
    rows<Row & { domain: string; zone: Record<string, unknown>; policy: string }>([
      {
        why: 'the author domain’s own record speaks by p',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=none' },
        policy: 'example.com p reject reject',
      },
      {
        why: 'a subdomain with its own record',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject', '_dmarc.a.example.com': 'v=DMARC1; p=none; sp=reject' },
        policy: 'a.example.com p none none',
      },
      {
        why: 'a subdomain takes the organization’s sp',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=quarantine', 'a.example.com': {} },
        policy: 'example.com sp quarantine quarantine',
      },
      {
        why: 'or its p where there is no sp',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject' },
        policy: 'example.com p reject reject',
      },
      {
        why: 'a name that does not exist takes np',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=none; np=quarantine' },
        policy: 'example.com np quarantine quarantine',
      },
      {
        why: 'np without sp',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=none; np=reject' },
        policy: 'example.com np reject reject',
      },
      {
        why: 'any record makes a name exist (§3.2.13)',
        domain: 'a.example.com',
        zone: {
          [AT]: 'v=DMARC1; p=reject; sp=none; np=quarantine',
          'a.example.com': { MX: [[1, 'm.example']] },
        },
        policy: 'example.com sp none none',
      },
      {
        why: 'names below make a name exist (RFC 8020)',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=none; np=quarantine', 'b.a.example.com': {} },
        policy: 'example.com sp none none',
      },
      {
        why: 'the organization’s own mail never takes np',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=none; np=reject' },
        policy: 'example.com p none none',
      },
      {
        why: 'a public suffix speaks where the organization does not',
        domain: 'a.example.com',
        zone: { '_dmarc.com': 'v=DMARC1; p=reject; psd=y; sp=quarantine', 'a.example.com': {} },
        policy: 'com sp quarantine quarantine',
      },
      {
        why: 'and not where it does',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=none', '_dmarc.com': 'v=DMARC1; p=reject; psd=y' },
        policy: 'example.com p none none',
      },
      {
        why: 'the organization decides, not an intermediate name',
        domain: 'a.b.example.com',
        zone: { '_dmarc.b.example.com': 'v=DMARC1; p=none', [AT]: 'v=DMARC1; p=reject' },
        policy: 'example.com p reject reject',
      },
      {
        why: 't=y: one step down from reject',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; t=y' },
        policy: 'example.com p reject quarantine',
      },
      {
        why: 't=y: one step down from quarantine',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=quarantine; t=y' },
        policy: 'example.com p quarantine none',
      },
      {
        why: 't=y: none stays none',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=none; t=y' },
        policy: 'example.com p none none',
      },
      {
        why: 'no valid p, but a report address: none',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=block; rua=mailto:a@b.example' },
        policy: 'example.com null none none',
      },
      {
        why: 'no valid p and no report address: no DMARC',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; adkim=s' },
        policy: 'none',
      },
      {
        why: 'an sp that cannot be read silences p as well (§4.10.1)',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=no; rua=mailto:a@b.example' },
        policy: 'example.com null none none',
      },
      {
        why: 'so does an np, for every subdomain',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; np=no; rua=mailto:a@b.example' },
        policy: 'example.com null none none',
      },
      {
        why: 'and without a report address there is no DMARC',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=no' },
        policy: 'none',
      },
      {
        why: 'a bad value elsewhere falls back to its default (§4.8)',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; adkim=x; fo=x; psd=x; t=x; rua=x' },
        policy: 'example.com p reject reject',
      },
      {
        why: 'a second sp is no sp',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; sp=none; sp=no' },
        policy: 'example.com p reject reject',
      },
      {
        why: 't=y also on what a subdomain inherits (§4.7)',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=none; sp=reject; t=y', 'a.example.com': {} },
        policy: 'example.com sp reject quarantine',
      },
      {
        why: 'pct changes nothing (Appendix A.6)',
        domain: 'example.com',
        zone: { [AT]: 'v=DMARC1; p=reject; pct=0' },
        policy: 'example.com p reject reject',
      },
      {
        why: 'an alias to a name that is gone exists (RFC 6604 §3)',
        domain: 'a.example.com',
        zone: { [AT]: 'v=DMARC1; p=none; np=reject', 'a.example.com': { CNAME: 'gone.example.net' } },
        policy: 'example.com p none none',
      },
      {
        why: 'a public suffix asks np for a name that does not exist',
        domain: 'a.example.com',
        zone: { '_dmarc.com': 'v=DMARC1; p=none; psd=y; np=reject' },
        policy: 'com np reject reject',
      },
      {
        why: 'a public suffix’s own mail takes its p',
        domain: 'com',
        zone: { '_dmarc.com': 'v=DMARC1; p=quarantine; psd=y; sp=reject' },
        policy: 'com p quarantine quarantine',
      },
      {
        why: 'psd=n below: what stands above is out of reach',
        domain: 'a.b.example.com',
        zone: {
          '_dmarc.b.example.com': 'v=DMARC1; p=none; psd=n; sp=quarantine',
          [AT]: 'v=DMARC1; p=reject',
          'a.b.example.com': {},
        },
        policy: 'b.example.com sp quarantine quarantine',
      },
      { why: 'no record anywhere', domain: 'a.example.com', zone: {}, policy: 'none' },
      {
        why: 'several records at one name',
        domain: 'example.com',
        zone: { [AT]: { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } },
        policy: 'none',
      },
    ]),
  )('%s', async (_, { domain, zone, policy }) => {
    expect(await policyOf(domain, zone)).toBe(policy);
  });

  it.each(['SERVFAIL', 'TIMEOUT', 'REFUSED'])('%s is an error, never "no record" (§5.3.6)', async (RCODE) => {
    const R = 'v=DMARC1; p=reject';
    expect(await policyOf('example.com', { [AT]: { RCODE } })).toBe('unanswered');
    expect(await policyOf('a.example.com', { '_dmarc.a.example.com': { RCODE }, [AT]: R })).toBe(
      'unanswered',
    );
    expect(await policyOf('a.example.com', { [AT]: { RCODE } })).toBe('unanswered');
    expect(await policyOf('example.com', { [AT]: R, '_dmarc.com': { RCODE } })).toBe(
      'example.com p reject reject',
    );
  });

  it.each(
    rows<Row & { text: string; flaw: string; contested: boolean }>([
      { why: '§4.7 says none, §4.10.1 says no DMARC', text: '', flaw: 'missing-p', contested: true },
      { why: 'the same with other tags', text: 'adkim=s', flaw: 'missing-p', contested: true },
      { why: '§4.7 speaks of absence only', text: 'p=block', flaw: 'invalid-p', contested: false },
      { why: 'an empty p is invalid', text: 'p=', flaw: 'invalid-p', contested: false },
      { why: 'a bad sp', text: 'p=reject; sp=x', flaw: 'invalid-sp', contested: false },
      { why: 'a bad np', text: 'p=reject; np=x', flaw: 'invalid-np', contested: false },
      { why: 'p comes before sp', text: 'sp=x', flaw: 'missing-p', contested: true },
      { why: 'sp comes before np', text: 'p=none; np=x; sp=x', flaw: 'invalid-sp', contested: false },
    ]),
  )('a record that is dropped says why: %s', async (_, { text, flaw, contested }) => {
    const look = async (record: string) => {
      const ledger = openLedger(portsOver({ [AT]: record }).resolve);
      return (await lookUpDmarc('example.com', [], ledger)).policy;
    };
    const dropped = { domain: 'example.com', flaw, contested };
    expect(await look(`v=DMARC1; ${text}`)).toMatchObject({ kind: 'none', dropped });
    const saved = await look(`v=DMARC1; ${text}; rua=mailto:a@b.example`);
    expect(saved).toMatchObject({ kind: 'record', flaw, tag: null, policy: 'none', applied: 'none' });
  });

  it('a record that counts has no flaw, and where there is none nothing was dropped', async () => {
    const ledger = openLedger(portsOver({ [AT]: 'v=DMARC1; p=none' }).resolve);
    expect((await lookUpDmarc('example.com', [], ledger)).policy).toMatchObject({ flaw: null });
    expect((await lookUpDmarc('example.net', [], ledger)).policy).toMatchObject({ dropped: null });
  });

  it('asks for the bare author domain by a type that no resolver follows', async () => {
    const ledger = openLedger(portsOver({ [AT]: 'v=DMARC1; p=none; np=reject' }).resolve);
    const { policy } = await lookUpDmarc('a.example.com', [], ledger);
    const asked = policy.dns.map((index) => ledger.answers()[index]);
    expect(asked.map((answer) => `${answer?.name} ${answer?.type}`)).toEqual([
      '_dmarc.example.com TXT',
      'a.example.com CNAME',
    ]);
  });

  it('an error on the question whether the name exists leaves np open', async () => {
    const zone = { [AT]: 'v=DMARC1; p=none; np=reject', 'a.example.com': { RCODE: 'TIMEOUT' } };
    expect(await policyOf('a.example.com', zone)).toBe('unanswered');
  });

  it.each([
    ['p=reject; np=reject', 'example.com p reject reject'],
    ['p=none; sp=reject; np=reject', 'example.com sp reject reject'],
    ['p=reject; sp=none', 'example.com sp none none'],
    ['p=reject; sp=x; np=none; rua=mailto:a@b.example', 'example.com null none none'],
  ])('does not ask whether the name exists where np makes no difference: %s', async (text, policy) => {
    const zone = { [AT]: `v=DMARC1; ${text}`, 'a.example.com': { RCODE: 'TIMEOUT' } };
    expect(await policyOf('a.example.com', zone)).toBe(policy);
  });
});
