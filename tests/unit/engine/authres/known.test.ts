import { describe, expect, it } from 'vitest';
import type { KnownReceiver } from '../../../../lib/engine/authres/evidence.ts';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { type Row, rows } from '../kit.ts';
import { FASTMAIL, ICLOUD, KNOWN_BLOCKS, PROTON, YAHOO, ZOHO } from './known-kit.ts';
import { changed, evidenceOf, result, told, without } from './trust-kit.ts';

const NAMES = Object.keys(KNOWN_BLOCKS) as readonly KnownReceiver[];
const FOREIGN = 'Received: from a (a [192.0.2.7]) by b.example with SMTP; Fri, 20 Nov 2026 07:04:10 +0000';

function mailbox(id: string): Receiver {
  return { id, basis: 'mailbox' };
}

/** The id that the receiver writes before its result for DMARC. */
function ownId(id: KnownReceiver): string {
  const field = KNOWN_BLOCKS[id].fields.find((line) => line.includes('dmarc=pass')) ?? '';
  return /^Authentication-Results: ([^;]+);/.exec(field)?.[1] ?? '';
}

describe.each(NAMES)('%s', (id) => {
  const { fields, border, helo } = KNOWN_BLOCKS[id];

  it('is believed as it writes', () => {
    const evidence = evidenceOf(fields, mailbox(id));
    expect(told(evidence)).toEqual({ basis: 'mailbox', profile: id, dmarc: 'pass', ignored: [] });
    expect(evidence).toMatchObject({
      border: { field: border, address: '192.0.2.25', helo, date: 1795158256 },
      spf: { result: 'pass' },
      origin: 'delivered',
      gatewayInFront: { kind: 'none' },
      absentDmarcMeansNone: false,
    });
  });

  it('is selected by its authserv-id as well', () => {
    expect(told(evidenceOf(fields, mailbox(ownId(id))))).toMatchObject({ profile: id, dmarc: 'pass' });
  });

  it('is recognised in a file, and then never more than what the file says', () => {
    for (const basis of ['file', 'mailbox'] as const) {
      expect(told(evidenceOf(fields, { id: 'detect', basis }))).toMatchObject({ basis: 'file', profile: id });
    }
  });

  it.each(
    rows<Row & { edit: (fields: readonly string[]) => readonly string[] }>([
      { why: 'a foreign hop above', edit: (lines) => [FOREIGN, ...lines] },
      { why: 'no border', edit: (lines) => lines.filter((_, at) => at !== border) },
      {
        why: 'a border by a look-alike host',
        edit: (lines) => changed(lines, border, (line) => line.replace(/ by (\S+)/, ' by $1.evil.example')),
      },
      {
        why: 'a border that names no outer address',
        edit: (lines) => changed(lines, border, (line) => line.replaceAll('192.0.2.25', '10.9.9.9')),
      },
    ]),
  )('reports nothing with %s', (_, { edit }) => {
    const evidence = evidenceOf([...edit(fields), FOREIGN], mailbox(id));
    expect(evidence).toMatchObject({ basis: null, dmarc: null, spf: null, border: null });
    expect(new Set(told(evidence).ignored)).toEqual(new Set(['no-border']));
  });

  it('does not count what a sender writes below', () => {
    const forged = [result(ownId(id), 'dmarc=fail header.from=bank.example'), ...fields];
    const evidence = evidenceOf([...fields, ...forged], mailbox(id));
    expect(told(evidence)).toMatchObject({ basis: 'mailbox', dmarc: 'pass' });
    expect(new Set(told(evidence).ignored)).toEqual(new Set(['below-border']));
  });

  it.each([
    'evil.example',
    `${ownId(id)}.evil.example`,
    ownId(id).replace(/[.](\w+)$/, '-$1'),
    `"${ownId(id)}"`,
  ])('takes %s for another id', (other) => {
    const renamed = fields.map((line) =>
      line.startsWith('Authentication-Results') && line.includes('dmarc=')
        ? line.replace(ownId(id), other)
        : line,
    );
    const evidence = evidenceOf(renamed, mailbox(id));
    expect(evidence.dmarc).toBeNull();
    expect(told(evidence).ignored).toContain('other-id');
  });
});

