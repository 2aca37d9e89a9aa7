import { describe, expect, it } from 'vitest';
import type { GatewayInFront, Receiver, TrustedServer } from '../../../../lib/engine/authres/evidence.ts';
import { gmailBlock, microsoftBlock, type Row, rows } from '../kit.ts';
import { changed, evidenceOf, result, told } from './trust-kit.ts';

const GATEWAY: TrustedServer = { id: 'gw.lakeside.example', ranges: ['192.0.2.0/24', '2001:db8::/32'] };
const AT_GMAIL: Receiver = { id: 'gmail', basis: 'mailbox', trusted: [GATEWAY] };
const AT_MICROSOFT: Receiver = { id: 'outlook', basis: 'mailbox', trusted: [GATEWAY] };
const DATE = 'Fri, 20 Nov 2026 07:04:10 +0000';

/** Gmail's block as it stands behind a gateway: SPF is judged for the address before it, DMARC is not. */
const GMAIL_BEHIND = changed(
  gmailBlock({ ip: '192.0.2.25', results: ['spf=pass smtp.mailfrom=a@bank.example'] }),
  7,
  () => 'Received-SPF: pass (google.com: ok) client-ip=203.0.113.7;',
).map((line) => line.replace('from mail.bank.example', 'from out.gw.lakeside.example'));
const MICROSOFT_BEHIND = microsoftBlock({
  ip: '192.0.2.25',
  results: ['dmarc=fail action=oreject header.from=bank.example'],
});
const OWN = result(
  'gw.lakeside.example',
  'spf=pass smtp.mailfrom=bounce@bank.example; dmarc=pass header.from=bank.example',
);
const ENTRY = `Received: from mail.bank.example (mail.bank.example [203.0.113.7]) by gw.lakeside.example with ESMTPS id 9; ${DATE}`;
const INSIDE = `Received: from filter (localhost [127.0.0.1]) by gw.lakeside.example with ESMTP id 8; ${DATE}`;

describe('a gateway that is named and truly handed the mail over', () => {
  it.each(
    rows<Row & { block: readonly string[]; receiver: Receiver; fields: readonly string[]; at: number }>([
      { why: 'in front of Gmail', block: GMAIL_BEHIND, receiver: AT_GMAIL, fields: [OWN, ENTRY], at: 10 },
      {
        why: 'in front of Microsoft',
        block: MICROSOFT_BEHIND,
        receiver: AT_MICROSOFT,
        fields: [OWN, ENTRY],
        at: 6,
      },
      {
        why: 'with hops of its own inside',
        block: GMAIL_BEHIND,
        receiver: AT_GMAIL,
        fields: [INSIDE, OWN, ENTRY],
        at: 11,
      },
      {
        why: 'with a hop inside from one of its own addresses',
        block: GMAIL_BEHIND,
        receiver: AT_GMAIL,
        fields: [INSIDE.replace('127.0.0.1', '192.0.2.9'), OWN, ENTRY],
        at: 11,
      },
      {
        why: 'with the name of its host, told by its HELO, in place of its id',
        block: GMAIL_BEHIND,
        receiver: AT_GMAIL,
        fields: [OWN, ENTRY.replace('by gw.lakeside.example', 'by OUT.gw.lakeside.example')],
        at: 10,
      },
    ]),
  )('is believed %s', (_, { block, receiver, fields, at }) => {
    const evidence = evidenceOf([...block, ...fields], receiver);
    expect(told(evidence)).toEqual({
      basis: 'mailbox',
      profile: 'gw.lakeside.example',
      dmarc: 'pass',
      ignored: [expect.stringMatching(/^(?:other-id|address-mismatch)$/)],
    });
    expect(evidence).toMatchObject({
      authservId: 'gw.lakeside.example',
      border: { field: at, address: '203.0.113.7', helo: 'mail.bank.example' },
      mailFrom: { address: 'bounce@bank.example', isNull: false },
      gateway: false,
      gatewayInFront: { kind: 'believed', id: 'gw.lakeside.example' },
      absentDmarcMeansNone: false,
      origin: 'delivered',
    });
  });

  it('in a file is what the file says', () => {
    const evidence = evidenceOf([...GMAIL_BEHIND, OWN, ENTRY], {
      id: 'detect',
      basis: 'file',
      trusted: [GATEWAY],
    });
    expect(told(evidence)).toMatchObject({ basis: 'file', dmarc: 'pass' });
  });

  it.each(
    rows<Row & { fields: readonly string[]; ignored: readonly string[] }>([
      {
        why: 'its result stands below its border',
        fields: [ENTRY, OWN],
        ignored: ['address-mismatch', 'other-id'],
      },
      {
        why: 'a field stands between',
        fields: [OWN, 'X-Other: 1', ENTRY],
        ignored: ['address-mismatch', 'other-id'],
      },
      {
        why: 'a foreign hop stands above its border',
        fields: [ENTRY.replace('by gw.', 'by evil.'), OWN, ENTRY],
        ignored: ['address-mismatch', 'other-id'],
      },
      { why: 'it wrote no hop', fields: [OWN], ignored: ['address-mismatch', 'other-id'] },
      {
        why: 'its result is about another From',
        fields: [OWN.replace('header.from=bank', 'header.from=evil'), ENTRY],
        ignored: ['address-mismatch', 'from-mismatch'],
      },
      {
        why: 'its hop has a look-alike name',
        fields: [OWN, ENTRY.replace('by gw.lakeside', 'by gw.lakeslde')],
        ignored: ['address-mismatch', 'other-id'],
      },
      { why: 'it wrote no result', fields: [ENTRY], ignored: ['address-mismatch'] },
    ]),
  )('is silent where %s', (_, { fields, ignored }) => {
    const evidence = evidenceOf([...GMAIL_BEHIND, ...fields], AT_GMAIL);
    expect(told(evidence)).toEqual({ basis: null, profile: 'gmail', dmarc: null, ignored });
    expect(evidence).toMatchObject({
      gateway: true,
      gatewayInFront: { kind: 'silent', id: 'gw.lakeside.example' },
    });
  });

  it('leaves the mailbox’s own result standing where it is silent', () => {
    const evidence = evidenceOf([...MICROSOFT_BEHIND, ENTRY], AT_MICROSOFT);
    expect(told(evidence)).toMatchObject({ basis: 'mailbox', profile: 'microsoft', dmarc: 'fail' });
  });
});

