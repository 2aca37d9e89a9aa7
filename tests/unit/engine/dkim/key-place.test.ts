import { describe, expect, it } from 'vitest';
import { IMPROBABLE_SELECTOR, type KeyPlace, lookUpKeyPlace } from '../../../../lib/engine/dkim/key-place.ts';
import { lintKey } from '../../../../lib/engine/dkim/lint.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';
import { rsaKey } from './lint-kit.ts';

const NAME = 's1._domainkey.bank.example';
const OTHER = `${IMPROBABLE_SELECTOR}._domainkey.bank.example`;
const KEY = 'v=DKIM1; p=QUJD';

async function found(zone: Readonly<Record<string, unknown>>): Promise<KeyPlace> {
  return lookUpKeyPlace('s1', 'bank.example', openLedger(portsOver(zone).resolve));
}

describe('where a key stands', () => {
  it.each(
    rows<Row & { zone: Readonly<Record<string, unknown>>; place: Partial<KeyPlace> }>([
      {
        why: 'alone at its name',
        zone: { [NAME]: KEY },
        place: {
          name: NAME,
          state: 'found',
          texts: [KEY],
          alias: null,
          isWildcard: false,
          hasDomainKeys: true,
          dns: [0, 1, 2],
        },
      },
      {
        why: 'several records',
        zone: { [NAME]: { TXT: [KEY, 'hello'] } },
        place: { state: 'found', texts: [KEY, 'hello'] },
      },
      {
        why: 'text that is UTF-8',
        zone: { [NAME]: `n=\xe9\x8d\xb5; p=QUJD` },
        place: { texts: ['n=鍵; p=QUJD'] },
      },
      {
        why: 'behind an alias',
        zone: { [NAME]: { CNAME: 's1.host.example' }, 's1.host.example': KEY },
        place: { state: 'found', texts: [KEY], alias: 's1.host.example' },
      },
      {
        why: 'an alias that leads to nothing',
        zone: { [NAME]: { CNAME: 's1.host.example' }, 'host.example': 'hello' },
        place: { state: 'missing', texts: [], alias: 's1.host.example', hasDomainKeys: true },
      },
      {
        why: 'every selector has it',
        zone: { [NAME]: { TXT: [KEY, 'b'] }, [OTHER]: { TXT: ['b', KEY] } },
        place: { state: 'found', isWildcard: true },
      },
      {
        why: 'every other selector has something else',
        zone: { [NAME]: KEY, [OTHER]: 'v=DKIM1; p=' },
        place: { state: 'found', isWildcard: false },
      },
      {
        why: 'every other selector has more',
        zone: { [NAME]: KEY, [OTHER]: { TXT: [KEY, 'b'] } },
        place: { isWildcard: false },
      },
      {
        why: 'whether there is a wildcard is not known',
        zone: { [NAME]: KEY, [OTHER]: { RCODE: 'SERVFAIL' } },
        place: { state: 'found', isWildcard: null },
      },
      {
        why: 'another selector has one',
        zone: { 's2._domainkey.bank.example': KEY },
        place: { state: 'missing', texts: [], isWildcard: false, hasDomainKeys: true },
      },
      {
        why: 'no selector has one (RFC 8020)',
        zone: { 'bank.example': 'hello' },
        place: { state: 'missing', hasDomainKeys: false },
      },
      {
        why: 'a name server that denies what it has',
        zone: { [NAME]: KEY, '_domainkey.bank.example': { RCODE: 'NXDOMAIN' } },
        place: { state: 'found', hasDomainKeys: true },
      },
      {
        why: 'no answer',
        zone: { [NAME]: { RCODE: 'TIMEOUT' }, '_domainkey.bank.example': { RCODE: 'SERVFAIL' } },
        place: { state: 'unanswered', texts: [], isWildcard: false, hasDomainKeys: null },
      },
    ]),
  )('%s', async (_, { zone, place }) => {
    expect(await found(zone)).toMatchObject({ selector: 's1', domain: 'bank.example', ...place });
  });

  it('asks three questions at once, and two of them once for all selectors', async () => {
    const asked: string[] = [];
    const ledger = openLedger((name, type) => {
      asked.push(`${name} ${type}`);
      return portsOver({ [NAME]: KEY }).resolve(name, type);
    });
    const places = [
      lookUpKeyPlace('s1', 'bank.example', ledger),
      lookUpKeyPlace('s2', 'bank.example', ledger),
    ];
    expect(asked).toEqual([
      `${NAME} TXT`,
      `${OTHER} TXT`,
      '_domainkey.bank.example TXT',
      's2._domainkey.bank.example TXT',
    ]);
    expect((await Promise.all(places)).map(({ dns }) => dns)).toEqual([
      [0, 1, 2],
      [3, 1, 2],
    ]);
  });
});

describe('remarks about the place', () => {
  const key = `v=DKIM1; p=${rsaKey(2048)}`;
  it.each(
    rows<Row & { zone: Readonly<Record<string, unknown>>; said: readonly object[]; text?: string }>([
      { why: 'alone', zone: { [NAME]: key }, said: [] },
      {
        why: 'several records',
        zone: { [NAME]: { TXT: [key, 'a', 'b'] } },
        said: [{ code: 'key-several-records', params: { count: 3 }, severity: 'error' }],
      },
      {
        why: 'an alias',
        zone: { [NAME]: { CNAME: 's1.host.example' }, 's1.host.example': key },
        said: [{ code: 'key-alias', params: { domain: 's1.host.example' }, severity: 'info' }],
      },
      {
        why: 'a wildcard',
        zone: { [NAME]: key, [OTHER]: key },
        said: [{ code: 'key-wildcard', params: { domain: 'bank.example' }, severity: 'warn' }],
      },
      {
        why: 'a wildcard that says that there are no keys harms nobody',
        text: 'v=DKIM1; p=',
        zone: { [NAME]: 'v=DKIM1; p=', [OTHER]: 'v=DKIM1; p=' },
        said: [
          { code: 'key-wildcard-revoked', params: { domain: 'bank.example' }, severity: 'info' },
          { code: 'key-revoked' },
        ],
      },
    ]),
  )('%s', async (_, { zone, said, text = key }) => {
    const remarks = lintKey(text, await found(zone));
    expect(remarks).toMatchObject(said);
    expect(remarks).toHaveLength(said.length);
    for (const { code, start, end } of remarks) {
      if (code !== 'key-revoked') expect([start, end]).toEqual([0, text.length]);
    }
  });
});
