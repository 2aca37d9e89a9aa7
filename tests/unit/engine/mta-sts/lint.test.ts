import { describe, expect, it } from 'vitest';
import { editedBy } from '../../../../lib/engine/lint/lint.ts';
import { lintMtaSts } from '../../../../lib/engine/mta-sts/lint.ts';
import { readPolicyId } from '../../../../lib/engine/mta-sts/record.ts';
import { type MarkedRow, type Row, rows } from '../kit.ts';

describe('remarks about an MTA-STS record (RFC 8461 §3.1)', () => {
  it.each(
    rows<MarkedRow>([
      { why: 'nothing is wrong', text: 'v=STSv1; id=20261124T01;', found: [], mended: null },
      { why: 'the last semicolon may be missing', text: 'v=STSv1;id=1', found: [], mended: null },
      { why: 'white space before a semicolon', text: 'v=STSv1 ; id=1 ; ', found: [], mended: null },
      {
        why: 'an extension',
        text: 'v=STSv1; id=1; x-note=hello',
        found: [['mta-unknown', 'x-note=hello']],
        mended: null,
      },
      {
        why: 'the version in another case',
        text: 'v=stsv1; id=1',
        found: [['mta-version', 'stsv1']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'another version',
        text: 'v=STSv2; id=1',
        found: [['mta-version', 'STSv2']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'the version without its name',
        text: 'STSv1; id=1',
        found: [['mta-version', 'STSv1']],
        mended: 'v=STSv1; id=1',
      },
      { why: 'no version', text: 'id=1', found: [['mta-version', '']], mended: 'v=STSv1; id=1' },
      {
        why: 'the version at the end',
        text: 'id=1; v=STSv1',
        found: [['mta-version', 'v=STSv1']],
        mended: null,
      },
      {
        why: 'quotation marks of a zone file',
        text: '"v=STSv1; id=1"',
        found: [
          ['mta-quotes', '"'],
          ['mta-quotes', '"'],
        ],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'quotation marks of a word processor',
        text: '“v=STSv1; id=1;”',
        found: [
          ['mta-quotes', '“'],
          ['mta-quotes', '”'],
        ],
        mended: 'v=STSv1; id=1;',
      },
      {
        why: 'a space in front: servers pass the record over',
        text: ' v=STSv1; id=1',
        found: [['mta-space', ' ']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'spaces round the equals sign',
        text: 'v=STSv1; id = 1',
        found: [['mta-space', ' = ']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'a name in capitals',
        text: 'v=STSv1; ID=1',
        found: [['mta-case', 'ID']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'no semicolon',
        text: 'v=STSv1 id=1',
        found: [['mta-separator', ' ']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'a comma in its place',
        text: 'v=STSv1, id=1',
        found: [['mta-separator', ', ']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'nothing between two semicolons',
        text: 'v=STSv1;; id=1',
        found: [['mta-no-field', ';']],
        mended: 'v=STSv1; id=1',
      },
      {
        why: 'a word that is no field',
        text: 'v=STSv1; enforce; id=1',
        found: [['mta-no-field', 'enforce']],
        mended: null,
      },
      {
        why: 'two ids',
        text: 'v=STSv1; id=1; id=2',
        found: [['mta-repeated', 'id=2']],
        mended: null,
      },
      { why: 'no id', text: 'v=STSv1;', found: [['mta-missing', '']], mended: null },
      {
        why: 'a date with hyphens',
        text: 'v=STSv1; id=2026-11-24',
        found: [['mta-id', '2026-11-24']],
        mended: 'v=STSv1; id=20261124',
      },
      {
        why: 'more than 32 characters',
        text: `v=STSv1; id=${'1'.repeat(33)}`,
        found: [['mta-id', '1'.repeat(33)]],
        mended: `v=STSv1; id=${'1'.repeat(32)}`,
      },
      { why: 'an empty id', text: 'v=STSv1; id=', found: [['mta-id', '']], mended: null },
      { why: 'nothing usable in the id', text: 'v=STSv1; id=--', found: [['mta-id', '--']], mended: null },
    ]),
  )('%s', (_, { text, found, mended }) => {
    const lints = lintMtaSts(text);
    expect(lints.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual(found);
    expect(editedBy(text, lints)).toBe(mended);
    for (const { section } of lints) expect(section).toBe('RFC 8461 §3.1');
  });
});

describe('the id of a policy', () => {
  it.each(
    rows<Row & { text: string; id: string | null }>([
      { why: 'of a plain record', text: 'v=STSv1; id=2026', id: '2026' },
      { why: 'beside an extension', text: 'v=STSv1; id=2026; x=1', id: '2026' },
      { why: 'white space before the semicolon', text: 'v=STSv1\t; id=2026', id: '2026' },
      { why: 'not of another version', text: 'v=STSv2; id=2026', id: null },
      { why: 'not of a longer version', text: 'v=STSv10; id=2026', id: null },
      { why: 'not of a text that does not begin so', text: ' v=STSv1; id=2026', id: null },
      { why: 'not of a name in capitals', text: 'v=STSv1; ID=2026', id: null },
      { why: 'not of two ids', text: 'v=STSv1; id=1; id=2', id: null },
      { why: 'not of a bad id', text: 'v=STSv1; id=1.2', id: null },
      { why: 'not of nothing', text: '', id: null },
    ]),
  )('%s', (_, { text, id }) => {
    expect(readPolicyId(text)).toBe(id);
  });
});
