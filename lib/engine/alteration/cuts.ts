/** Pieces of a body that may have been added: where to cut so that what remains may be what was signed. */
import { partsOf } from './mime-parts.ts';

/** Octets `from`–`to` of the canonical body, supposed to have been added. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly kind: 'footer-added' | 'banner-added' | 'part-added';
}

interface CutPlan {
  /** Tried one by one, in the order of `from`. */
  readonly single: readonly Cut[];
  /** Tried two at a time, one of each group. */
  readonly grouped: readonly (readonly Cut[])[];
}

/** Line starts at the top of a body or part up to which a banner may reach. */
const MAX_BANNER_LINES = 60;
/** Lines at the end of a part that a footer may have where much follows, all of which each digest takes in. */
const MAX_FOOTER_LINES = 80;
/** How much may follow where a footer may begin at any line. */
const SHORT_REST = 4096;
/** Cuts of one part that are paired with those of another. */
const MAX_PAIRED = 30;
/** Places in a piece of HTML at which an addition may end or begin. */
const MAX_TAGS = 40;

/** All cuts of a canonical body (a binary string) that are worth a digest. Footers may begin at any line. */
export function planCuts(body: string, contentType: string): CutPlan {
  const lines = lineStarts(body);
  const parts = partsOf(body, contentType);
  const whole = [...footers(body, lines, 0, body.length), ...banners(lines, 0, body.length)];
  const withinParts = parts.map(({ start, end, contentType: type, isLeaf }) => {
    const ends = isLeaf && body.slice(end - 4, end) === '\r\n\r\n' ? [end, end - 2] : [end];
    const cuts = ends.flatMap((to) => footers(body, lines, start, to));
    if (!isLeaf) return cuts;
    return [
      ...banners(lines, start, end),
      ...cuts,
      ...(/^text\/html/i.test(type) ? inHtml(body, start, end) : []),
    ];
  });
  const wholeParts = parts.flatMap(({ delimiter, end }): readonly Cut[] => {
    const blank = body.slice(delimiter - 4, delimiter) === '\r\n\r\n';
    const cut = { from: delimiter, to: end, kind: 'part-added' } as const;
    return blank ? [cut, { ...cut, from: delimiter - 2 }] : [cut];
  });
  const html = parts.length === 0 && /^text\/html/i.test(contentType) ? inHtml(body, 0, body.length) : [];
  const single = [...whole, ...withinParts.flat(), ...wholeParts, ...html];
  return {
    single: single.toSorted((one, other) => one.from - other.from),
    grouped: withinParts.filter((_, index) => parts[index]?.isLeaf).map(likeliest),
  };
}

/** Where lines begin, the end of the body not counted. */
export function lineStarts(body: string): readonly number[] {
  const starts = [0];
  for (let at = body.indexOf('\r\n'); at !== -1; at = body.indexOf('\r\n', at + 2)) starts.push(at + 2);
  if (starts.at(-1) === body.length) starts.pop();
  return starts;
}

function footers(body: string, lines: readonly number[], start: number, end: number): readonly Cut[] {
  const within = lines.filter((at) => at > start && at < end);
  const inside = body.length - end > SHORT_REST ? within.slice(-MAX_FOOTER_LINES) : within;
  // At the end of the body empty lines do not count (RFC 6376 §3.4.3): a cut behind one is a cut before it.
  const sensible = end === body.length ? inside.filter((at) => !body.startsWith('\r\n\r\n', at - 4)) : inside;
  const all = end === body.length && start === 0 ? [0, ...sensible] : sensible;
  return all.map((from) => ({ from, to: end, kind: 'footer-added' }));
}

function banners(lines: readonly number[], start: number, end: number): readonly Cut[] {
  const ends = lines.filter((at) => at > start && at < end).slice(0, MAX_BANNER_LINES);
  return ends.map((to) => ({ from: start, to, kind: 'banner-added' }));
}

/** Behind `<body>` up to the end of some tag or line, and before `</body>` from the start of one. */
function inHtml(body: string, start: number, end: number): readonly Cut[] {
  const html = body.slice(start, end);
  const opened = /<body[^<>]*>(?:\r\n)?/i.exec(html);
  const top = opened === null ? 0 : opened.index + opened[0].length;
  const last = html.toLowerCase().lastIndexOf('</body');
  const bottom = last === -1 ? html.length : last;
  const tops = [top, ...(opened?.[0].endsWith('\r\n') ? [top - 2] : [])];
  const ends = places(
    html.slice(top, bottom),
    /<\/(?:div|table|p|span|center|blockquote)>|<(?:br|hr)[^<>]*>|\r\n/gi,
  );
  const closings = ends.slice(0, MAX_TAGS).map((at) => at.end);
  const openings = places(
    html.slice(top, bottom),
    /<(?:div|table|p|span|br|hr|center|font|img)\b[^<>]*>|\r\n/gi,
  ).slice(-MAX_TAGS);
  return [
    ...tops.flatMap((from) =>
      closings.map((to): Cut => ({ from: start + from, to: start + top + to, kind: 'banner-added' })),
    ),
    ...openings.map(
      (at): Cut => ({ from: start + top + at.start, to: start + bottom, kind: 'footer-added' }),
    ),
  ];
}

function places(text: string, pattern: RegExp): readonly { start: number; end: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Small cuts before large ones. */
function likeliest(cuts: readonly Cut[]): readonly Cut[] {
  return cuts.toSorted((one, other) => one.to - one.from - (other.to - other.from)).slice(0, MAX_PAIRED);
}
