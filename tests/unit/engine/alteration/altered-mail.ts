/** Mails that were changed after they were signed, and what is found about them. */
import type { KeyObject } from 'node:crypto';
import type {
  Alterations,
  BodyAlteration,
  HeaderAlteration,
} from '../../../../lib/engine/alteration/alteration.ts';
import { findAlterations } from '../../../../lib/engine/alteration/find.ts';
import { parseKeyRecord } from '../../../../lib/engine/dkim/record.ts';
import { parseSignature } from '../../../../lib/engine/dkim/signature.ts';
import { fieldsNamed, splitMessage } from '../../../../lib/engine/message/split.ts';
import type { Ports } from '../../../../lib/engine/ports.ts';
import { dkimSignature, keyRecord } from '../../../scripts/sign.ts';
import { keys, ports } from '../kit.ts';

export interface Signing extends Partial<Parameters<typeof dkimSignature>[1]> {
  /** Another key in DNS than the one that signed. */
  readonly published?: readonly KeyObject[];
  readonly ports?: Partial<Ports>;
}

const HEADERS = ['From', 'To', 'Subject', 'Date', 'Message-ID'];

/** A binary string as octets; tests that need UTF-8 give it so. */
function octetsOf(message: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(message, 'latin1'));
}

/** Signs a mail (a binary string), changes it, and asks what became of it. */
export async function trace(
  original: string,
  alter: (signed: string) => string,
  { published, ports: other, ...options }: Signing = {},
): Promise<Alterations> {
  const key = options.key ?? keys.rsaA;
  const signature = dkimSignature(octetsOf(original), {
    key,
    domain: 'bank.example',
    selector: 's1',
    headers: HEADERS,
    ...options,
  });
  return examine(alter(`${signature}\r\n${original}`), published ?? [key], other);
}

export async function examine(
  mail: string,
  published: readonly KeyObject[],
  other: Partial<Ports> = {},
): Promise<Alterations> {
  const split = splitMessage(octetsOf(mail));
  if (split.kind === 'no-message') throw new Error(split.why);
  const { message } = split;
  const [field] = fieldsNamed(message, 'dkim-signature');
  if (field === undefined) throw new Error('no signature');
  const parsed = parseSignature(message.fields[field]?.raw ?? '', ports);
  if (parsed.kind === 'error') throw new Error(parsed.error);
  const records = published.flatMap((key) => {
    const record = parseKeyRecord(keyRecord(key));
    return record.kind === 'key' ? [record.record] : [];
  });
  return findAlterations(
    { message, field, signature: parsed.signature, keys: records },
    { ...ports, ...other },
  );
}

/** The changes that were named in the header; the word for the outcome where none were. */
export function inHeader({ header }: Alterations): readonly HeaderAlteration[] | string {
  return header.kind === 'explained' ? header.alterations : header.kind;
}

export function inBody({ body }: Alterations): readonly BodyAlteration[] | string {
  return body.kind === 'explained' ? body.alterations : body.kind;
}

/** Replaces text that must be there. */
export function replacing(from: string | RegExp, to: string): (text: string) => string {
  return (text) => {
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`nothing to replace: ${String(from)}`);
    return changed;
  };
}

export function inTurn(...changes: readonly ((text: string) => string)[]): (text: string) => string {
  return (text) => changes.reduce((changed, change) => change(changed), text);
}

export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
