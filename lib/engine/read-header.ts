/** What the header alone says: who the mail is from, what the receiver reported, who handed the mail over. */
import { isInnerAddress } from './authres/address-range.ts';
import {
  domainPart,
  type Evidence,
  mailFromDomain,
  type Receiver,
  type ReportedResult,
  signingDomain,
} from './authres/evidence.ts';
import { propertyOf } from './authres/parse.ts';
import { gatherEvidence } from './authres/trust.ts';
import type { Completeness } from './dkim/verify.ts';
import { readAuthors } from './message/author.ts';
import type { Message } from './message/split.ts';
import type { Ports } from './ports.ts';
import type { Facts, SpfFacts } from './verdict/facts.ts';

/** All that can be known without asking; signatures are left to those who verify them. Total. */
export function readHeader(
  message: Message,
  completeness: Completeness,
  receiver: Receiver,
  ports: Ports,
): Facts {
  const authors = readAuthors(message, ports);
  const evidence = gatherEvidence(message, authors, receiver, ports);
  return {
    message,
    completeness,
    authors,
    evidence,
    // A receiver that nobody named and that is known by its way of writing alone makes a mailbox of no file.
    reader: evidence.basis === 'file' ? 'file' : receiver.basis,
    now: ports.now(),
    signatures: [],
    spf: judgeableSpf(evidence),
    arc: null,
    seal: null,
    dmarc: null,
    psl: null,
    bimi: null,
    done: false,
    dns: [],
    reportedMailFrom: evidence.spf === null ? '' : toAscii(reportedSpfDomain(evidence.spf, evidence), ports),
    reportedSigners: evidence.dkim.map((reported) => toAscii(signingDomain(reported), ports)),
  };
}

/** SPF can be judged where the receiver wrote both, the client's address and MAIL FROM. */
function judgeableSpf({ border, mailFrom, gateway, gatewayInFront }: Evidence): SpfFacts {
  // A gateway that left no result of its own is still the one that the address belongs to.
  if (gateway || gatewayInFront.kind === 'silent') return { kind: 'not-judgeable', why: 'gateway' };
  if (border?.address == null || isInnerAddress(border.address)) {
    return { kind: 'not-judgeable', why: 'no-border' };
  }
  if (mailFrom === null) return { kind: 'not-judgeable', why: 'no-mail-from' };
  const handover = { ip: border.address, helo: border.helo, mailFrom: mailFrom.address };
  return { kind: 'judgeable', handover, mailFrom: null, helo: null };
}

/** For the null sender the MAIL FROM identity is `postmaster@` the HELO name (RFC 7208 §2.4). */
function reportedSpfDomain(spf: ReportedResult, { mailFrom }: Evidence): string {
  const domain = mailFromDomain(spf);
  if (domain !== '' || mailFrom?.isNull !== true) return domain;
  return domainPart(propertyOf(spf.properties, 'smtp', 'helo'));
}

function toAscii(domain: string, ports: Pick<Ports, 'toAscii'>): string {
  return domain === '' ? '' : (ports.toAscii(domain)?.domain ?? '');
}
