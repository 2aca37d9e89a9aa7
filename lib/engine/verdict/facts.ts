/** All that is known about a message at one moment; the checks fill in as DNS answers. */
import type { Basis, Evidence } from '../authres/evidence.ts';
import type { Completeness, DkimCheck, DkimClaim } from '../dkim/verify.ts';
import type { DmarcFacts } from '../dmarc/evaluate.ts';
import type { Answer } from '../dns/answer.ts';
import type { Authors } from '../message/author.ts';
import type { Message } from '../message/split.ts';

export interface SignatureFacts {
  readonly claim: DkimClaim;
  /** Null while the answer is awaited. */
  readonly check: DkimCheck | null;
}

export interface Facts {
  readonly message: Message;
  readonly completeness: Completeness;
  readonly authors: Authors;
  readonly evidence: Evidence;
  /** How the octets were come by, whether or not a receiver reported. */
  readonly reader: Basis;
  /** The present, in seconds since 1970. */
  readonly now: number;
  readonly signatures: readonly SignatureFacts[];
  /** Null while the answers are awaited, and where no single author domain is to be looked up. */
  readonly dmarc: DmarcFacts | null;
  /** Everything that was to be checked is checked. */
  readonly done: boolean;
  /** Answers so far, in the order of asking; open questions are null. */
  readonly dns: readonly (Answer | null)[];
  /** MAIL FROM as reported, its domain in A-labels; '' where the receiver wrote none. */
  readonly reportedMailFrom: string;
  /** The signing domain of each reported DKIM result, in A-labels; '' where the receiver wrote none. */
  readonly reportedSigners: readonly string[];
}
