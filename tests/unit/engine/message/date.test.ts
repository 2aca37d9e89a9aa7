import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../../lib/engine/message/date.ts';
import { type Row, rows } from '../kit.ts';

function iso(text: string): string | null {
  const seconds = parseDate(text);
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

describe('date and time of RFC 5322 §3.3', () => {
  it.each(
    rows<Row & { text: string; utc: string | null }>([
      { why: 'A.1.1', text: 'Fri, 21 Nov 1997 09:55:06 -0600', utc: '1997-11-21T15:55:06.000Z' },
      { why: 'A.1.2', text: 'Tue, 1 Jul 2003 10:52:37 +0200', utc: '2003-07-01T08:52:37.000Z' },
      {
        why: 'A.5: folded, no seconds, a comment',
        text: 'Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330 (Newfoundland Time)',
        utc: '1969-02-14T03:02:00.000Z',
      },
      {
        why: 'A.6.2: two digits and a zone by name',
        text: '21 Nov 97 09:55:06 GMT',
        utc: '1997-11-21T09:55:06.000Z',
      },
      {
        why: 'A.6.3: a comment inside the time',
        text: 'Fri, 21 Nov 1997 09(comment):   55  :  06 -0600',
        utc: '1997-11-21T15:55:06.000Z',
      },
      { why: '§4.3: 00 to 49 are 20xx', text: '1 Jan 49 00:00:00 +0000', utc: '2049-01-01T00:00:00.000Z' },
      { why: '§4.3: 50 to 99 are 19xx', text: '1 Jan 50 00:00:00 +0000', utc: '1950-01-01T00:00:00.000Z' },
      {
        why: '§4.3: three digits count from 1900',
        text: '1 Jan 103 00:00:00 +0000',
        utc: '2003-01-01T00:00:00.000Z',
      },
      { why: '§4.3: EST is -0500', text: '1 Jan 2003 00:00:00 EST', utc: '2003-01-01T05:00:00.000Z' },
      {
        why: '§4.3: an unknown zone is +0000',
        text: '1 Jan 2003 00:00:00 XYZ',
        utc: '2003-01-01T00:00:00.000Z',
      },
      { why: 'Gmail', text: 'Thu, 19 Nov 2026 23:04:16 -0800 (PST)', utc: '2026-11-20T07:04:16.000Z' },
      {
        why: 'a date in a comment is a comment',
        text: '(1 Jan 2003 00:00:00 +0000) 2 Jan 2004 00:00:00 +0000',
        utc: '2004-01-02T00:00:00.000Z',
      },
      { why: 'no month', text: 'Fri, 21 Foo 1997 09:55:06 -0600', utc: null },
      { why: 'no date', text: 'yesterday', utc: null },
      { why: 'nothing', text: '', utc: null },
    ]),
  )('%s', (_, { text, utc }) => {
    expect(iso(text)).toBe(utc);
  });
});
