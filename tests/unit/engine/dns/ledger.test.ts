import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { isAskable, isAtOrBelow } from '../../../../lib/engine/dns/name.ts';
import type { Answer, RecordType } from '../../../../lib/engine/index.ts';
import { type Row, rows } from '../kit.ts';

function counting() {
  const asked: string[] = [];
  const resolve = async (name: string, type: RecordType): Promise<Answer> => {
    asked.push(`${name} ${type}`);
    await Promise.resolve();
    return {
      name,
      type,
      rcode: 'NOERROR',
      ttl: 1,
      authenticData: false,
      resolver: 'r',
      cached: false,
      answers: [name],
    };
  };
  return { asked, ledger: openLedger(resolve) };
}

describe('the ledger of DNS answers', () => {
  it('asks one question once, also while it is under way and in other letters', async () => {
    const { asked, ledger } = counting();
    const both = await Promise.all([ledger.ask('a.example', 'TXT'), ledger.ask('A.Example', 'TXT')]);
    await ledger.ask('a.example', 'TXT');
    expect(asked).toEqual(['a.example TXT']);
    expect(both.map(({ index }) => index)).toEqual([0, 0]);
  });

  it('takes another type for another question', async () => {
    const { asked, ledger } = counting();
    await Promise.all([ledger.ask('a.example', 'TXT'), ledger.ask('a.example', 'A')]);
    expect(asked).toHaveLength(2);
  });

  it('keeps the order of asking, open questions as null', async () => {
    const { ledger } = counting();
    const first = ledger.ask('a.example', 'TXT');
    const second = ledger.ask('b.example', 'TXT');
    expect(ledger.answers()).toEqual([null, null]);
    await Promise.all([first, second]);
    expect(ledger.answers().map((answer) => answer?.name)).toEqual(['a.example', 'b.example']);
    expect((await second).index).toBe(1);
  });

  it('asks nobody for a name that DNS cannot hold: it does not exist', async () => {
    const { asked, ledger } = counting();
    const { answer } = await ledger.ask(`${'a'.repeat(64)}.example`, 'TXT');
    expect(answer).toMatchObject({ rcode: 'NXDOMAIN', answers: [], resolver: '' });
    expect(asked).toEqual([]);
  });
});

describe('names (RFC 1035 §2.3.4)', () => {
  it.each(
    rows<Row & { name: string; askable: boolean }>([
      { why: 'an ordinary name', name: 's._domainkey.example.com', askable: true },
      { why: 'a label of 63', name: `${'a'.repeat(63)}.example`, askable: true },
      { why: 'a label of 64', name: `${'a'.repeat(64)}.example`, askable: false },
      { why: 'a name of 253', name: `${'a.'.repeat(126)}a`, askable: true },
      { why: 'a name of 254', name: `${'a.'.repeat(126)}aa`, askable: false },
      { why: 'an empty label', name: 'a..example', askable: false },
      { why: 'a trailing dot', name: 'a.example.', askable: false },
      { why: 'nothing', name: '', askable: false },
    ]),
  )('%s', (_, { name, askable }) => {
    expect(isAskable(name)).toBe(askable);
  });

  it('stand below another label by label', () => {
    expect(isAtOrBelow('a.example', 'a.example')).toBe(true);
    expect(isAtOrBelow('b.a.example', 'a.example')).toBe(true);
    expect(isAtOrBelow('ba.example', 'a.example')).toBe(false);
    expect(isAtOrBelow('a.example', 'b.a.example')).toBe(false);
  });
});
