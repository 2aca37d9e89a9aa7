// Holds the signer and every sample against mailauth: another verifier must see what the samples claim.
import type { KeyObject } from 'node:crypto';
import process from 'node:process';
import { arc } from 'mailauth/lib/arc/index.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import { allSamples } from '../fixtures/sample-source/all.ts';
import { keyEntry, keys, NOW, type Sample, type Zone } from '../fixtures/sample-source/sample.ts';
import { type Canonicalization, dkimSignature } from './sign.ts';

let failures = 0;

function check(what: string, found: unknown, expected: unknown): void {
  const same = JSON.stringify(found) === JSON.stringify(expected);
  if (!same) failures += 1;
  console.log(
    `${same ? 'ok  ' : 'FAIL'} ${what}: ${JSON.stringify(found)}${same ? '' : `, not ${JSON.stringify(expected)}`}`,
  );
}

function dnsError(code: 'ENOTFOUND' | 'ENODATA', name: string): Error {
  return Object.assign(new Error(`${code} ${name}`), { code });
}

/** A test zone behind the shape of `dns.promises.resolve`. */
function resolverOf(zone: Zone) {
  return async (name: string, type: string): Promise<string[][] | string[]> => {
    const entry = zone[name.toLowerCase()];
    if (entry === undefined) throw dnsError('ENOTFOUND', name);
    const { TXT, A, AAAA, MX } = typeof entry === 'string' ? { TXT: [entry] } : { ...entry };
    const answers = {
      TXT: TXT?.map((record) => (typeof record === 'string' ? [record] : [...record])),
      A,
      AAAA,
      MX: MX?.map(([priority, exchange]) => ({ priority, exchange })),
    }[type];
    if (answers === undefined) throw dnsError('ENODATA', name);
    // mailauth declares string answers only, and takes MX objects as node:dns gives them.
    return answers as string[];
  };
}

async function signatures(message: string, zone: Zone, time = NOW) {
  return dkimVerify(Buffer.from(message, 'latin1'), {
    resolver: resolverOf(zone),
    curTime: new Date(time * 1000),
  });
}

type Signatures = Awaited<ReturnType<typeof signatures>>;

/** `none` is mailauth's result for a message without a signature. */
function states({ results }: Signatures): string[] {
  return results
    .filter(({ status }) => status.result !== 'none')
    .map(({ status }) => (status.result === 'pass' ? 'pass' : (status.comment ?? String(status.result))));
}

async function proveSample(sample: Sample): Promise<void> {
  const { name, message, zone, zoneThen, timeThen, client, expect } = sample;
  const resolver = resolverOf(zone);
  const verified = await signatures(message, zone);
  check(`${name} DKIM`, states(verified), expect.dkim);
  if (zoneThen !== undefined || timeThen !== undefined) {
    const then = states(await signatures(message, zoneThen ?? zone, timeThen));
    check(
      `${name} DKIM at delivery`,
      then,
      expect.dkim.map(() => 'pass'),
    );
  }
  // Gmail seals what it takes in, and what was sealed before must hold under it.
  // mailauth hands on what it takes in, under another type.
  const chain = await arc(verified.arc as Parameters<typeof arc>[0], { resolver });
  check(`${name} ARC`, chain.status?.result ?? 'none', client === undefined ? 'none' : 'pass');
  const sender =
    client === undefined
      ? null
      : await spf({ ...client, sender: client.mailFrom, mta: 'mx.google.com', resolver });
  check(`${name} SPF`, sender?.status.result ?? 'none', expect.spf);
  const passing = verified.results.filter(({ status }) => status.result === 'pass');
  const policy = await dmarc({
    headerFrom: verified.headerFrom,
    fromFields: verified.fromFields,
    // For a null sender this is the HELO name.
    spfDomains: sender?.status.result === 'pass' ? [sender.domain] : [],
    dkimDomains: passing.map(({ id = '', signingDomain = '' }) => ({ id, domain: signingDomain })),
    resolver,
  });
  check(`${name} DMARC`, policy === false ? 'not applicable' : policy.status.result, expect.dmarc);
  const lines = message.split('\r\n');
  const odd = lines.filter((line) => /[\r\n\u0080-\uffff]/.test(line) || line.length > 998);
  check(`${name} lines`, odd, []);
}

const HEAD = [
  'Received: from a.example (a.example [192.0.2.1])\r\n\tby b.example; Fri, 20 Nov 2026 08:00:00 +0000',
  'From:  Signer \t <signer@sign.example>',
  'SUBJECT: one\r\n\t two  three ',
  'Subject: another \u00e0',
  'To: reader@lakeside.example',
];
const BODIES = [
  '',
  '\r\n\r\n',
  'no line end',
  'a  b\t \r\n \r\n\r\nc \r\n\r\n',
  'gr\u00fc\u00dfe \u661f\r\n',
];

async function proveSigner(key: KeyObject, mode: Canonicalization, body: string): Promise<void> {
  const message = Buffer.from(`${HEAD.join('\r\n')}\r\n\r\n${body}`, 'utf8');
  const zone: Zone = { 'k._domainkey.sign.example': keyEntry(key) };
  const options = { key, domain: 'sign.example', selector: 'k', header: mode, body: mode };
  const headers = ['From', 'Subject', 'Subject', 'Subject', 'To', 'Cc'];
  const variants = [
    {},
    { time: NOW - 60, expires: NOW + 60, identity: 'me@news.sign.example' },
    { length: Math.min(2, body.length) },
  ];
  for (const variant of variants) {
    const signature = dkimSignature(message, { ...options, ...variant, headers });
    const whole = (original: Buffer) => `${signature}\r\n${original.toString('latin1')}`;
    const label = `${key.asymmetricKeyType} ${mode} ${Object.keys(variant).join(' ')} ${JSON.stringify(body)}`;
    check(label, states(await signatures(whole(message), zone)), ['pass']);
    const subject = Buffer.from(message.toString('latin1').replace('another', 'an other'), 'latin1');
    check(`${label} with another subject`, states(await signatures(whole(subject), zone)), ['bad signature']);
  }
}

for (const sample of allSamples()) await proveSample(sample);
for (const key of [keys.rsaA, keys.rsaB, keys.rsa1024, keys.ed25519]) {
  for (const mode of ['relaxed', 'simple'] as const) {
    for (const body of BODIES) await proveSigner(key, mode, body);
  }
}
console.log(failures === 0 ? 'everything agrees' : `${failures} do not agree`);
process.exitCode = failures === 0 ? 0 : 1;
