/** Undoes what relays and mailboxes do to the lines of a body. Bodies are binary strings. */
import type { FormerBody } from './body-search.ts';

/** RFC 5321 §4.5.3.1.6: a line has at most 998 octets and its CRLF; relays break longer ones near there. */
const BROKEN_AT = 950;

/** Each change of lines that can be undone without knowing what was there, the likely ones first. */
export function* lineForms(body: string): Generator<FormerBody> {
  yield lineEnds(body, body.replace(/\r{1,9}\n/g, '\r\n').replace(/\r(?!\n)|(?<!\r)\n/g, '\r\n'));
  yield lineEnds(body, body.replaceAll('\r\n', '\n'));
  yield byLine(body, 'from-escaped', (line) => (/^>{1,9}From /.test(line) ? line.slice(1) : line));
  yield byLine(body, 'from-escaped', (line) => (line.startsWith('From ') ? `>${line}` : line));
  yield byLine(body, 'dot-stuffed', (line) => (line.startsWith('..') ? line.slice(1) : line));
  yield byLine(body, 'dot-stuffed', (line) => (line.startsWith('.') ? `.${line}` : line));
  yield byLine(body, 'trailing-space', withoutTrailingSpace);
  yield byLine(body, 'trailing-space', (line) => (line === '--' ? '-- ' : line));
  yield byLine(body, 'trailing-space', (line) =>
    line === '--' || /^>{1,9}$/.test(line) ? `${line} ` : line,
  );
  yield byLine(body, 'tabs', (line) => line.replaceAll('\t', '        '));
  yield byLine(body, 'tabs', (line) => line.replaceAll('\t', ' '));
  yield byLine(body, 'tabs', (line) => line.replaceAll('        ', '\t'));
  yield byLine(body, 'tabs', (line) => line.replaceAll('    ', '\t'));
  yield blankLines(body, body.replace(/^(?:\r\n)+/, ''));
  yield blankLines(body, `\r\n${body}`);
  yield blankLines(body, body.replaceAll('\r\n\r\n', '\r\n'));
  yield blankLines(body, body.replaceAll('\r\n', '\r\n\r\n'));
  yield blankLines(body, body.replace(/(?:\r\n){3,}/g, '\r\n\r\n'));
  yield broken(body, '');
  yield broken(body, ' ');
  yield broken(body, '!');
}

function lineEnds(is: string, was: string): FormerBody {
  const bare = /\r(?!\n)|(?<!\r)\n/g;
  const count = Math.max(
    is.match(bare)?.length ?? 0,
    was.match(bare)?.length ?? 0,
    is.split('\r\r\n').length - 1,
  );
  return { body: was, alterations: [{ kind: 'line-ends', count }] };
}

type ByLine = 'from-escaped' | 'dot-stuffed' | 'trailing-space' | 'tabs';

function byLine(is: string, kind: ByLine, undo: (line: string) => string): FormerBody {
  let count = 0;
  const lines = is.split('\r\n').map((line) => {
    const was = undo(line);
    if (was !== line) count++;
    return was;
  });
  return { body: lines.join('\r\n'), alterations: [{ kind, count }] };
}

function withoutTrailingSpace(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t'.includes(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}

function blankLines(is: string, was: string): FormerBody {
  const count = Math.abs(is.split('\r\n').length - was.split('\r\n').length);
  return { body: was, alterations: [{ kind: 'blank-lines', count }] };
}

/** Joins what follows an overlong line: broken bare, before a space that was put in, or as `!`, CRLF, space. */
function broken(is: string, mark: '' | ' ' | '!'): FormerBody {
  let count = 0;
  let text = '';
  let after = 0;
  for (const line of is.split('\r\n')) {
    const follows =
      after >= BROKEN_AT && (mark === '' || line.startsWith(' ')) && (mark !== '!' || text.endsWith('!'));
    if (follows) count++;
    const joined = mark === '' ? line : line.slice(1);
    if (follows) text = (mark === '!' ? text.slice(0, -1) : text) + joined;
    else text += after === -1 || text === '' ? line : `\r\n${line}`;
    after = line.length;
  }
  return { body: text, alterations: [{ kind: 'lines-broken', count }] };
}
