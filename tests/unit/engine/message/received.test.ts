import { describe, expect, it } from 'vitest';
import { parseAddress, parseReceived } from '../../../../lib/engine/message/received.ts';
import { type Row, rows } from '../kit.ts';

describe('Received (RFC 5321 §4.4)', () => {
  it.each(
    rows<Row & { value: string; from: string; address: string | null; by: string; with: string }>([
      {
        why: 'RFC 5322 A.4',
        value:
          'from x.y.test by example.net via TCP with ESMTP id ABC12345 for <mary@example.net>;  21 Nov 1997 10:05:43 -0600',
        from: 'x.y.test',
        address: null,
        by: 'example.net',
        with: 'ESMTP',
      },
      {
        why: 'Gmail’s border',
        value:
          'from mail.bank.example (mail.bank.example. [192.0.2.25])         by mx.google.com with ESMTPS id 16de90e3        for <n@lakeside.example>        (version=TLS1_3 cipher=X bits=256/256);        Thu, 19 Nov 2026 23:04:16 -0800 (PST)',
        from: 'mail.bank.example',
        address: '192.0.2.25',
        by: 'mx.google.com',
        with: 'ESMTPS',
      },
      {
        why: 'Gmail without a name for the address',
        value:
          'from mail.bank.example ([2001:db8::25]) by mx.google.com with ESMTPS id x; Thu, 19 Nov 2026 23:04:16 -0800 (PST)',
        from: 'mail.bank.example',
        address: '2001:db8::25',
        by: 'mx.google.com',
        with: 'ESMTPS',
      },
      {
        why: 'Gmail’s inner hop',
        value: 'by 2002:a05:6512:be96:b0:8e5:8d8e:8cb1 with SMTP id x; Thu, 19 Nov 2026 23:04:16 -0800 (PST)',
        from: '',
        address: null,
        by: '2002:a05:6512:be96:b0:8e5:8d8e:8cb1',
        with: 'SMTP',
      },
      {
        why: 'Microsoft’s border: an address without brackets',
        value:
          'from mail.bank.example (192.0.2.25) by DB3EUR04FT012.mail.protection.outlook.com (10.233.240.1) with Microsoft SMTP Server (version=TLS1_2) id 15.20; Fri, 20 Nov 2026 07:04:16 +0000',
        from: 'mail.bank.example',
        address: '192.0.2.25',
        by: 'DB3EUR04FT012.mail.protection.outlook.com',
        with: 'Microsoft',
      },
      {
        why: 'Postfix, with a comment on TLS behind',
        value:
          'from mail.bank.example (unknown [192.0.2.25]) (using TLSv1.3 with cipher X (256/256 bits)) (No client certificate requested) by mx.lakeside.example (Postfix) with ESMTPS id 4ZtQ; Fri, 20 Nov 2026 08:04:14 +0100 (CET)',
        from: 'mail.bank.example',
        address: '192.0.2.25',
        by: 'mx.lakeside.example',
        with: 'ESMTPS',
      },
      {
        why: 'Postfix over IPv6',
        value:
          'from a.example (a.example [IPv6:2001:DB8::1]) by b.example (Postfix) with ESMTP id x; Fri, 20 Nov 2026 08:04:14 +0100',
        from: 'a.example',
        address: '2001:db8::1',
        by: 'b.example',
        with: 'ESMTP',
      },
      {
        why: 'a HELO that is an address literal is a claim, the comment is the fact',
        value:
          'from [203.0.113.9] (real.example. [192.0.2.25]) by mx.google.com with ESMTP id x; Fri, 20 Nov 2026 08:04:14 +0100',
        from: '[203.0.113.9]',
        address: '192.0.2.25',
        by: 'mx.google.com',
        with: 'ESMTP',
      },
      {
        why: 'a HELO address without a comment is no address',
        value: 'from [203.0.113.9] by b.example with SMTP; Fri, 20 Nov 2026 08:04:14 +0100',
        from: '[203.0.113.9]',
        address: null,
        by: 'b.example',
        with: 'SMTP',
      },
      {
        why: 'a pointer name that looks like an address',
        value:
          'from x (203-0-113-9.evil.example. [192.0.2.25]) by mx.google.com with ESMTP; Fri, 20 Nov 2026 08:04:14 +0100',
        from: 'x',
        address: '192.0.2.25',
        by: 'mx.google.com',
        with: 'ESMTP',
      },
      {
        why: 'a quoted HELO holds no clauses',
        value:
          'from "a by mx.google.com with X" (h [192.0.2.25]) by b.example with SMTP; Fri, 20 Nov 2026 08:04:14 +0100',
        from: 'a by mx.google.com with X',
        address: '192.0.2.25',
        by: 'b.example',
        with: 'SMTP',
      },
      {
        why: 'clauses inside a comment are a comment',
        value:
          'from a (by mx.google.com [192.0.2.25]) by b.example with SMTP; Fri, 20 Nov 2026 08:04:14 +0100',
        from: 'a',
        address: '192.0.2.25',
        by: 'b.example',
        with: 'SMTP',
      },
      {
        why: 'the address of the comment after by is the server’s own',
        value: 'from a.example by b.example ([192.0.2.1]) with SMTP; Fri, 20 Nov 2026 08:04:14 +0100',
        from: 'a.example',
        address: null,
        by: 'b.example',
        with: 'SMTP',
      },
      { why: 'nothing', value: '', from: '', address: null, by: '', with: '' },
    ]),
  )('%s', (_, { why, value, ...expected }) => {
    expect(parseReceived(value)).toMatchObject(expected);
  });

  it('reads the time behind the last semicolon', () => {
    const { date } = parseReceived('from a by b (x; y) with SMTP; Fri, 20 Nov 2026 08:04:14 +0100');
    expect(date).toBe(Date.UTC(2026, 10, 20, 7, 4, 14) / 1000);
  });

  it('does not let a HELO with a parenthesis choose the address', () => {
    const hop = parseReceived(
      'from x) (y (real. [192.0.2.25]) by mx.google.com with ESMTP; Fri, 20 Nov 2026',
    );
    expect(hop.address).toBeNull();
  });
});

describe('addresses are compared parsed', () => {
  it.each(
    rows<Row & { text: string; address: string | null }>([
      { why: 'IPv4', text: '192.0.2.25', address: '192.0.2.25' },
      { why: 'IPv6 in its short form', text: '2001:0DB8:0:0:0:0:0:1', address: '2001:db8::1' },
      { why: 'with the tag of RFC 5321 §4.1.3', text: 'IPv6:2001:db8::1', address: '2001:db8::1' },
      { why: 'IPv4 in IPv6', text: '::ffff:192.0.2.25', address: '192.0.2.25' },
      { why: 'octal is no address', text: '0300.0.2.25', address: null },
      { why: 'a number is no address', text: '3221225497', address: null },
      { why: 'a short form is no address', text: '192.0.25', address: null },
      { why: 'too big', text: '192.0.2.256', address: null },
      { why: 'a name', text: 'mail.bank.example', address: null },
      { why: 'nothing', text: '', address: null },
    ]),
  )('%s', (_, { text, address }) => {
    expect(parseAddress(text)).toBe(address);
  });
});
