import { describe, expect, it } from 'vitest';
import { walk, walkNames } from '../../../../lib/engine/dmarc/lookup.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';

async function walked(domain: string, zone: Record<string, unknown>) {
  const { steps, organizationalDomain } = await walk(domain, openLedger(portsOver(zone).resolve));
  return { steps: steps.map((step) => `${step.domain} ${step.outcome}`), organizationalDomain };
}

describe('the names of a tree walk (RFC 9989 §4.10)', () => {
  it.each(
    rows<Row & { domain: string; names: readonly string[] }>([
      {
        why: 'the example of §4.10: eight labels and more skip to seven',
        domain: 'a.b.c.d.e.f.g.h.i.j.mail.example.com',
        names: [
          'a.b.c.d.e.f.g.h.i.j.mail.example.com',
          'g.h.i.j.mail.example.com',
          'h.i.j.mail.example.com',
          'i.j.mail.example.com',
          'j.mail.example.com',
          'mail.example.com',
          'example.com',
          'com',
        ],
      },
      { why: 'three labels', domain: 'mail.example.com', names: ['mail.example.com', 'example.com', 'com'] },
      { why: 'one label', domain: 'com', names: ['com'] },
      {
        why: 'seven labels drop one by one',
        domain: 'a.b.c.d.e.f.g',
        names: ['a.b.c.d.e.f.g', 'b.c.d.e.f.g', 'c.d.e.f.g', 'd.e.f.g', 'e.f.g', 'f.g', 'g'],
      },
      {
        why: 'eight labels keep seven',
        domain: 'a.b.c.d.e.f.g.h',
        names: [
          'a.b.c.d.e.f.g.h',
          'b.c.d.e.f.g.h',
          'c.d.e.f.g.h',
          'd.e.f.g.h',
          'e.f.g.h',
          'f.g.h',
          'g.h',
          'h',
        ],
      },
      {
        why: 'nine labels skip one',
        domain: 'x.a.b.c.d.e.f.g.h',
        names: [
          'x.a.b.c.d.e.f.g.h',
          'b.c.d.e.f.g.h',
          'c.d.e.f.g.h',
          'd.e.f.g.h',
          'e.f.g.h',
          'f.g.h',
          'g.h',
          'h',
        ],
      },
    ]),
  )('%s', (_, { domain, names }) => {
    expect(walkNames(domain)).toEqual(names);
  });
});

describe('the walk and the organizational domain (§4.10.2)', () => {
  const R = 'v=DMARC1; p=none';
  it.each(
    rows<
      Row & { domain: string; zone: Record<string, unknown>; steps: readonly string[]; org: string | null }
    >([
      {
        why: 'the record with the fewest labels',
        domain: 'a.mail.example.com',
        zone: { '_dmarc.mail.example.com': R, '_dmarc.example.com': R },
        steps: ['a.mail.example.com none', 'mail.example.com record', 'example.com record', 'com none'],
        org: 'example.com',
      },
      {
        why: 'psd=n ends it there',
        domain: 'a.mail.example.com',
        zone: { '_dmarc.mail.example.com': `${R}; psd=n`, '_dmarc.example.com': R },
        steps: ['a.mail.example.com none', 'mail.example.com record'],
        org: 'mail.example.com',
      },
      {
        why: 'psd=y: one label below it',
        domain: 'a.mail.example.com',
        zone: { '_dmarc.com': `${R}; psd=y` },
        steps: ['a.mail.example.com none', 'mail.example.com none', 'example.com none', 'com record'],
        org: 'example.com',
      },
      {
        why: 'psd=y at the start is no organization’s end',
        domain: 'example',
        zone: { '_dmarc.example': `${R}; psd=y` },
        steps: ['example record'],
        org: 'example',
      },
      {
        why: 'psd=y over a record below it',
        domain: 'giant.bank.example',
        zone: { '_dmarc.bank.example': `${R}; psd=y`, '_dmarc.giant.bank.example': R },
        steps: ['giant.bank.example record', 'bank.example record'],
        org: 'giant.bank.example',
      },
      {
        why: 'no record: the start itself',
        domain: 'a.example.com',
        zone: {},
        steps: ['a.example.com none', 'example.com none', 'com none'],
        org: 'a.example.com',
      },
      {
        why: 'several records are dropped and the walk goes on (§4.10 step 2)',
        domain: 'a.example.com',
        zone: { '_dmarc.a.example.com': { TXT: [R, R] }, '_dmarc.example.com': R },
        steps: ['a.example.com several', 'example.com record', 'com none'],
        org: 'example.com',
      },
      {
        why: 'other TXT records are no DMARC records',
        domain: 'example.com',
        zone: { '_dmarc.example.com': { TXT: ['hello', R, 'v=spf1 -all'] } },
        steps: ['example.com record', 'com none'],
        org: 'example.com',
      },
      {
        why: 'a record in pieces is joined',
        domain: 'example.com',
        zone: { '_dmarc.example.com': { TXT: [['v=DMA', 'RC1; p=none']] } },
        steps: ['example.com record', 'com none'],
        org: 'example.com',
      },
      {
        why: 'an error leaves it open',
        domain: 'a.example.com',
        zone: { '_dmarc.example.com': { RCODE: 'SERVFAIL' } },
        steps: ['a.example.com none', 'example.com unanswered', 'com none'],
        org: null,
      },
      {
        why: 'a timeout leaves it open',
        domain: 'a.example.com',
        zone: { '_dmarc.example.com': R, '_dmarc.com': { RCODE: 'TIMEOUT' } },
        steps: ['a.example.com none', 'example.com record', 'com unanswered'],
        org: null,
      },
      {
        why: 'an error above the end of the walk does not matter',
        domain: 'a.example.com',
        zone: { '_dmarc.example.com': `${R}; psd=n`, '_dmarc.com': { RCODE: 'SERVFAIL' } },
        steps: ['a.example.com none', 'example.com record'],
        org: 'example.com',
      },
    ]),
  )('%s', async (_, { domain, zone, steps, org }) => {
    expect(await walked(domain, zone)).toEqual({ steps, organizationalDomain: org });
  });
});
