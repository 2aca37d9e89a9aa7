/** What is measured: a newsletter as it lies in a Gmail mailbox, the zone that it needs, and three ways to verify it. */

import { arc as theirArc } from 'mailauth/lib/arc/index.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc as theirDmarc } from 'mailauth/lib/dmarc/index.js';
import { spf as theirSpf } from 'mailauth/lib/spf/index.js';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { canonicalBody } from '../../lib/engine/dkim/canonicalize.ts';
import { signedHeader } from '../../lib/engine/dkim/content.ts';
import { parseSignature } from '../../lib/engine/dkim/signature.ts';
import type { Answer, Examination, Ports } from '../../lib/engine/index.ts';
import { fieldsNamed, splitMessage } from '../../lib/engine/message/split.ts';
import { decodeBase64 } from '../../lib/engine/octets.ts';
import { nodeResolver } from '../differential/node-resolver.ts';
import { keyEntry, keys, NOW } from '../fixtures/sample-source/sample.ts';
import { dkimSignature, keyRecord } from '../scripts/sign.ts';
import { loadShipped } from './shipped.ts';

const CLIENT = { ip: '192.0.2.25', helo: 'out.mailer.example', mailFrom: 'bounce@shop.example' };

const ZONE = {
  's1._domainkey.shop.example': keyEntry(keys.rsaA),
  '_dmarc.shop.example': 'v=DMARC1; p=reject; rua=mailto:dmarc@shop.example',
  'shop.example': 'v=spf1 ip4:198.51.100.0/24 include:_spf.crm.example include:_spf.mailer.example ~all',
  '_spf.crm.example': 'v=spf1 ip4:203.0.113.0/24 -all',
  '_spf.mailer.example': 'v=spf1 include:_pool.mailer.example -all',
  '_pool.mailer.example': 'v=spf1 ip4:192.0.2.0/24 -all',
  'out.mailer.example': { A: [CLIENT.ip] },
};

/** HTML as shops send it: mostly one space between words, and indentation that the relaxed form takes away. */
function bodyOf(octets: number): string {
  const row = (index: number): string =>
    [
      `    <tr class="row">`,
      `      <td style="padding: 4px 8px">Article ${index}, in every size and colour</td>`,
      `      <td><a href="https://shop.example/article/${index}?from=mail">Look at it</a></td>`,
      `    </tr>`,
      '',
    ].join('\r\n');
  let body = '<!doctype html>\r\n<table>\r\n';
  for (let index = 0; body.length < octets; index++) body += row(index);
  return `${body}</table>\r\n`;
}

function letter(): string {
  const fields = [
    'Date: Fri, 20 Nov 2026 08:04:12 +0100',
    'From: Shop <news@shop.example>',
    'To: Naomi <naomi@lakeside.example>',
    'Subject: =?UTF-8?Q?Everything_for_winter?=',
    'Message-ID: <1@shop.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'List-Unsubscribe: <https://shop.example/leave>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ];
  return `${fields.join('\r\n')}\r\n\r\n${bodyOf(32_000)}`;
}

/** What Gmail writes in front, without a seal: one signature is to be verified. */
function gmailBlock({ ip, helo, mailFrom }: typeof CLIENT): string {
  return [
    'Delivered-To: naomi@lakeside.example',
    'Received: by 2002:a05:7300:ef22:b0:7c3:d65b:51c4 with SMTP id jtdcsp5992788oyo;\r\n        Thu, 19 Nov 2026 23:04:17 -0800 (PST)',
    'X-Received: by 2002:a05:6512:be96:b0:8e5:8d8e:8cb1 with SMTP id 16de90e3;\r\n        Thu, 19 Nov 2026 23:04:16 -0800 (PST)',
    `Return-Path: <${mailFrom}>`,
    `Received: from ${helo} (${helo}. [${ip}])\r\n        by mx.google.com with ESMTPS id 16de90e3;\r\n        Thu, 19 Nov 2026 23:04:16 -0800 (PST)`,
    `Received-SPF: pass (google.com: domain of ${mailFrom} designates ${ip} as permitted sender) client-ip=${ip};`,
    `Authentication-Results: mx.google.com;\r\n       dkim=pass header.i=@shop.example header.s=s1;\r\n       spf=pass (google.com: domain of ${mailFrom} designates ${ip} as permitted sender) smtp.mailfrom=${mailFrom};\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=shop.example`,
  ].join('\r\n');
}

function signedLetter(): string {
  const message = letter();
  const headers = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'From'];
  return `${dkimSignature(message, { key: keys.rsaA, domain: 'shop.example', selector: 's1', headers })}\r\n${message}`;
}

