/** Letters of bank.example as receivers take them in; nothing in them is signed. */

const LETTER = [
  'Date: Fri, 20 Nov 2026 08:04:12 +0100',
  'From: Bank <statements@bank.example>',
  'To: Naomi <naomi@lakeside.example>',
  'Subject: Your statement',
  'Message-ID: <1@bank.example>',
  '',
  'Hello',
  '',
];

function message(...fields: readonly string[]): string {
  return [...fields, ...LETTER].join('\r\n');
}

/** Gmail's block: who handed the mail over, whom SPF was judged for, and the results. */
function gmailBlock(server: string, clientIp: string, results: string): readonly string[] {
  return [
    'Delivered-To: naomi@lakeside.example',
    'Return-Path: <bounce@mail.bank.example>',
    `Received: from ${server} (${server}. [192.0.2.25])\r\n by mx.google.com with ESMTPS id 16de90e3;\r\n Thu, 19 Nov 2026 23:04:16 -0800 (PST)`,
    `Received-SPF: pass (google.com: permitted sender) client-ip=${clientIp};`,
    `Authentication-Results: mx.google.com; ${results}`,
  ];
}

const SPF = 'spf=pass smtp.mailfrom=bounce@mail.bank.example';

/** Taken by Gmail from 192.0.2.25, with MAIL FROM `bounce@mail.bank.example`. */
export const AT_GMAIL = message(
  ...gmailBlock('mail.bank.example', '192.0.2.25', `${SPF}; dmarc=pass header.from=bank.example`),
);

/** Taken by Gmail from a gateway at 192.0.2.25, which found a DMARC fail; Gmail judges no DMARC then. */
export const BEHIND_GATEWAY = message(
  ...gmailBlock('out.gw.lakeside.example', '203.0.113.7', SPF),
  'Authentication-Results: gw.lakeside.example; dmarc=fail header.from=bank.example',
  'Received: from mail.bank.example (mail.bank.example [203.0.113.7])\r\n by gw.lakeside.example with ESMTPS id 9; Fri, 20 Nov 2026 07:04:10 +0000',
);

/** A perfect block of one's own server, which anybody can write into a file. */
export const AT_OWN_SERVER = message(
  'Authentication-Results: mx.lakeside.example; dmarc=pass header.from=bank.example',
  'Received: from a.example (a.example [192.0.2.25])\r\n by mx.lakeside.example with ESMTPS id 1; Fri, 20 Nov 2026 07:04:10 +0000',
);
