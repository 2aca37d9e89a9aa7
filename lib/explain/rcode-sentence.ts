/** What became of a DNS question that brought no record, in a phrase that stands behind "DNS: ". */
import type { Answer, Rcode } from '../engine/index.ts';
import type { MessageKey, Translate } from './translate.ts';

const KEYS = {
  NXDOMAIN: 'rcode_nxdomain',
  SERVFAIL: 'rcode_servfail',
  REFUSED: 'rcode_refused',
  FORMERR: 'rcode_formerr',
  NOTIMP: 'rcode_notimp',
  OTHER: 'rcode_other',
  TIMEOUT: 'rcode_timeout',
  UNREACHABLE: 'rcode_unreachable',
  OFFLINE: 'rcode_offline',
  MALFORMED: 'rcode_malformed',
  TRUNCATED: 'rcode_truncated',
  PORTAL: 'rcode_portal',
  HTTP: 'rcode_http',
} as const satisfies Readonly<Record<Exclude<Rcode, 'NOERROR'>, MessageKey>>;

/** The phrase for an answer without records; '' for one with records. RFC 2308 §2.2: NODATA is no code of its own. */
export function rcodeSentence(t: Translate, { rcode, answers }: Pick<Answer, 'rcode' | 'answers'>): string {
  if (answers.length > 0) return '';
  return t(rcode === 'NOERROR' ? 'rcode_nodata' : KEYS[rcode]);
}
