import { describe, expect, it } from 'vitest';
import { microsoftBlock, type Row, rows } from '../kit.ts';
import { changed, MICROSOFT_FAIL, MICROSOFT_FORGED, outcome, outlook, result, without } from './trust-kit.ts';

const RESULT = 2;
const BORDER = 3;
const HONEST = { basis: 'mailbox', dmarc: 'fail', level: 'failed' };
const NOTHING = { basis: null, dmarc: null, level: 'unknown' };
/** A result as Microsoft writes it, without an id. */
const OWN = result('x').replace(' x;', ' spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=bank.example;');

describe('Microsoft’s own result is believed', () => {
  it('as Exchange Online writes it', async () => {
    const { facts } = await outlook(MICROSOFT_FAIL);
    expect(facts.evidence).toMatchObject({
      basis: 'mailbox',
      profile: 'microsoft',
      authservId: null,
      spf: { result: 'pass', comment: 'sender IP is 192.0.2.25' },
      dmarc: { result: 'fail', field: RESULT },
      border: { field: BORDER, address: '192.0.2.25', date: 1795158256 },
      absentDmarcMeansNone: false,
    });
  });

  it.each(
    rows<Row & { fields: readonly string[] }>([
      {
        why: 'with hosts in other letters',
        fields: MICROSOFT_FAIL.map((f) => f.replace('prod.outlook.com', 'PROD.OUTLOOK.COM')),
      },
      {
        why: 'with an inner hop of the host itself',
        fields: changed(MICROSOFT_FAIL, 0, (f) => f.replace('2603:10a6:10:1::5', '::1')),
      },
      { why: 'with fields of any name above the border', fields: ['X-Anything: 1', ...MICROSOFT_FAIL] },
      { why: 'over IPv6', fields: MICROSOFT_FAIL.map((f) => f.replaceAll('192.0.2.25', '2001:db8::25')) },
    ]),
  )('%s', async (_, { fields }) => {
    expect(outcome(await outlook(fields))).toMatchObject(HONEST);
  });
});

describe('a sender’s own lines change nothing', () => {
  it.each(
    rows<Row & { fields: readonly string[]; ignored: readonly string[] }>([
      { why: 'a result below the border', fields: [OWN], ignored: ['below-border'] },
      {
        why: 'a whole block below the border, without its AuthAs',
        fields: MICROSOFT_FORGED.slice(0, -1),
        ignored: ['below-border'],
      },
      { why: 'a result with an id', fields: [result('mx.google.com')], ignored: ['other-id'] },
      {
        why: 'an original result',
        fields: [OWN.replace('Results', 'Results-Original')],
        ignored: ['other-id'],
      },
      {
        why: 'an internal copy',
        fields: [OWN.replace('Authentication', 'X-MS-Exchange-Authentication')],
        ignored: ['other-id'],
      },
    ]),
  )('%s', async (_, { fields, ignored }) => {
    expect(outcome(await outlook([...MICROSOFT_FAIL, ...fields]))).toEqual({ ...HONEST, ignored });
  });

  it('a second result above the border is a duplicate', async () => {
    const fields = [...MICROSOFT_FAIL.slice(0, BORDER), OWN, ...MICROSOFT_FAIL.slice(BORDER)];
    expect(outcome(await outlook(fields))).toEqual({ ...HONEST, ignored: ['duplicate'] });
  });
});

describe('nothing is reported', () => {
  it.each(
    rows<Row & { fields: readonly string[]; ignored: string }>([
      {
        why: 'two AuthAs fields',
        fields: [...MICROSOFT_FORGED, 'X-MS-Exchange-Organization-AuthAs: Anonymous'],
        ignored: 'below-border',
      },
      { why: 'no AuthAs field', fields: MICROSOFT_FORGED.slice(0, -1), ignored: 'below-border' },
      {
        why: 'mail within one organisation',
        fields: changed(MICROSOFT_FORGED, 4, (f) => f.replace('Anonymous', 'Internal')),
        ignored: 'below-border',
      },
      {
        why: 'the sender IP is another',
        fields: changed(MICROSOFT_FORGED, RESULT, (f) => f.replace('192.0.2.25', '192.0.2.99')),
        ignored: 'address-mismatch',
      },
      {
        why: 'there is no sender IP',
        fields: changed(MICROSOFT_FORGED, RESULT, (f) => f.replace(/ \(sender.*?\)/, '')),
        ignored: 'address-mismatch',
      },
      {
        why: 'the sender IP is only part of a comment',
        fields: changed(MICROSOFT_FORGED, RESULT, (f) => f.replace('(sender', '(x sender')),
        ignored: 'address-mismatch',
      },
      {
        why: 'the border is missing below a foreign hop',
        fields: ['Received: from a (192.0.2.1) by b.example; x', ...MICROSOFT_FORGED],
        ignored: 'no-border',
      },
      {
        why: 'the border’s host is a look-alike',
        fields: changed(MICROSOFT_FORGED, BORDER, (f) =>
          f.replace('protection.outlook.com', 'protection.outlook.com.evil.example'),
        ),
        ignored: 'no-border',
      },
      {
        why: 'the border’s host only ends alike',
        fields: changed(MICROSOFT_FORGED, BORDER, (f) => f.replace('DB3EUR04FT012.mail', 'evilmail')),
        ignored: 'no-border',
      },
      {
        why: 'the only result stands below the border',
        fields: [...without(MICROSOFT_FORGED, /^Authentication/), OWN],
        ignored: 'below-border',
      },
      {
        why: 'an inner host with an outer address of IPv6',
        fields: changed(MICROSOFT_FORGED, 1, (f) => f.replace('2603:10a6:10:2::7', '2603:20a6::7')),
        ignored: 'no-border',
      },
      {
        why: 'an inner host with an outer address',
        fields: changed(MICROSOFT_FORGED, 1, (f) => f.replace('2603:10a6:10:2::7', '192.0.2.66')),
        ignored: 'no-border',
      },
      {
        why: 'rebuilt without trace fields',
        fields: without(MICROSOFT_FORGED, /^Received/),
        ignored: 'no-border',
      },
      {
        why: 'an empty header.from: Microsoft could not read From',
        fields: MICROSOFT_FORGED.map((f) => f.replace('header.from=bank.example', 'header.from=')),
        ignored: 'from-mismatch',
      },
      {
        why: 'another From',
        fields: MICROSOFT_FORGED.map((f) => f.replace('header.from=bank', 'header.from=evil')),
        ignored: 'from-mismatch',
      },
      {
        why: 'two results for DMARC that differ',
        fields: microsoftBlock({
          results: ['dmarc=pass header.from=bank.example', 'dmarc=fail header.from=bank.example'],
        }),
        ignored: 'contradiction',
      },
      {
        why: 'the whole value is an encoded word',
        fields: changed(
          MICROSOFT_FORGED,
          RESULT,
          () => 'Authentication-Results: =?utf-8?Q?spf=3Dpass_dmarc=3Dpass?=',
        ),
        ignored: 'address-mismatch',
      },
    ]),
  )('%s', async (_, { fields, ignored }) => {
    expect(outcome(await outlook(fields))).toEqual({ ...NOTHING, ignored: [ignored] });
  });
});

it.each(['outlook', 'detect'] as const)(
  'a perfect block in a file is what the file says (%s)',
  async (id) => {
    const examination = await outlook(MICROSOFT_FORGED, undefined, { id, basis: 'file' });
    expect(outcome(examination)).toEqual({ basis: 'file', dmarc: 'pass', ignored: [], level: 'unknown' });
  },
);
