/** What the engine's tests share: messages from lines, zones, ports, and the blocks that receivers write. */
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import {
  type Completeness,
  type Examination,
  examine,
  type FindingCode,
  type Ports,
  type Receiver,
} from '../../../lib/engine/index.ts';
import { type Message, splitMessage } from '../../../lib/engine/message/split.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';
import { NOW } from '../../fixtures/sample-source/sample.ts';

export { keyEntry, keys } from '../../fixtures/sample-source/sample.ts';

/** A row of a table test: every row says why it stands there. */
export interface Row {
  readonly why: string;
}

/** A row about the remarks on a record's text. */
export interface MarkedRow extends Row {
  readonly text: string;
  /** Code and the very characters that it points at. */
  readonly found: readonly (readonly [string, string])[];
  /** With everything mended; null where nothing is. */
  readonly mended: string | null;
}

/** Rows with their reason first, so that it becomes the title. */
export function rows<T extends Row>(table: readonly T[]): [string, T][] {
  return table.map((row) => [row.why, row]);
}

export function octets(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** Header fields and a body as they travel. */
export function mail(fields: readonly string[], body = 'Hello\r\n'): string {
  return `${fields.join('\r\n')}\r\n\r\n${body}`;
}

export function toMessage(text: string): Message {
  const split = splitMessage(octets(text));
  if (split.kind === 'no-message') throw new Error(`no message: ${split.why}`);
  return split.message;
}

/** Everything the engine asks for, over a test zone. */
export function portsOver(zone: Readonly<Record<string, unknown>> = {}, other: Partial<Ports> = {}): Ports {
  return { ...platformPorts(zoneResolver(readZone(zone)), () => NOW), ...other };
}

export const ports = portsOver();

interface Circumstances {
  readonly zone?: Readonly<Record<string, unknown>>;
  readonly receiver?: Receiver;
  readonly completeness?: Completeness;
  readonly ports?: Partial<Ports>;
  readonly onProgress?: (examination: Examination) => void;
}

export const GMAIL_MAILBOX: Receiver = { id: 'gmail', basis: 'mailbox' };
export const OUTLOOK_MAILBOX: Receiver = { id: 'outlook', basis: 'mailbox' };
export const A_FILE: Receiver = { id: 'detect', basis: 'file' };

/** Examines a message through the engine's own door. */
export async function look(text: string, circumstances: Circumstances = {}): Promise<Examination> {
  const { zone = {}, receiver = GMAIL_MAILBOX, completeness = 'full', onProgress } = circumstances;
  const source = { octets: octets(text), completeness, receiver };
  const examined = await examine(source, portsOver(zone, circumstances.ports), onProgress);
  if (examined.kind === 'no-message') throw new Error(`no message: ${examined.why}`);
  return examined.examination;
}

export function codes({ verdict }: Examination): readonly FindingCode[] {
  return verdict.findings.map(({ code }) => code);
}

interface Delivery {
  /** The address from which the receiver took the mail. */
  readonly ip?: string;
  readonly mailFrom?: string;
  /** Results as the receiver writes them, each `method=result …`. */
  readonly results: readonly string[];
}

/** The fields that Gmail puts before a message, from the top. */
export function gmailBlock({
  ip = '192.0.2.25',
  mailFrom = 'bounce@mail.bank.example',
  results,
}: Delivery): readonly string[] {
  const said = ['mx.google.com', ...results].join(';\r\n       ');
  return [
    'Delivered-To: naomi@lakeside.example',
    'Received: by 2002:a05:7300:ef22:b0:7c3:d65b:51c4 with SMTP id jtdcsp5992788oyo;\r\n        Thu, 19 Nov 2026 23:04:17 -0800 (PST)',
    'X-Received: by 2002:a05:6512:be96:b0:8e5:8d8e:8cb1 with SMTP id 16de90e3;\r\n        Thu, 19 Nov 2026 23:04:16 -0800 (PST)',
    'ARC-Seal: i=1; a=rsa-sha256; t=1795158256; cv=none;\r\n        d=google.com; s=arc-20240605; b=AAAA',
    `ARC-Authentication-Results: i=1; ${said}`,
    `Return-Path: <${mailFrom}>`,
    `Received: from mail.bank.example (mail.bank.example. [${ip}])\r\n        by mx.google.com with ESMTPS id 16de90e3;\r\n        Thu, 19 Nov 2026 23:04:16 -0800 (PST)`,
    `Received-SPF: pass (google.com: domain of ${mailFrom} designates ${ip} as permitted sender) client-ip=${ip};`,
    `Authentication-Results: ${said}`,
  ];
}

/** The fields that Exchange Online puts before a message, from the top. */
export function microsoftBlock({ ip = '192.0.2.25', results }: Delivery): readonly string[] {
  return [
    'Received: from DB9PR01.eurprd01.prod.outlook.com (2603:10a6:10:1::5) by\r\n VI1PR01.eurprd01.prod.outlook.com with HTTPS; Fri, 20 Nov 2026 07:04:18 +0000',
    'Received: from DB3EUR04.eop-eur04.prod.protection.outlook.com\r\n (2603:10a6:10:2::7) by DB9PR01.outlook.office365.com\r\n (2603:10a6:10:1::5) with Microsoft SMTP Server; Fri, 20 Nov 2026 07:04:17 +0000',
    `Authentication-Results: spf=pass (sender IP is ${ip})\r\n smtp.mailfrom=mail.bank.example; ${results.join(';')}`,
    `Received: from mail.bank.example (${ip}) by\r\n DB3EUR04FT012.mail.protection.outlook.com (10.233.240.1) with Microsoft SMTP\r\n Server id 15.20; Fri, 20 Nov 2026 07:04:16 +0000`,
    'X-MS-Exchange-Organization-AuthAs: Anonymous',
  ];
}

/** What the sender wrote. */
export function letter(from = 'Bank <statements@bank.example>'): readonly string[] {
  return [
    'Date: Fri, 20 Nov 2026 08:04:12 +0100',
    `From: ${from}`,
    'To: Naomi <naomi@lakeside.example>',
    'Subject: Your statement',
    'Message-ID: <1@bank.example>',
  ];
}
