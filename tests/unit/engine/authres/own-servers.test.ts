import { describe, expect, it } from 'vitest';
import type { Receiver } from '../../../../lib/engine/index.ts';
import { type Row, rows } from '../kit.ts';
import { evidenceOf, GMAIL_FORGED, result, told } from './trust-kit.ts';

const BORDER =
  'Received: from a.example (a.example [192.0.2.25]) by mx1.lakeside.example with ESMTPS id 1; x';

function files(...ids: readonly string[]): Receiver {
  return { id: 'detect', basis: 'file', trusted: ids.map((id) => ({ id, ranges: [] })) };
}

describe('receivers of one’s own are recognised by their results', () => {
  it.each(
    rows<Row & { fields: readonly string[]; receiver: Receiver; profile: string | null }>([
      {
        why: 'by the id',
        fields: [result('mx1.lakeside.example'), BORDER],
        receiver: files('mx1.lakeside.example'),
        profile: 'mx1.lakeside.example',
      },
      {
        why: 'by a pattern',
        fields: [result('mx1.lakeside.example'), BORDER],
        receiver: files('*.lakeside.example'),
        profile: '*.lakeside.example',
      },
      {
        why: 'the second of two',
        fields: [result('mx1.lakeside.example'), BORDER],
        receiver: files('a.example', 'mx1.lakeside.example'),
        profile: 'mx1.lakeside.example',
      },
      {
        why: 'not where they wrote none: any trace would fit',
        fields: [result('b.example'), BORDER],
        receiver: files('mx1.lakeside.example'),
        profile: null,
      },
      {
        why: 'not where a gateway is named',
        fields: [result('mx1.lakeside.example'), BORDER],
        receiver: {
          ...files(),
          trusted: [{ id: 'mx1.lakeside.example', ranges: ['192.0.2.0/24'] }],
        },
        profile: null,
      },
      {
        why: 'behind Gmail, whose way of writing is its own',
        fields: [...GMAIL_FORGED, result('mx1.lakeside.example'), BORDER],
        receiver: files('mx1.lakeside.example'),
        profile: 'gmail',
      },
    ]),
  )('%s', (_, { fields, receiver, profile }) => {
    expect(told(evidenceOf(fields, receiver))).toMatchObject({
      profile,
      basis: profile === null ? null : 'file',
    });
  });

  it('and one that is named is believed as the reader says', () => {
    const receiver: Receiver = { id: '*.lakeside.example', basis: 'mailbox' };
    expect(told(evidenceOf([result('mx1.lakeside.example'), BORDER], receiver))).toMatchObject({
      basis: 'mailbox',
      dmarc: 'pass',
    });
  });
});
