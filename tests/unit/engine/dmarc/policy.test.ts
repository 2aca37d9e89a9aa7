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

  it('an error on the question whether the name exists leaves np open', async () => {
    const zone = { [AT]: 'v=DMARC1; p=none; np=reject', 'a.example.com': { RCODE: 'TIMEOUT' } };
    expect(await policyOf('a.example.com', zone)).toBe('unanswered');
  });

  it('does not ask whether the name exists where np makes no difference', async () => {
    const zone = { [AT]: 'v=DMARC1; p=reject; np=reject', 'a.example.com': { RCODE: 'TIMEOUT' } };
    expect(await policyOf('a.example.com', zone)).toBe('example.com p reject reject');
  });
});
