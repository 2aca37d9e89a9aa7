/** Signed messages, by a signer that shares no code with the engine. */
import { createHash, createSign, type KeyObject } from 'node:crypto';
import type { DkimCheck } from '../../../../lib/engine/index.ts';
import { dkimSignature } from '../../../scripts/sign.ts';
import { A_FILE, keyEntry, keys, letter, look, mail } from '../kit.ts';

export const ZONE = { 's1._domainkey.bank.example': keyEntry(keys.rsaA) };
export const OWN = mail(letter(), 'Dear reader,\r\n\r\nall is well.\r\n');
/** The moment in the message's Date field. */
export const SENT = 1795158252;

type Options = Partial<Parameters<typeof dkimSignature>[1]>;

/** The message under a signature of bank.example. */
export function signed(options: Options = {}, message = OWN): string {
  const signature = dkimSignature(message, {
    key: keys.rsaA,
    domain: 'bank.example',
    selector: 's1',
    headers: ['From', 'To', 'Subject', 'Date'],
    ...options,
  });
  return `${signature}\r\n${message}`;
}

/** A signature with SHA-1, which the signer refuses to make: simple header and body, From alone. */
export function signedWithSha1(key: KeyObject, message = OWN): string {
  const body = message.slice(message.indexOf('\r\n\r\n') + 4);
  const from = /^From:.*\r\n/m.exec(message)?.[0] ?? '';
  const hash = createHash('sha1').update(body).digest('base64');
  const unsigned = `DKIM-Signature: v=1; a=rsa-sha1; d=bank.example; s=s1; h=From; bh=${hash}; b=`;
  const signature = createSign('sha1').update(`${from}${unsigned}`).sign(key, 'base64');
  return `${unsigned}${signature}\r\n${message}`;
}

type Circumstances = Parameters<typeof look>[1];

/** What is found about every signature, from the top. */
export async function checksOf(text: string, circumstances: Circumstances = {}): Promise<DkimCheck[]> {
  const { facts } = await look(text, { zone: ZONE, receiver: A_FILE, ...circumstances });
  return facts.signatures.flatMap(({ check }) => (check === null ? [] : [check]));
}

/** `result reason` of every signature. */
export async function found(text: string, circumstances: Circumstances = {}): Promise<string[]> {
  const checks = await checksOf(text, circumstances);
  return checks.map(({ result, reason }) => [result, ...(reason === null ? [] : [reason])].join(' '));
}
