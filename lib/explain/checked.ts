/** What was checked here: its shape in the report. */
import type {
  ArcSetCheck,
  DkimCheck,
  DmarcResult,
  Facts,
  Level,
  SealCheck,
  SpfCheck,
  SpfRecordTrace,
} from '../engine/index.ts';

export interface Checked {
  /** `partial`: DNS left open what DMARC rests on, and a finding says what (`dns-unanswered`, `dns-servfail`). */
  readonly state: 'pending' | 'done' | 'partial';
  readonly level: Level;
  readonly spf: CheckedSpf;
  readonly dkim: readonly CheckedSignature[];
  readonly arc: CheckedArc | null;
  readonly seal: SealCheck | null;
  /** Null where no single author domain could be looked up, or while the answers are awaited. */
  readonly dmarc: CheckedDmarc | null;
  readonly bimi: CheckedBimi | null;
}

export interface CheckedSpf {
  /** Null while the answer is awaited. */
  readonly result: SpfCheck['result'] | 'not-checked' | null;
  /** Why nothing could be asked; null where something was. */
  readonly notCheckedBecause: 'no-border' | 'no-mail-from' | 'gateway' | null;
  /** The border and MAIL FROM of a file can be made up, so that the result is shown and does not count. */
  readonly counts: boolean;
  /** MAIL FROM; null where nothing was asked, or while the answer is awaited. */
  readonly identity: SpfCheck['identity'] | null;
  readonly domain: string | null;
  readonly ip: string | null;
  readonly reason: SpfCheck['reason'];
  readonly explanation: string | null;
  readonly lookups: number | null;
  readonly voids: number | null;
  readonly trace: SpfRecordTrace | null;
  /** The HELO identity, kept apart. */
  readonly helo: SpfCheck | null;
}

export interface CheckedSignature
  extends Pick<
    DkimCheck,
    'domain' | 'selector' | 'algorithm' | 'keyBits' | 'created' | 'expires' | 'reason' | 'bodyHolds'
  > {
  /** Null while the answer is awaited. */
  readonly result: DkimCheck['result'] | null;
  /** Null where DNS leaves it open. */
  readonly aligned: boolean | null;
  /** What broke it, found by undoing it; null where it is whole. */
  readonly alterations: Facts['signatures'][number]['alterations'];
  readonly field: number;
  readonly dns: number | null;
}

export interface CheckedArc extends Pick<NonNullable<Facts['arc']>, 'result' | 'reason' | 'instance'> {
  readonly sets: readonly ArcSetCheck[];
}

export interface CheckedDmarc {
  readonly result: DmarcResult | null;
  readonly policy: string | null;
  /** The policy that is asked of receivers once `t=y` is taken into account. */
  readonly appliedPolicy: string | null;
  readonly appliedTag: string | null;
  readonly recordDomain: string | null;
  readonly walk: readonly {
    readonly domain: string;
    readonly outcome: string;
    readonly record: string | null;
  }[];
  readonly spfAligned: boolean | null;
  readonly dkimAligned: boolean | null;
  /** By RFC 7489 and the public suffix list; null where there is no list. */
  readonly pslView: null | {
    readonly result: DmarcResult;
    readonly difference: string;
    readonly organizationalDomain: string | null;
    readonly recordDomain: string | null;
    readonly policy: string | null;
  };
}

export interface CheckedBimi {
  readonly kind: string;
  readonly location: string | null;
  readonly evidence: string | null;
  readonly obstacles: readonly string[];
}
