import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../../lib/engine/index.ts';
import { A_FILE, type Row, rows } from '../kit.ts';
import {
  ABOUT,
  ALTERED,
  BY_SERVICE,
  find,
  inGmail,
  OTHER_KEY,
  PASSED,
  PLAIN,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

describe('only what is the author domain’s own is green', () => {
  it.each(
    rows<Row & { text: string; zone: Record<string, unknown>; code: FindingCode; severity: string }>([
      { why: 'its own signature', text: PASSED, zone: ZONE, code: 'dkim-aligned', severity: 'pass' },
      {
        why: 'another domain’s signature',
        text: BY_SERVICE,
        zone: OTHER_KEY,
        code: 'dkim-unaligned',
        severity: 'info',
      },
      { why: 'its own MAIL FROM', text: PASSED, zone: ZONE, code: 'spf-aligned', severity: 'pass' },
      {
        why: 'another MAIL FROM',
        text: inGmail([SPF_OTHER]),
        zone: ZONE,
        code: 'spf-unaligned',
        severity: 'info',
      },
      {
        why: 'a MAIL FROM that did not pass',
        text: inGmail([SPF_FAIL]),
        zone: ZONE,
        code: 'spf-fail',
        severity: 'warn',
      },
      {
        why: 'a broken signature of its own',
        text: inGmail([`dmarc=fail ${ABOUT}`], ALTERED),
        zone: ZONE,
        code: 'dkim-body-altered',
        severity: 'fail',
      },
      {
        why: 'a broken signature of its own beside a pass',
        text: inGmail([`dmarc=pass ${ABOUT}`], ALTERED),
        zone: ZONE,
        code: 'dkim-body-altered',
        severity: 'info',
      },
    ]),
  )('%s', async (_, { text, zone, code, severity }) => {
    expect((await find(code, text, zone)).found?.severity).toBe(severity);
  });
});

it('a finding points at the fields and answers that it rests on', async () => {
  const { examination, found } = await find('dkim-aligned', PASSED, ZONE);
  const { message, dns } = examination.facts;
  expect(found?.because.fields.map((field) => message.fields[field]?.key)).toEqual([
    'dkim-signature',
    'authentication-results',
  ]);
  expect(found?.because.dns.map((index) => dns[index]?.name)).toEqual(['s1._domainkey.bank.example']);
  expect(found?.provenance).toEqual([
    { by: 'reported', result: 'pass' },
    { by: 'checked', result: 'pass' },
  ]);
});

it('a reported signature that the message does not hold is told as reported', async () => {
  const { found } = await find(
    'dkim-reported',
    inGmail(['dkim=pass header.i=@gone.example', `dmarc=pass ${ABOUT}`]),
    ZONE,
  );
  expect(found?.params).toEqual({ domain: 'gone.example', result: 'pass' });
});

it('findings are told in the order of the steps', async () => {
  const { examination } = await find('author', PASSED, ZONE);
  const steps = examination.verdict.findings.map(({ step }) => step);
  const order = ['identifier', 'check', 'alignment', 'policy', 'trust'];
  expect(steps).toEqual([...steps].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
  expect(new Set(steps)).toEqual(new Set(order));
});

it('a file whose result is not about this mail says so', async () => {
  const text = inGmail(['dmarc=pass header.from=other.example'], PLAIN);
  const { found } = await find('ignored-from-mismatch', text, ZONE, A_FILE);
  expect(found?.severity).toBe('warn');
});
