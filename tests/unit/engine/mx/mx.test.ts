import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { edited } from '../../../../lib/engine/lint/lint.ts';
import { lintMx } from '../../../../lib/engine/mx/lint.ts';
import { lookUpMx, MAX_EXCHANGES } from '../../../../lib/engine/mx/lookup.ts';
import { readMx } from '../../../../lib/engine/mx/record.ts';
import { portsOver, type Row, rows } from '../kit.ts';

const DOMAIN = 'bank.example';
type Zone = Readonly<Record<string, unknown>>;

function lookUp(zone: Zone) {
  return lookUpMx(DOMAIN, openLedger(portsOver(zone).resolve));
}

async function lint(zone: Zone) {
  const found = await lookUp(zone);
  const exchanges = 'exchanges' in found ? found.exchanges : [];
  return exchanges.flatMap((exchange) =>
    lintMx(exchange, exchanges, DOMAIN).map((remark) => ({
      ...remark,
      marked: exchange.text.slice(remark.start, remark.end),
      mended: edited(exchange.text, [remark.edit]),
    })),
  );
}

const at = (...hosts: readonly string[]): Zone => ({
  [DOMAIN]: { MX: hosts.map((host, index) => [index * 10, host]) },
});
const HOST = { 'mail.bank.example': { A: ['192.0.2.1'] } };

describe('the exchanges of a domain (RFC 5321 §5.1)', () => {
  it.each(
    rows<Row & { zone: Zone; kind: string }>([
      { why: 'hosts', zone: { ...at('mail.bank.example'), ...HOST }, kind: 'exchanges' },
      { why: 'the null MX (RFC 7505)', zone: at('.'), kind: 'null' },
      { why: 'the null MX without its dot', zone: at(''), kind: 'null' },
      {
        why: 'the null MX beside a host is not one',
        zone: { ...at('.', 'mail.bank.example'), ...HOST },
        kind: 'exchanges',
      },
      { why: 'the domain’s own address', zone: { [DOMAIN]: { A: ['192.0.2.1'] } }, kind: 'implicit' },
      { why: 'its IPv6 address', zone: { [DOMAIN]: { AAAA: ['2001:db8::1'] } }, kind: 'implicit' },
      { why: 'nothing', zone: { [DOMAIN]: {} }, kind: 'none' },
      { why: 'no such domain', zone: {}, kind: 'none' },
      { why: 'no answer is not nothing', zone: { [DOMAIN]: { RCODE: 'TIMEOUT' } }, kind: 'unanswered' },
    ]),
  )('%s', async (_, { zone, kind }) => {
    expect((await lookUp(zone)).kind).toBe(kind);
  });

  it('are looked at in the order of their preference', async () => {
    const zone = {
      [DOMAIN]: {
        MX: [
          [20, 'b.example'],
          [5, 'a.example'],
        ],
      },
    };
    expect(await lookUp(zone)).toMatchObject({ exchanges: [{ host: 'a.example' }, { host: 'b.example' }] });
  });

  it('are asked for their addresses up to a limit', async () => {
    const hosts = Array.from({ length: MAX_EXCHANGES + 1 }, (_, index) => `m${index}.bank.example`);
    const asked: string[] = [];
    const { resolve } = portsOver(at(...hosts));
    const ledger = openLedger((name, type) => {
      asked.push(name);
      return resolve(name, type);
    });
    const found = await lookUpMx(DOMAIN, ledger);
    expect(asked).toHaveLength(1 + 2 * MAX_EXCHANGES);
    expect(found).toMatchObject({ kind: 'exchanges' });
    if (found.kind === 'exchanges') expect(found.exchanges.at(-1)).toMatchObject({ state: 'unread' });
  });

  it.each(
    rows<Row & { text: string; record: Record<string, unknown> }>([
      {
        why: 'a host',
        text: '10 Mail.Bank.example.',
        record: { preference: 10, host: 'mail.bank.example', start: 3, end: 21 },
      },
      { why: 'none', text: '0 .', record: { preference: 0, host: '', start: 2, end: 3 } },
      { why: 'nothing behind the number', text: '0 ', record: { preference: 0, host: '' } },
      { why: 'a number alone', text: '0', record: { preference: 0, host: '' } },
      { why: 'no number', text: 'x y', record: { preference: 0, host: 'y' } },
    ]),
  )('are read: %s', (_, { text, record }) => {
    expect(readMx(text)).toMatchObject(record);
  });
});

