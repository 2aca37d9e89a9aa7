/** All that is known about a message at one moment; the checks fill in as DNS answers. */
import type { Alterations } from '../alteration/alteration.ts';
import type { SealCheck } from '../arc/seal.ts';
import type { ArcCheck } from '../arc/verify.ts';
import type { Basis, Evidence } from '../authres/evidence.ts';
import type { BimiAnswer } from '../bimi/lookup.ts';
import type { Completeness, DkimCheck, DkimClaim } from '../dkim/verify.ts';
import type { DmarcFacts } from '../dmarc/evaluate.ts';
import type { PslView } from '../dmarc/psl-view.ts';
import type { Answer } from '../dns/answer.ts';
import type { Authors } from '../message/author.ts';
import type { Message } from '../message/split.ts';
import type { SpfCheck } from '../spf/trace.ts';

export interface SignatureFacts {
  readonly claim: DkimClaim;
  /** Null while the answer is awaited. */
  readonly check: DkimCheck | null;
  /** What broke the signature; null where it is not broken, or the search is not over. */
  readonly alterations: Alterations | null;
}

/** Who handed the mail over, as the receiver wrote it: what SPF is asked about. */
export interface Handover {
  readonly ip: string;
  readonly helo: string;
  /** The address or its domain alone; '' for the null sender. */
  readonly mailFrom: string;
}

/** SPF as it can be judged here. `gateway`: the address is that of the recipient's own other server. */
export type SpfFacts =
  | { readonly kind: 'not-judgeable'; readonly why: 'no-border' | 'no-mail-from' | 'gateway' }
  | {
      readonly kind: 'judgeable';
      readonly handover: Handover;
      /** Null while the answer is awaited. */
      readonly mailFrom: SpfCheck | null;
      readonly helo: SpfCheck | null;
    };

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
  readonly spf: SpfFacts;
  /** Null while the answers are awaited. */
  readonly arc: ArcCheck | null;
  readonly seal: SealCheck | null;
  /** Null while the answers are awaited, and where no single author domain is to be looked up. */
  readonly dmarc: DmarcFacts | null;
  /** The view of RFC 7489 beside it; null where there is no public suffix list. */
  readonly psl: PslView | null;
  /** The logo's record; null like `dmarc`. */
  readonly bimi: BimiAnswer | null;
  /** Everything that was to be checked is checked. */
  readonly done: boolean;
  /** Answers so far, in the order of asking; open questions are null. */
  readonly dns: readonly (Answer | null)[];
  /** The domain whose SPF the receiver judged, in A-labels; '' where it judged none in MAIL FROM. */
  readonly reportedMailFrom: string;
  /** The signing domain of each reported DKIM result, in A-labels; '' where the receiver wrote none. */
  readonly reportedSigners: readonly string[];
}
