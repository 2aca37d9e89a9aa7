import { describe, expect, it } from 'vitest';
import { GMAIL_MAILBOX, OUTLOOK_MAILBOX, type Row, rows } from '../kit.ts';
import { changed, evidenceOf, GMAIL_FORGED, MICROSOFT_FORGED, result, told, without } from './trust-kit.ts';

const FROM = 'a@bücher.example';

/** The value as encoded words (RFC 2047), the second on a line of its own. */
function encoded(value: string): string {
  const words = [value.slice(0, 40), value.slice(40)].map(
    (part) => `=?utf-8?B?${Buffer.from(part, 'utf8').toString('base64')}?=`,
  );
  return `Authentication-Results: ${words.join('\r\n ')}`;
}

function microsoft(line: string): readonly string[] {
  return changed(MICROSOFT_FORGED, 2, () => line);
}

describe('Microsoft encodes its result whole where it names a domain that is not ASCII', () => {
  const said = 'spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=bücher.example;';

  it.each(
    rows<Row & { line: string; dmarc: string | null; ignored: readonly string[] }>([
      {
        why: 'it is read',
        line: encoded(`${said}dmarc=pass header.from=bücher.example`),
        dmarc: 'pass',
        ignored: [],
      },
      {
        why: 'an empty header.from is about nobody',
        line: encoded(`${said}dmarc=pass header.from=`),
        dmarc: null,
        ignored: ['from-mismatch'],
      },
      {
        why: 'another address is another border’s',
        line: encoded(`${said}dmarc=pass header.from=bücher.example`.replace('.25', '.99')),
        dmarc: null,
        ignored: ['address-mismatch'],
      },
      {
        why: 'an id within is no result of Microsoft’s',
        line: encoded(`mx.evil.example; ${said}dmarc=pass header.from=bücher.example`),
        dmarc: null,
        ignored: ['address-mismatch'],
      },
      {
        why: 'a charset that nobody knows stays as it is',
        line: 'Authentication-Results: =?x-none?B?c3BmPXBhc3M=?=',
        dmarc: null,
        ignored: ['address-mismatch'],
      },
    ]),
  )('%s', (_, { line, dmarc, ignored }) => {
    expect(told(evidenceOf(microsoft(line), OUTLOOK_MAILBOX, FROM))).toMatchObject({ dmarc, ignored });
  });
});

it('elsewhere an encoded id is another id', () => {
  const value = 'mx.google.com; dmarc=pass header.from=bank.example';
  const fields = changed(without(GMAIL_FORGED, /^ARC-/), 6, () => encoded(value));
  expect(told(evidenceOf(fields, GMAIL_MAILBOX))).toMatchObject({ basis: null, ignored: ['other-id'] });
  const named = { id: 'mx.lakeside.example', basis: 'mailbox' } as const;
  const border = 'Received: from a (a [192.0.2.1]) by mx.lakeside.example with SMTP; x';
  const own = result('=?utf-8?q?mx.lakeside.example?=');
  expect(told(evidenceOf([own, border], named))).toMatchObject({ basis: null, ignored: ['other-id'] });
});

describe('hops inside Microsoft', () => {
  it.each([
    'Received: from A.EXCHANGELABS.COM (2603:10a6:1::1) by B.EURPRD01.EXCHANGELABS.COM (2603:10a6:1::2) with HTTPS via Frontend Transport; x',
    'Received: from a.outlook.office365.com (2603:10a6:1::1) by b.exchangelabs.com with HTTPS via C.EURPRD01.PROD.OUTLOOK.COM; x',
    'Received: from a.outlook.office365.com (::1) by b.prod.outlook.com with HTTPS; x',
    'Received: from a (2603:10b6:408:fe::8) by b.outlook.office365.com (2603:10b6:1::9) with Microsoft SMTP Server (version=TLS1_2) id 15.20 via Frontend Transport; x',
  ])('%s', (hop) => {
    expect(told(evidenceOf([hop, ...MICROSOFT_FORGED], OUTLOOK_MAILBOX))).toMatchObject({ dmarc: 'pass' });
  });

  it.each([
    'Received: from a (2602:10a6:1::1) by b.exchangelabs.com with HTTPS; x',
    'Received: from a (2603:10a6:1::1) by b.exchangelabs.com.evil.example with HTTPS; x',
    'Received: from a (2603:10a6:1::1) by evilexchangelabs.com with HTTPS; x',
    'Received: from a by b.exchangelabs.com with HTTPS; x',
  ])('but not %s', (hop) => {
    expect(told(evidenceOf([hop, ...MICROSOFT_FORGED], OUTLOOK_MAILBOX))).toMatchObject({
      basis: null,
      ignored: ['no-border'],
    });
  });
});