describe('mail that goes past the gateway', () => {
  const DIRECT = gmailBlock({
    ip: '198.51.100.66',
    results: ['spf=fail smtp.mailfrom=a@bank.example', 'dmarc=fail header.from=bank.example'],
  });

  it('keeps the mailbox’s own result, whatever it brings along', () => {
    const evidence = evidenceOf([...DIRECT, OWN, ENTRY], AT_GMAIL);
    expect(told(evidence)).toEqual({
      basis: 'mailbox',
      profile: 'gmail',
      dmarc: 'fail',
      ignored: ['gateway-bypassed'],
    });
    expect(evidence.gatewayInFront).toEqual({ kind: 'bypassed', id: 'gw.lakeside.example' });
  });

  it('is told of only where it brings the gateway’s results along', () => {
    expect(evidenceOf([...DIRECT, ENTRY], AT_GMAIL).gatewayInFront).toEqual({ kind: 'none' });
  });

  it.each(
    rows<Row & { fields: readonly string[]; trusted: readonly TrustedServer[]; because: string }>([
      {
        why: 'a quoted id is another’s',
        fields: [OWN.replace('gw.lakeside.example', '"gw.lakeside.example"')],
        trusted: [GATEWAY],
        because: 'other-id',
      },
      {
        why: 'a copy of a result is another’s',
        fields: [OWN.replace('Results', 'Results-Original')],
        trusted: [GATEWAY],
        because: 'other-id',
      },
      {
        why: 'a receiver of one’s own is no gateway',
        fields: [OWN],
        trusted: [{ id: GATEWAY.id, ranges: [] }],
        because: 'other-id',
      },
    ]),
  )('%s', (_, { fields, trusted, because }) => {
    const evidence = evidenceOf([...DIRECT, ...fields], { ...AT_GMAIL, trusted });
    expect(told(evidence)).toMatchObject({ dmarc: 'fail', ignored: [because] });
    expect(evidence.gatewayInFront).toEqual({ kind: 'none' });
  });
});

it('a result above the mailbox’s border is nobody’s that went past the gateway', () => {
  const block = microsoftBlock({ ip: '198.51.100.66', results: ['dmarc=fail header.from=bank.example'] });
  const evidence = evidenceOf([OWN, ...block], AT_MICROSOFT);
  expect(told(evidence)).toMatchObject({ dmarc: 'fail', ignored: ['other-id'] });
  expect(evidence.gatewayInFront).toEqual({ kind: 'none' });
});

describe('a gateway that nobody named', () => {
  const FAIL = gmailBlock({ results: ['dmarc=fail header.from=bank.example'] });
  const UNNAMED: Receiver = { id: 'gmail', basis: 'mailbox' };
  const HOP = `Received: from a.example (a.example [203.0.113.7]) by mx0a-1.pphosted.com with ESMTP; ${DATE}`;

  it.each(
    rows<Row & { fields: readonly string[]; front: GatewayInFront }>([
      {
        why: 'is told by its service’s id',
        fields: [result('ppops.net'), HOP],
        front: { kind: 'unnamed', id: 'ppops.net' },
      },
      {
        why: 'may write below its own hop',
        fields: [HOP, result('relay.mimecast.com')],
        front: { kind: 'unnamed', id: 'relay.mimecast.com' },
      },
      {
        why: 'may have its result renamed by Microsoft',
        fields: [result('ppops.net').replace('Results', 'Results-Original'), HOP],
        front: { kind: 'unnamed', id: 'ppops.net' },
      },
      {
        why: 'is the sender’s where it stands further below',
        fields: [HOP, HOP, result('ppops.net')],
        front: { kind: 'none' },
      },
      { why: 'has no look-alike', fields: [result('xppops.net'), HOP], front: { kind: 'none' } },
      { why: 'is no other server', fields: [result('mx.a.example'), HOP], front: { kind: 'none' } },
    ]),
  )('%s, and never believed', (_, { fields, front }) => {
    const evidence = evidenceOf([...FAIL, ...fields], UNNAMED);
    expect(told(evidence)).toMatchObject({ basis: 'mailbox', dmarc: 'fail' });
    expect(evidence).toMatchObject({ gatewayInFront: front, gateway: false });
  });

  it('shows in Gmail’s own result, without a name', () => {
    const evidence = evidenceOf(GMAIL_BEHIND, UNNAMED);
    expect(evidence).toMatchObject({ gateway: true, gatewayInFront: { kind: 'unnamed', id: null } });
  });
});
