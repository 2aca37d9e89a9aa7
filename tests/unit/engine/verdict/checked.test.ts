import { describe, expect, it } from 'vitest';
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, codes, keyEntry, keys, look, type Row, rows } from '../kit.ts';
import { DMARC, REJECT, SIGNED, ZONE } from './verdict-kit.ts';

const KEY = 's1._domainkey.bank.example';

describe('our own check: what is not enough for a pass', () => {
  it.each(
    rows<Row & { text: string; zone?: Record<string, unknown>; code: string }>([
      { why: 'a tail beyond l=', text: signed({ length: 5 }), code: 'dkim-unsigned-tail' },
      {
        why: 'a key that the domain tests',
        text: SIGNED,
        zone: { ...ZONE, [KEY]: `t=y; ${String(rsaText())}` },
        code: 'dkim-testing-key',
      },
      {
        why: 'a From that was added',
        text: `From: B <b@bank.example>\r\n${SIGNED}`,
        code: 'dkim-from-added',
      },
      {
        why: 'a signature that had expired when the mail was sent',
        text: signed({ time: 1, expires: 2 }),
        code: 'dkim-expired',
      },
      {
        why: 'another domain',
        text: signed({ domain: 'service.example' }),
        zone: { [DMARC]: REJECT, 's1._domainkey.service.example': keyEntry(keys.rsaA) },
        code: 'dkim-unaligned',
      },
      {
        why: 'a subdomain where the domain asks for strict alignment',
        text: signed({ domain: 'mail.bank.example' }),
        zone: { [DMARC]: `${REJECT}; adkim=s`, 's1._domainkey.mail.bank.example': keyEntry(keys.rsaA) },
        code: 'dkim-unaligned',
      },
    ]),
  )('%s', async (_, { text, zone = ZONE, code }) => {
    const examination = await look(text, { zone, receiver: A_FILE });
    expect(examination.verdict).toMatchObject({ rule: 'undetermined', checkedLevel: 'unknown' });
    expect(codes(examination)).toContain(code);
  });

  function rsaText(): string {
    const entry = keyEntry(keys.rsaA);
    const text = typeof entry === 'string' ? entry : (entry.TXT ?? []).flat().join('');
    return text.replace('v=DKIM1; ', '');
  }
});

describe('our own check: what is a pass', () => {
  it.each(
    rows<Row & { text: string; zone: Record<string, unknown> }>([
      { why: 'the author domain’s own signature', text: SIGNED, zone: ZONE },
      {
        why: 'a subdomain’s, relaxed',
        text: signed({ domain: 'mail.bank.example' }),
        zone: { [DMARC]: REJECT, 's1._domainkey.mail.bank.example': keyEntry(keys.rsaA) },
      },
      { why: 'one beside a broken one', text: signed({ key: keys.rsaB }, SIGNED), zone: ZONE },
      {
        why: 'one beside another whose key gives no answer',
        text: signed({ selector: 's2' }, SIGNED),
        zone: { ...ZONE, 's2._domainkey.bank.example': { RCODE: 'TIMEOUT' } },
      },
      {
        why: 'whatever the policy',
        text: SIGNED,
        zone: { ...ZONE, [DMARC]: 'v=DMARC1; p=none; t=y; pct=0' },
      },
    ]),
  )('%s', async (_, { text, zone }) => {
    const { verdict } = await look(text, { zone, receiver: A_FILE });
    expect(verdict).toMatchObject({ rule: 'checked-pass', level: 'authenticated' });
  });

  it.each(['headers', 'reencoded'] as const)(
    'and altered octets (%s) give no accusation',
    async (completeness) => {
      const text = SIGNED.replace('all is well', 'all is lost');
      const examination = await look(text, { zone: ZONE, receiver: A_FILE, completeness });
      expect(examination.verdict.level).toBe('unknown');
      expect(codes(examination)).toContain('dkim-not-checkable');
      expect(codes(examination)).not.toContain('dkim-body-altered');
    },
  );
});
