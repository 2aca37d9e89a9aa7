/** Findings that keep a reader from wondering: other names of one organization, what ran out since, forwarding. */
import { describe, expect, it } from 'vitest';
import { signed } from '../dkim/signed-mail.ts';
import { codes, look, type Row, rows } from '../kit.ts';
import { ABOUT, DMARC, find, inGmail, PASSED, SIGNED, SPF_ALIGNED, ZONE } from './verdict-kit.ts';

const PASS = `dmarc=pass ${ABOUT}`;
const BORDER_TIME = Date.parse('2026-11-20T07:04:16Z') / 1000;

describe('names of one organization', () => {
  const BELOW = 'spf=pass smtp.mailfrom=bounce@mail.bank.example';

  it('a pass of another name of the organization is told to count', async () => {
    const { found } = await find('same-organization', inGmail([BELOW, PASS]), ZONE);
    expect(found?.params).toEqual({ domain: 'mail.bank.example', author: 'bank.example' });
  });

  it('beside a pass of the author domain itself there is nothing to tell', async () => {
    const { found } = await find('same-organization', inGmail([BELOW, PASS], SIGNED), ZONE);
    expect(found).toBeUndefined();
  });

  it('a rule from above is told to be inherited, one of its own is not', async () => {
    const text = inGmail(
      ['spf=fail smtp.mailfrom=a@b.example', 'dmarc=fail header.from=pay.bank.example'],
      ['From: a@pay.bank.example', '', 'Hello'].join('\r\n'),
    );
    const { found } = await find('policy-inherited', text, ZONE);
    expect(found?.params).toEqual({ domain: 'bank.example', author: 'pay.bank.example' });
    expect((await find('policy-inherited', PASSED, ZONE)).found).toBeUndefined();
  });
});

describe('a signature that has run out since', () => {
  const expiring = (expires: number) =>
    inGmail([SPF_ALIGNED, PASS], signed({ time: BORDER_TIME - 60, expires }));

  it.each(
    rows<Row & { expires: number; told: boolean }>([
      { why: 'valid on delivery, over today', expires: BORDER_TIME + 3600, told: true },
      { why: 'valid on delivery and today', expires: 2_000_000_000, told: false },
      { why: 'over on delivery already', expires: BORDER_TIME - 30, told: false },
    ]),
  )('%s', async (_, { expires, told }) => {
    const { examination, found } = await find('dkim-expired-since', expiring(expires), ZONE);
    expect(found !== undefined).toBe(told);
    expect(codes(examination).includes('dkim-expired')).toBe(expires < BORDER_TIME);
  });
});

describe('SPF that fails', () => {
  const FAIL = 'spf=fail smtp.mailfrom=a@other.example';

  it('beside an aligned signature that holds is what forwarding does, and no alarm', async () => {
    const { found } = await find('spf-fail-signed', inGmail([FAIL, PASS], SIGNED), ZONE);
    expect(found?.severity).toBe('info');
  });

  it('without one is a warning', async () => {
    const { found } = await find('spf-fail', inGmail([FAIL, `dmarc=fail ${ABOUT}`]), ZONE);
    expect(found?.severity).toBe('warn');
  });
});

describe('a mail that nobody received', () => {
  const OWN = 'From: a@bank.example\r\nSubject: hello\r\n\r\nHello\r\n';

  it('has no missing proofs told, only the rule of its domain', async () => {
    const examination = await look(OWN, { zone: ZONE });
    expect(codes(examination)).toEqual(['author', 'policy-reject', 'not-received']);
  });

  it('keeps the level that the table gives', async () => {
    expect((await look(OWN, { zone: ZONE })).verdict).toMatchObject({
      rule: 'undetermined',
      level: 'unknown',
    });
    const bare = await look(OWN, { zone: { [DMARC]: {} } });
    expect(bare.verdict).toMatchObject({ rule: 'checked-none', level: 'unprotected' });
  });
});
