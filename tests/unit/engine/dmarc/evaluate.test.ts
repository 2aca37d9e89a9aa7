import { describe, expect, it } from 'vitest';
import { dmarcResult, isAligned, lookUpDmarc } from '../../../../lib/engine/dmarc/evaluate.ts';
import type { PolicyFound } from '../../../../lib/engine/dmarc/policy.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';

async function aligned(
  author: string,
  identifier: string,
  method: 'spf' | 'dkim',
  zone: Record<string, unknown>,
) {
  const facts = await lookUpDmarc(author, [identifier], openLedger(portsOver(zone).resolve));
  return isAligned(identifier, method, facts);
}

describe('alignment (RFC 9989 §4.4)', () => {
  const IDENTIFIERS = [
    ['identical', 'example.com', true, true],
    ['a subdomain', 'mail.example.com', true, false],
    ['the parent', 'com', false, false],
    ['another', 'example.net', false, false],
    ['a name that only ends alike', 'evilexample.com', false, false],
    ['none', '', false, false],
  ] as const;

  for (const method of ['spf', 'dkim'] as const) {
    it.each(IDENTIFIERS)(`${method}: %s (%s)`, async (_, identifier, relaxed, strict) => {
      const tag = method === 'spf' ? 'aspf' : 'adkim';
      const other = method === 'spf' ? 'adkim' : 'aspf';
      const record = (text: string) => ({ '_dmarc.example.com': `v=DMARC1; p=none; ${text}` });
      expect(await aligned('example.com', identifier, method, record(''))).toBe(relaxed);
      expect(await aligned('example.com', identifier, method, record(`${tag}=r`))).toBe(relaxed);
      expect(await aligned('example.com', identifier, method, record(`${other}=s`))).toBe(relaxed);
      expect(await aligned('example.com', identifier, method, record(`${tag}=s`))).toBe(strict);
    });

    it(`${method}: the organizational domain aligns with its subdomain`, async () => {
      const zone = { '_dmarc.example.com': 'v=DMARC1; p=none' };
      expect(await aligned('a.example.com', 'example.com', method, zone)).toBe(true);
      expect(await aligned('a.example.com', 'b.example.com', method, zone)).toBe(true);
    });
  }

  it('the author domain’s own record says whether it is strict', async () => {
    const zone = {
      '_dmarc.example.com': 'v=DMARC1; p=none',
      '_dmarc.a.example.com': 'v=DMARC1; p=none; adkim=s',
    };
    expect(await aligned('a.example.com', 'example.com', 'dkim', zone)).toBe(false);
    expect(await aligned('example.com', 'a.example.com', 'dkim', zone)).toBe(true);
  });

  it('two customers of one public suffix are not aligned (B.4.3)', async () => {
    const zone = {
      '_dmarc.bank.example': 'v=DMARC1; p=none; psd=y',
      '_dmarc.giant.bank.example': 'v=DMARC1; p=none',
    };
    expect(await aligned('giant.bank.example', 'mail.giant.bank.example', 'spf', zone)).toBe(true);
    expect(await aligned('giant.bank.example', 'mail.mega.bank.example', 'dkim', zone)).toBe(false);
  });

  it('without any record only the identical domain is aligned', async () => {
    expect(await aligned('a.example.com', 'example.com', 'dkim', {})).toBe(false);
    expect(await aligned('a.example.com', 'a.example.com', 'dkim', {})).toBe(true);
  });

  it('each identifier has a walk of its own, which psd=n may end elsewhere (§4.10.2)', async () => {
    const zone = {
      '_dmarc.example.com': 'v=DMARC1; p=none',
      '_dmarc.b.example.com': 'v=DMARC1; p=none; psd=n',
    };
    expect(await aligned('example.com', 'a.example.com', 'dkim', zone)).toBe(true);
    expect(await aligned('example.com', 'a.b.example.com', 'dkim', zone)).toBe(false);
    expect(await aligned('a.b.example.com', 'b.example.com', 'dkim', zone)).toBe(true);
  });

  it('an unanswered walk of the identifier alone leaves it open', async () => {
    const zone = {
      '_dmarc.example.com': 'v=DMARC1; p=none',
      '_dmarc.b.example.com': { RCODE: 'TIMEOUT' },
    };
    expect(await aligned('example.com', 'b.example.com', 'spf', zone)).toBeNull();
    expect(await aligned('example.com', 'c.example.com', 'spf', zone)).toBe(true);
  });

  it('a name that is not below the organizational domain is not aligned, whatever its walk finds (§4.10.2)', async () => {
    const zone = {
      '_dmarc.a.example.com': 'v=DMARC1; p=none; psd=n',
      '_dmarc.example.com': { RCODE: 'TIMEOUT' },
      '_dmarc.example.net': { RCODE: 'TIMEOUT' },
    };
    expect(await aligned('a.example.com', 'example.com', 'spf', zone)).toBe(false);
    expect(await aligned('a.example.com', 'b.example.com', 'dkim', zone)).toBe(false);
    expect(await aligned('b.example.com', 'example.net', 'dkim', zone)).toBe(false);
    expect(await aligned('b.example.com', 'a.example.com', 'dkim', zone)).toBeNull();
  });

  it('strict alignment needs no walk, and so no answer', async () => {
    const zone = {
      '_dmarc.example.com': 'v=DMARC1; p=none; adkim=s',
      '_dmarc.b.example.com': { RCODE: 'TIMEOUT' },
    };
    expect(await aligned('example.com', 'b.example.com', 'dkim', zone)).toBe(false);
  });

  it('walks for as many identifiers as a message may bring; more are left open', async () => {
    const ledger = openLedger(portsOver({ '_dmarc.example.com': 'v=DMARC1; p=none' }).resolve);
    const many = Array.from({ length: 1000 }, (_, at) => `d${at}.example.com`);
    const facts = await lookUpDmarc('example.com', ['', 'example.com', ...many, ...many], ledger);
    expect(ledger.answers()).toHaveLength(2 + 22);
    expect(isAligned('d21.example.com', 'dkim', facts)).toBe(true);
    expect(isAligned('d22.example.com', 'dkim', facts)).toBeNull();
  });

  it('an error in DNS leaves it open, except for the identical domain', async () => {
    const zone = { '_dmarc.example.com': { RCODE: 'SERVFAIL' } };
    expect(await aligned('a.example.com', 'example.com', 'spf', zone)).toBeNull();
    expect(await aligned('example.com', 'example.com', 'spf', zone)).toBe(true);
  });
});