export const MAIL = new Uint8Array(Buffer.from(`${gmailBlock(CLIENT)}\r\n${signedLetter()}`, 'latin1'));

const { examine, platformPorts } = await loadShipped();

export const resolve: Ports['resolve'] = zoneResolver(readZone(ZONE));

/** The whole evaluation as the worker does it. */
export async function ours(ports: Ports): Promise<Examination> {
  const source = { octets: MAIL, completeness: 'full', receiver: { id: 'gmail', basis: 'mailbox' } } as const;
  const examined = await examine(source, ports);
  if (examined.kind === 'no-message') throw new Error(examined.why);
  return examined.examination;
}

export function portsOver(resolver: Ports['resolve']): Ports {
  return platformPorts(resolver, () => NOW);
}

export interface TheirOpinion {
  readonly dkim: string;
  readonly spf: string;
  readonly arc: string;
  readonly dmarc: string;
}

/**
 * The checks of mailauth's `authenticate` but BIMI, in its order; the whole of it needs a newer Node than the parts.
 */
export async function mailauth(ask: Ports['resolve']): Promise<TheirOpinion> {
  const { ip, helo, mailFrom } = CLIENT;
  const resolver = nodeResolver(ask);
  const verified = await dkimVerify(Buffer.from(MAIL), {
    resolver,
    sender: mailFrom,
    curTime: new Date(NOW * 1000),
  });
  const sender = await theirSpf({ ip, helo, sender: mailFrom, mta: 'mx.google.com', resolver });
  const chain = await theirArc(verified.arc as Parameters<typeof theirArc>[0], { resolver });
  const passing = verified.results.filter(({ status }) => status.result === 'pass');
  const policy = await theirDmarc({
    headerFrom: verified.headerFrom,
    fromFields: verified.fromFields,
    spfDomains: sender.status.result === 'pass' ? [sender.domain] : [],
    dkimDomains: passing.map(({ id = '', signingDomain = '' }) => ({ id, domain: signingDomain })),
    arcResult: chain,
    resolver,
  });
  return {
    dkim: verified.results.map(({ status }) => status.result).join(),
    spf: sender.status.result,
    arc: chain.status.result,
    dmarc: policy === false ? 'none' : policy.status.result,
  };
}

/** The cryptography that no verifier can do without: one digest of the canonical body, one key, one signature. */
export function bareCrypto(): () => Promise<boolean> {
  const split = splitMessage(MAIL);
  if (split.kind === 'no-message') throw new Error(split.why);
  const { message } = split;
  const [field = -1] = fieldsNamed(message, 'dkim-signature');
  const parsed = parseSignature(message.fields[field]?.raw ?? '', portsOver(resolve));
  const spki = decodeBase64(keyRecord(keys.rsaA).replace(/^.*p=/, ''));
  if (parsed.kind === 'error' || spki === null) throw new Error('no signature to verify');
  const { signature } = parsed;
  const body = canonicalBody(message.body, signature.bodyCanonicalization);
  const header = signedHeader(message, field, signature);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return async () => {
    await crypto.subtle.digest('SHA-256', body);
    const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
    return crypto.subtle.verify(algorithm.name, key, signature.signature, header);
  };
}

/** Every answer comes after `delay` milliseconds, and none is remembered. */
export function slowly(ask: Ports['resolve'], delay: number): Ports['resolve'] {
  return async (name, type) => {
    await new Promise((done) => setTimeout(done, delay));
    return ask(name, type);
  };
}

/** Keeps what is asked, in its order. */
export function recording(ask: Ports['resolve']): { asked: Answer[]; resolve: Ports['resolve'] } {
  const asked: Answer[] = [];
  return {
    asked,
    resolve: async (name, type) => {
      const answer = await ask(name, type);
      asked.push(answer);
      return answer;
    },
  };
}
