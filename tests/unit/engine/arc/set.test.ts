import { describe, expect, it } from 'vitest';
import { readArcSets } from '../../../../lib/engine/arc/set.ts';
import { letter, mail, ports, type Row, rows, toMessage } from '../kit.ts';
import { LETTER, seal, setOf } from './sealed-mail.ts';

function read(fields: readonly string[]) {
  return readArcSets(toMessage(mail([...fields, ...letter()])), ports);
}

const [SEAL, SIGNATURE, RESULTS] = setOf(LETTER);

describe('the fields of a set', () => {
  it.each(
    rows<Row & { fields: readonly string[]; indexes: Readonly<Record<string, number>> }>([
      {
        why: 'in the usual order',
        fields: [SEAL, SIGNATURE, RESULTS],
        indexes: { seal: 0, messageSignature: 1, results: 2 },
      },
      {
        why: 'in any order, other fields between',
        fields: [RESULTS, 'X: y', SEAL, SIGNATURE],
        indexes: { seal: 2, messageSignature: 3, results: 0 },
      },
      {
        why: 'with names in any case',
        fields: [SEAL.toUpperCase(), SIGNATURE, RESULTS.replace('ARC-', 'arc-')].map((field, at) =>
          at === 0 ? field.replace('ARC-SEAL: I=1', 'ARC-SEAL: i=1') : field,
        ),
        indexes: { seal: 0, messageSignature: 1, results: 2 },
      },
    ]),
  )('%s', (_, { fields, indexes }) => {
    const { sets } = read(fields);
    expect(sets.map((set) => [set.instance, set.fields])).toEqual([[1, indexes]]);
  });

  it('are put in order by their number, not by their place', () => {
    const text = seal(seal(seal(LETTER)));
    const fields = text.slice(0, text.indexOf('\r\nDate: ')).split('\r\n');
    const { sets, flaw } = read(fields.toReversed());
    expect([sets.map(({ instance }) => instance), flaw]).toEqual([[1, 2, 3], null]);
  });
});

describe('the results of a set (§4.1.1)', () => {
  it.each(
    rows<Row & { value: string; instance: number | null; id?: string | null; said?: readonly string[] }>([
      {
        why: 'the number, then what Authentication-Results has',
        value: 'i=1; a.example; spf=pass; dkim=fail',
        instance: 1,
        id: 'a.example',
        said: ['spf=pass', 'dkim=fail'],
      },
      { why: 'no results', value: 'i=1; a.example; none', instance: 1, id: 'a.example', said: [] },
      { why: 'no authserv-id', value: 'i=1; spf=pass', instance: 1, id: null, said: ['spf=pass'] },
      { why: 'nothing behind the number', value: 'i=1;', instance: 1, id: '', said: [] },
      {
        why: 'white space and comments',
        value: '\r\n\t(x) i (y) = (z; i=2)\r\n 1 (w) ; a.example',
        instance: 1,
        id: 'a.example',
      },
      { why: 'no space', value: 'i=1;a.example;spf=pass', instance: 1, id: 'a.example', said: ['spf=pass'] },
      { why: 'two digits (§4.2.1)', value: 'i=01; a.example', instance: 1, id: 'a.example' },
      { why: 'the number in a comment', value: '(i=1;) a.example; spf=pass', instance: null },
      { why: 'the number elsewhere', value: 'a.example; i=1; spf=pass', instance: null },
      { why: 'another letter', value: 'I=1; a.example', instance: null },
      { why: 'no semicolon', value: 'i=1 a.example; spf=pass', instance: null },
      { why: 'no equals sign', value: 'i 1; a.example', instance: null },
      { why: 'another name', value: 'j=1; a.example', instance: null },
      { why: 'a sign', value: 'i=+1; a.example', instance: null },
      { why: 'a fraction', value: 'i=1.5; a.example', instance: null },
      { why: 'other digits', value: 'i=١; a.example', instance: null },
      { why: 'more digits than a number can have', value: `i=${'1'.repeat(400)}; a.example`, instance: null },
      { why: 'nothing', value: '', instance: null },
    ]),
  )('%s', (_, { value, instance, id, said }) => {
    const { sets, flaw } = read([SEAL, SIGNATURE, `ARC-Authentication-Results: ${value}`]);
    if (instance === null) {
      expect(flaw).toEqual({ reason: 'instance', instance: null, field: 2 });
      return;
    }
    expect([flaw, sets.length, sets[0]?.results.authservId]).toEqual([null, 1, id]);
    if (said !== undefined) {
      expect(sets[0]?.results.results.map(({ method, result }) => `${method}=${result}`)).toEqual(said);
    }
  });
});

describe('which flaw is told', () => {
  it('that the chain failed before everything else (§5.2 step 2)', () => {
    const text = seal(seal(LETTER, { instance: 7 }), { cv: 'fail' });
    const { flaw, highest } = readArcSets(toMessage(text), ports);
    expect([flaw?.reason, highest]).toEqual(['chain-failed', 8]);
  });

  it('not that of a chain which goes on above', () => {
    const failed = seal(LETTER, { cv: 'fail' });
    const above = 'ARC-Authentication-Results: i=2; a.example; none';
    expect(readArcSets(toMessage(`${above}\r\n${failed}`), ports).flaw?.reason).toBe('chain-status');
  });

  it('the field that is there twice, not that the other is missing', () => {
    expect(read([SEAL, SEAL, SIGNATURE]).flaw).toEqual({ reason: 'duplicate-field', instance: 1, field: 1 });
  });
});
