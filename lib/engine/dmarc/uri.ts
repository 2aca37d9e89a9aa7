/** The URIs of DMARC and BIMI records: told apart from what is none, and never followed (RFC 3986, RFC 9989 §4.8). */

/** A scheme, a colon and characters of a URI; a comma or an exclamation mark has to be encoded here. */
const URI = /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@$&'()*+;=]|%[0-9a-f]{2})*$/i;

const MAILTO = /^mailto:[^@?]+@[^@?]+(?:\?|$)/i;

/** `obs-dmarc-report-size`. */
const SIZE = /![0-9]+[kmgt]?$/i;

export interface ReportUri {
  /** Without the size. */
  readonly uri: string;
  /** `!10m` of RFC 7489, which nobody heeds any more. */
  readonly hasSize: boolean;
}

/** Reads one entry of `rua=` or `ruf=`; null where it is no URI, or a `mailto:` that names nobody (RFC 6068 §2). */
export function readReportUri(entry: string): ReportUri | null {
  const mark = entry.lastIndexOf('!');
  const hasSize = mark !== -1 && SIZE.test(entry.slice(mark));
  const uri = hasSize ? entry.slice(0, mark) : entry;
  if (!URI.test(uri)) return null;
  return /^mailto:/i.test(uri) && !MAILTO.test(uri) ? null : { uri, hasSize };
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** The path of an HTTPS URI whose host is a domain name of several labels; null where it is anything else. */
export function httpsPath(uri: string): string | null {
  if (!URI.test(uri) || !/^https:\/\//i.test(uri)) return null;
  const rest = uri.slice('https://'.length);
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const [host = '', port = '', ...more] = authority.split(':');
  if (more.length > 0 || !/^\d{0,5}$/.test(port)) return null;
  const labels = host.replace(/\.$/, '').split('.');
  // A last label of digits alone is an address, not a name (RFC 3696 §2).
  const isName =
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && /\D/.test(labels.at(-1) ?? '');
  if (!isName) return null;
  return end === -1 ? '' : (rest.slice(end).split(/[?#]/, 1)[0] ?? '');
}