describe('remarks about an exchange', () => {
  it.each(
    rows<Row & { zone: Zone; found: readonly (readonly [string, string])[] }>([
      { why: 'nothing is wrong', zone: { ...at('mail.bank.example'), ...HOST }, found: [] },
      { why: 'no word about the null MX', zone: at('.'), found: [] },
      { why: 'an address', zone: at('192.0.2.1'), found: [['mx-literal', '192.0.2.1']] },
      { why: 'an address as in mail', zone: at('[192.0.2.1]'), found: [['mx-literal', '[192.0.2.1]']] },
      { why: 'an IPv6 address', zone: at('2001:db8::1'), found: [['mx-literal', '2001:db8::1']] },
      {
        why: 'no such host',
        zone: at('mail.bank.example'),
        found: [['mx-no-such-name', 'mail.bank.example']],
      },
      {
        why: 'a host without an address',
        zone: { ...at('mail.bank.example'), 'mail.bank.example': { TXT: ['x'] } },
        found: [['mx-no-address', 'mail.bank.example']],
      },
      {
        why: 'the final dot is missing in the zone file',
        zone: at('mail.bank.example.bank.example'),
        found: [['mx-doubled', 'mail.bank.example.bank.example']],
      },
      {
        why: 'a doubled name that does exist is no fault',
        zone: { ...at('a.bank.example.bank.example'), 'a.bank.example.bank.example': { A: ['192.0.2.1'] } },
        found: [],
      },
      {
        why: 'addresses of a network at home',
        zone: { ...at('mail.bank.example'), 'mail.bank.example': { A: ['192.168.1.2'], AAAA: ['::1'] } },
        found: [['mx-local', 'mail.bank.example']],
      },
      {
        why: 'one address that can be reached is enough',
        zone: { ...at('mail.bank.example'), 'mail.bank.example': { A: ['10.0.0.1', '192.0.2.1'] } },
        found: [],
      },
      {
        why: 'an underscore',
        zone: { ...at('my_mail.bank.example'), 'my_mail.bank.example': { A: ['192.0.2.1'] } },
        found: [['mx-bad-name', 'my_mail.bank.example']],
      },
      {
        why: 'no answer about a host is no lack of addresses',
        zone: { ...at('mail.bank.example'), 'mail.bank.example': { RCODE: 'SERVFAIL' } },
        found: [['mx-unanswered', 'mail.bank.example']],
      },
      {
        why: 'the null MX beside a host',
        zone: { ...at('.', 'mail.bank.example'), ...HOST },
        found: [['mx-null-beside', '.']],
      },
      {
        why: 'a host twice',
        zone: { ...at('mail.bank.example', 'MAIL.bank.example.'), ...HOST },
        found: [['mx-repeated', 'mail.bank.example']],
      },
    ]),
  )('%s', async (_, { zone, found }) => {
    expect((await lint(zone)).map(({ code, marked }) => [code, marked])).toEqual(found);
  });

  it('mends a preference of the null MX', async () => {
    expect(await lint({ [DOMAIN]: { MX: [[10, '.']] } })).toMatchObject([
      { code: 'mx-null-preference', marked: '10', mended: '0 .' },
    ]);
  });

  it('mends a doubled name', async () => {
    expect(await lint(at('mail.bank.example.bank.example'))).toMatchObject([
      { mended: '0 mail.bank.example' },
    ]);
  });

  it('names the host behind an alias (RFC 2181 §10.3)', async () => {
    const { resolve } = portsOver({ ...at('mail.bank.example'), ...HOST });
    const ledger = openLedger(async (name, type) => {
      const answer = await resolve(name, type);
      return type === 'A' ? { ...answer, canonicalName: 'real.bank.example' } : answer;
    });
    const found = await lookUpMx(DOMAIN, ledger);
    if (found.kind !== 'exchanges') throw new Error(found.kind);
    const [exchange] = found.exchanges;
    if (exchange === undefined) throw new Error('no exchange');
    expect(lintMx(exchange, found.exchanges, DOMAIN)).toMatchObject([
      {
        code: 'mx-alias',
        params: { domain: 'mail.bank.example', other: 'real.bank.example' },
        severity: 'warn',
      },
    ]);
  });
});