describe('the DMARC result (RFC 9989 §5.3)', () => {
  const record = { kind: 'record' } as PolicyFound;
  const none: PolicyFound = { kind: 'none', dropped: null, dns: [] };
  const unanswered: PolicyFound = { kind: 'unanswered', record: null, dns: [] };
  const undecided = { kind: 'unanswered', record: {} } as PolicyFound;
  it.each(
    rows<Row & { policy: PolicyFound; aligned: readonly (boolean | null)[]; open: boolean; result: string }>([
      {
        why: 'one aligned pass is enough',
        policy: record,
        aligned: [false, true],
        open: false,
        result: 'pass',
      },
      { why: 'also where something is open', policy: record, aligned: [true], open: true, result: 'pass' },
      { why: 'no aligned pass fails', policy: record, aligned: [false], open: false, result: 'fail' },
      { why: 'nothing that passed fails', policy: record, aligned: [], open: false, result: 'fail' },
      { why: 'something open is unknown', policy: record, aligned: [false], open: true, result: 'unknown' },
      {
        why: 'an open alignment is unknown',
        policy: record,
        aligned: [null],
        open: false,
        result: 'unknown',
      },
      {
        why: 'no record is none, whatever passed',
        policy: none,
        aligned: [true],
        open: false,
        result: 'none',
      },
      {
        why: 'an error is temperror, whatever passed',
        policy: unanswered,
        aligned: [true],
        open: false,
        result: 'temperror',
      },
      {
        why: 'which policy of the record applies is of no account for a pass',
        policy: undecided,
        aligned: [false, true],
        open: false,
        result: 'pass',
      },
      {
        why: 'and an error for anything else',
        policy: undecided,
        aligned: [false],
        open: false,
        result: 'temperror',
      },
    ]),
  )('%s', (_, { policy, aligned: passes, open, result }) => {
    const list = passes.map((one) => ({ aligned: one }));
    expect(dmarcResult(policy, list, open)).toBe(result);
  });
});
