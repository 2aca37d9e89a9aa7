import { describe, expect, it } from 'vitest';
import { fieldsNamed, splitMessage } from '../../../../lib/engine/message/split.ts';
import { toBinaryString } from '../../../../lib/engine/octets.ts';
import { octets, type Row, rows, toMessage } from '../kit.ts';

function bodyOf(text: string): string {
  return toBinaryString(toMessage(text).body);
}

describe('a message is split into fields and body', () => {
  it('reads the message of RFC 5322 appendix A.1.1', () => {
    const message = toMessage(
      [
        'From: John Doe <jdoe@machine.example>',
        'To: Mary Smith <mary@example.net>',
        'Subject: Saying Hello',
        'Date: Fri, 21 Nov 1997 09:55:06 -0600',
        'Message-ID: <1234@local.machine.example>',
        '',
        'This is a message just to say hello.',
        'So, "Hello".',
      ].join('\r\n'),
    );
    expect(message.fields.map(({ name, line }) => `${line} ${name}`)).toEqual([
      '1 From',
      '2 To',
      '3 Subject',
      '4 Date',
      '5 Message-ID',
    ]);
    expect(message.fields[2]?.value).toBe('Saying Hello');
    expect(toBinaryString(message.body)).toBe('This is a message just to say hello.\r\nSo, "Hello".');
    expect(message).toMatchObject({ hasBody: true, lineEnds: 'kept', strayLines: [] });
  });

  it('unfolds a value but keeps the raw field as it travelled (RFC 5322 §2.2.3)', () => {
    const [field] = toMessage('Subject: This\r\n is a\r\n\t test \r\n\r\n').fields;
    expect(field?.raw).toBe('Subject: This\r\n is a\r\n\t test ');
    expect(field?.value).toBe('This is a\t test');
  });

  it('keeps every octet of a raw field, also one that is no UTF-8', () => {
    const bytes = Uint8Array.from([0x54, 0x6f, 0x3a, 0x20, 0xa0, 0xff, 13, 10, 13, 10, 0xfe]);
    const split = splitMessage(bytes);
    if (split.kind !== 'message') throw new Error(split.why);
    expect(split.message.fields[0]?.raw).toBe('To: \xa0\xff');
    expect([...split.message.body]).toEqual([0xfe]);
  });

  it('reads a value as UTF-8 where it is UTF-8 (RFC 6532)', () => {
    expect(toMessage('Subject: Grüße 星\r\n\r\n').fields[0]?.value).toBe('Grüße 星');
  });

  it.each(
    rows<Row & { text: string; body: string; hasBody: boolean }>([
      { why: 'an empty body is a body', text: 'A: b\r\n\r\n', body: '', hasBody: true },
      { why: 'without an empty line there is none', text: 'A: b\r\n', body: '', hasBody: false },
      { why: 'nor without a last line end', text: 'A: b', body: '', hasBody: false },
      { why: 'the first empty line decides', text: 'A: b\r\n\r\n\r\nc', body: '\r\nc', hasBody: true },
      { why: 'colons of the body make no field', text: 'A: b\r\n\r\nC: d', body: 'C: d', hasBody: true },
    ]),
  )('finds the body: %s', (_, { text, body, hasBody }) => {
    expect(toMessage(text).hasBody).toBe(hasBody);
    expect(bodyOf(text)).toBe(body);
  });

  it.each(
    rows<Row & { text: string; ends: string; body: string }>([
      { why: 'CRLF', text: 'A: b\r\n\r\nc\r\n', ends: 'kept', body: 'c\r\n' },
      { why: 'bare LF throughout is read as CRLF', text: 'A: b\n\nc\nd\n', ends: 'lf', body: 'c\r\nd\r\n' },
      {
        why: 'mixed ends are kept as they are',
        text: 'A: b\r\n\r\nc\nd\r\n',
        ends: 'kept',
        body: 'c\nd\r\n',
      },
      { why: 'a bare LF may end the header too', text: 'A: b\n\nc\r\n', ends: 'kept', body: 'c\r\n' },
      { why: 'a bare CR ends no line', text: 'A: b\rc: d\r\n\r\n', ends: 'kept', body: '' },
      { why: 'a CRLF after many a bare LF', text: 'A: b\n\nc\nd\r\ne\n', ends: 'kept', body: 'c\nd\r\ne\n' },
      { why: 'no line end at all', text: 'A: b', ends: 'kept', body: '' },
    ]),
  )('tells line ends apart: %s', (_, { text, ends, body }) => {
    expect(toMessage(text).lineEnds).toBe(ends);
    expect(bodyOf(text)).toBe(body);
  });

  it('does not let a bare CR smuggle in a field', () => {
    expect(toMessage('A: b\rFrom: x@evil.example\r\n\r\n').fields).toHaveLength(1);
  });

  it('passes over the separator line of a mailbox file (RFC 4155)', () => {
    const message = toMessage('From naomi@lakeside.example Fri Nov 20 07:04:16 2026\nSubject: x\n\n');
    expect(message.fields.map(({ key, line }) => [key, line])).toEqual([['subject', 2]]);
    expect(message.strayLines).toEqual([]);
  });

  it.each(
    rows<Row & { text: string; names: readonly string[]; stray: readonly number[] }>([
      { why: 'a line without colon', text: 'A: b\r\nstray\r\nC: d\r\n\r\n', names: ['A', 'C'], stray: [2] },
      { why: 'with what is folded onto it', text: 'A: b\r\n!\r\n x: y\r\n\r\n', names: ['A'], stray: [2, 3] },
      { why: 'a fold with nothing before it', text: ' x: y\r\nA: b\r\n\r\n', names: ['A'], stray: [1] },
      { why: 'a name with a space inside', text: 'A b: c\r\nD: e\r\n\r\n', names: ['D'], stray: [1] },
      { why: 'a colon without a name', text: ': c\r\nD: e\r\n\r\n', names: ['D'], stray: [1] },
      { why: 'a separator that stands later', text: 'A: b\r\nFrom x\r\n\r\n', names: ['A'], stray: [2] },
      {
        why: 'white space before the colon is obsolete but a field',
        text: 'A\t : b\r\n\r\n',
        names: ['A'],
        stray: [],
      },
    ]),
  )('tells lines that are no field: %s', (_, { text, names, stray }) => {
    const message = toMessage(text);
    expect(message.fields.map(({ name }) => name)).toEqual(names);
    expect(message.strayLines).toEqual(stray);
  });

  it.each(
    rows<Row & { bytes: Uint8Array<ArrayBuffer>; no: string }>([
      { why: 'no octets', bytes: octets(''), no: 'empty' },
      { why: 'a page', bytes: octets('<!DOCTYPE html>\n<p>From: x'), no: 'html' },
      { why: 'a page after a byte order mark', bytes: octets('\ufeff  <html>'), no: 'html' },
      {
        why: 'a picture',
        bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
        no: 'binary',
      },
      { why: 'prose', bytes: octets('Dear reader\r\n\r\nthis is no mail'), no: 'no-header' },
      { why: 'an empty line first', bytes: octets('\r\nFrom: x@y.example'), no: 'no-header' },
    ]),
  )('says why something is no message: %s', (_, { bytes, no }) => {
    expect(splitMessage(bytes)).toEqual({ kind: 'no-message', why: no });
  });

  it('finds fields by name in any case, from the top', () => {
    expect(fieldsNamed(toMessage('FROM: a\r\nTo: b\r\nfrom: c\r\n\r\n'), 'from')).toEqual([0, 2]);
  });

  it('stops at two thousand fields', () => {
    expect(toMessage('A: b\r\n'.repeat(2100)).fields).toHaveLength(2000);
  });
});