describe('only listed fields stand between results and border', () => {
  it.each(
    rows<Row & { id: KnownReceiver; fields: readonly string[] }>([
      { why: 'Fastmail', id: 'fastmail', fields: withBefore(FASTMAIL.fields, FASTMAIL.border) },
      { why: 'Proton', id: 'proton', fields: withBefore(PROTON.fields, PROTON.border) },
      { why: 'Zoho', id: 'zoho', fields: withBefore(ZOHO.fields, ZOHO.border) },
      { why: 'Yahoo', id: 'yahoo', fields: withBefore(YAHOO.fields, YAHOO.border) },
      { why: 'iCloud', id: 'icloud', fields: withBefore(ICLOUD.fields, ICLOUD.border + 1) },
    ]),
  )('%s', (_, { id, fields }) => {
    const evidence = evidenceOf(fields, mailbox(id));
    expect(evidence).toMatchObject({ basis: null, dmarc: null });
    expect(told(evidence).ignored).not.toContain('no-border');
  });
});

function withBefore(fields: readonly string[], at: number): readonly string[] {
  return [...fields.slice(0, at), 'X-Other: 1', ...fields.slice(at)];
}

describe('iCloud writes below its border', () => {
  it('so that its block must end with its own Received-SPF', () => {
    const evidence = evidenceOf(without(ICLOUD.fields, /^Received-SPF/), mailbox('icloud'));
    expect(new Set(told(evidence).ignored)).toEqual(new Set(['address-mismatch']));
  });

  it('and Received-SPF names the address of the border', () => {
    const fields = ICLOUD.fields.map((line) => line.replace('client-ip=192.0.2.25', 'client-ip=192.0.2.99'));
    expect(evidenceOf(fields, mailbox('icloud'))).toMatchObject({ basis: null, dmarc: null });
  });

  it('and what a sender adds right behind it counts for nothing', () => {
    const forged = result('dmarc.icloud.com');
    const fields = [...ICLOUD.fields.map((line) => line.replace('dmarc=pass', 'dmarc=fail')), forged];
    expect(told(evidenceOf(fields, mailbox('icloud')))).toMatchObject({
      dmarc: 'fail',
      ignored: ['below-border'],
    });
  });

  it('and a foreign id ends the block', () => {
    const fields = [
      ...ICLOUD.fields.slice(0, ICLOUD.border + 1),
      result('evil.example'),
      ...ICLOUD.fields.slice(ICLOUD.border + 1),
    ];
    expect(evidenceOf(fields, mailbox('icloud')).basis).toBeNull();
  });
});

it('Fastmail takes the mail of its own users from inside, and judges it', () => {
  const own = `Received: from mailout.nyi.internal (outbound1.nyi.internal [10.202.2.181]) by mailmx.nyi.internal (Postfix) with ESMTPS id 3; x`;
  const evidence = evidenceOf([...changed(FASTMAIL.fields, FASTMAIL.border, () => own)], mailbox('fastmail'));
  expect(told(evidence)).toMatchObject({ dmarc: 'pass', ignored: [] });
  expect(evidence.border).toMatchObject({ field: FASTMAIL.border, address: '10.202.2.181' });
});

describe('Yahoo', () => {
  it.each(['X-Originating-Ip: [192.0.2.99]', 'X-Originating-Ip: x', 'X-Other: [192.0.2.25]'])(
    'is not believed where the address is another’s or nobody’s: %s',
    (line) => {
      const evidence = evidenceOf(
        changed(YAHOO.fields, 2, () => line),
        mailbox('yahoo'),
      );
      expect(told(evidence)).toMatchObject({ basis: null, ignored: ['address-mismatch'] });
    },
  );

  it('is not believed where two addresses are named', () => {
    const second = 'X-Originating-Ip: [192.0.2.99]';
    for (const fields of [YAHOO.fields.toSpliced(2, 0, second), YAHOO.fields.toSpliced(3, 0, second)]) {
      expect(told(evidenceOf(fields, mailbox('yahoo')))).toMatchObject({ ignored: ['address-mismatch'] });
    }
  });

  it('compares addresses parsed', () => {
    const fields = YAHOO.fields.map((line) =>
      line.startsWith('X-Originating')
        ? 'X-Originating-Ip: [2001:0DB8::0:25]'
        : line.replace('from 192.0.2.25', 'from 2001:db8::25'),
    );
    expect(told(evidenceOf(fields, mailbox('yahoo')))).toMatchObject({ dmarc: 'pass' });
  });
});

it('an export of Proton with its results below all Received reports nothing', () => {
  const results = PROTON.fields.filter((line) => line.startsWith('Authentication-Results'));
  const others = PROTON.fields.filter((line) => !line.startsWith('Authentication-Results'));
  const evidence = evidenceOf([...others, ...results], mailbox('proton'));
  expect(told(evidence)).toEqual({
    basis: null,
    profile: 'proton',
    dmarc: null,
    ignored: ['below-border', 'below-border', 'below-border'],
  });
});
