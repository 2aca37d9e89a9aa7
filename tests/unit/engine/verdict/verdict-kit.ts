/** Deliveries whose evidence is known, for the table of levels and for the findings. */
import {
  type Completeness,
  type Examination,
  examine,
  type Finding,
  type FindingCode,
  type Ports,
  type Receiver,
} from '../../../../lib/engine/index.ts';
import { publicSuffixOrganization } from '../../../../lib/platform/public-suffix.ts';
import { keyRecord } from '../../../scripts/sign.ts';
import { ZONE as KEYS, signed } from '../dkim/signed-mail.ts';
import { GMAIL_MAILBOX, gmailBlock, keys, letter, mail, microsoftBlock, octets, portsOver } from '../kit.ts';

export type Zone = Readonly<Record<string, unknown>>;

export const DMARC = '_dmarc.bank.example';
export const REJECT = 'v=DMARC1; p=reject';
/** The key of bank.example and its record. It has no SPF record. */
export const ZONE = { ...KEYS, [DMARC]: REJECT };
export const NO_RECORD = { ...KEYS };
export const NO_KEY = { [DMARC]: REJECT };
export const OTHER_KEY = { 's1._domainkey.service.example': keyRecord(keys.rsaA), [DMARC]: REJECT };
/** DNS fails for the record, and for the key. */
export const RECORD_FAILS = { ...KEYS, [DMARC]: { RCODE: 'SERVFAIL' } };
export const KEY_FAILS = { ...NO_KEY, 's1._domainkey.bank.example': { RCODE: 'TIMEOUT' } };

/** The border's address, from which all blocks of these tests took the mail, may send for bank.example, or may not. */
export const PERMITS = { 'bank.example': 'v=spf1 ip4:192.0.2.25 -all' };
export const FORBIDS = { 'bank.example': 'v=spf1 ip4:203.0.113.1 -all' };
/** Its SPF can only be judged by asking for a name that holds the sender's local part. */
export const PERSONAL = { 'bank.example': 'v=spf1 exists:%{l}.users.bank.example -all' };
export const SPF_FAILS = { 'bank.example': { RCODE: 'SERVFAIL' } };

export const ABOUT = 'header.from=bank.example';
export const SPF_ALIGNED = 'spf=pass (google.com: yes) smtp.mailfrom=a@bank.example';
export const SPF_OTHER = 'spf=pass (google.com: yes) smtp.mailfrom=a@service.example';
export const SPF_FAIL = 'spf=fail (google.com: no) smtp.mailfrom=a@bank.example';
export const DKIM_ALIGNED = 'dkim=pass header.i=@bank.example header.s=s1';
export const PASS = `dmarc=pass ${ABOUT}`;
export const FAIL = `dmarc=fail ${ABOUT}`;
/** A result about another From, which refuses the whole field: nothing is reported, the border stands. */
export const ELSEWHERE = 'dmarc=pass header.from=other.example';

export const PLAIN = mail(letter());
export const SIGNED = signed();
export const ALTERED = SIGNED.replace('all is well', 'all is lost');
/** Signed by a service, not by the author domain. */
export const BY_SERVICE = signed({ domain: 'service.example' });

function under(block: readonly string[], text: string): string {
  return `${block.join('\r\n')}\r\n${text}`;
}

/** As it lies in a Gmail mailbox. Its Return-Path is the MAIL FROM of its SPF result. */
export function inGmail(results: readonly string[], text = PLAIN): string {
  return under(gmailFields(results), text);
}

/** The same without an ARC set, which Gmail's mail has not always. */
export function inGmailUnsealed(results: readonly string[], text = PLAIN): string {
  return under(
    gmailFields(results).filter((field) => !field.startsWith('ARC-')),
    text,
  );
}

function gmailFields(results: readonly string[]): readonly string[] {
  const mailFrom = /smtp\.mailfrom=(\S+)/.exec(results.join(' '))?.[1];
  return gmailBlock({ results, ...(mailFrom === undefined ? {} : { mailFrom }) });
}

/** As it lies in an Outlook mailbox; Exchange always writes SPF first. */
export function inOutlook(results: readonly string[], text = PLAIN): string {
  return under(microsoftBlock({ results }), text);
}

/** As a receiver writes it that is known by its id alone. */
export function inNamed(results: readonly string[], text = PLAIN): string {
  return under(
    [
      ['Authentication-Results: mx.lakeside.example', ...results].join('; '),
      'Received: from mail.bank.example (unknown [192.0.2.25]) by mx.lakeside.example with ESMTPS; Fri, 20 Nov 2026 07:04:16 +0000',
    ],
    text,
  );
}

export const NAMED: Receiver = { id: 'mx.lakeside.example', basis: 'mailbox' };

export interface Looked {
  readonly zone?: Zone;
  readonly receiver?: Receiver;
  readonly completeness?: Completeness;
  readonly mayReveal?: boolean;
  /** As where no public suffix list is at hand. */
  readonly withoutList?: true;
  readonly ports?: Partial<Ports>;
}

export interface Watched {
  /** Every moment of an examination; the last one is the result. */
  readonly told: readonly Examination[];
  /** Every question to DNS, `name type`, in the order of asking. */
  readonly asked: readonly string[];
}

/** Watches an examination. Whatever is examined, no question may be asked twice. */
export async function watch(text: string, looked: Looked = {}): Promise<Watched> {
  const { zone = ZONE, receiver = GMAIL_MAILBOX, completeness = 'full', mayReveal = false } = looked;
  const told: Examination[] = [];
  const asked: string[] = [];
  const list = looked.withoutList === true ? {} : { publicSuffixOrganization };
  const ports = portsOver(zone, { ...list, ...looked.ports });
  const resolve: Ports['resolve'] = (name, type) => {
    asked.push(`${name.toLowerCase()} ${type}`);
    return ports.resolve(name, type);
  };
  const source = { octets: octets(text), completeness, receiver, mayReveal };
  const examined = await examine(source, { ...ports, resolve }, (examination) => told.push(examination));
  if (examined.kind === 'no-message') throw new Error(`no message: ${examined.why}`);
  const again = asked.filter((question, at) => asked.indexOf(question) < at);
  if (again.length > 0) throw new Error(`asked twice: ${again.join(', ')}`);
  return { told: [...told, examined.examination], asked };
}

export async function moments(text: string, looked: Looked = {}): Promise<readonly Examination[]> {
  return (await watch(text, looked)).told;
}

/** What an examination comes to, with all ports. */
export async function lookWhole(text: string, looked: Looked = {}): Promise<Examination> {
  const result = (await moments(text, looked)).at(-1);
  if (result === undefined) throw new Error('nothing was told');
  return result;
}

/** The finding of that code in what is made of a message, and everything around it. */
export async function find(
  code: FindingCode,
  text: string,
  zone: Zone,
  receiver: Receiver = GMAIL_MAILBOX,
  completeness: Completeness = 'full',
) {
  const examination = await lookWhole(text, { zone, receiver, completeness });
  const found = examination.verdict.findings.filter((finding) => finding.code === code);
  return { examination, found: found[0] as Finding | undefined };
}

/** Signed, sent and passed as it should be. */
export const PASSED = inGmail([DKIM_ALIGNED, SPF_ALIGNED, PASS], SIGNED);
