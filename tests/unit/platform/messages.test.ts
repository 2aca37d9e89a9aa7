/** Everything that comes over a port is unknown until it is read: what is read, and what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFinal } from '../../../lib/explain/explaining.ts';
import { ROUTES } from '../../../lib/explain/report.ts';
import {
  readExplaining,
  readExplainRequest,
  readSourceMessage,
  readWorkerMessage,
} from '../../../lib/platform/messages.ts';

const begin = {
  kind: 'begin',
  completeness: 'full',
  via: 'gmail',
  instead: null,
  bytes: 3,
  receivedBy: null,
  again: false,
};
const fetchIt = { kind: 'fetch', account: '/mail/u/0/', id: '19c0ffee19c0ffee', again: false };

describe('a message to the worker', () => {
  it.each([
    { value: begin, read: begin },
    { value: { ...begin, bytes: 0, more: 1 }, read: { ...begin, bytes: 0 } },
    ...ROUTES.map((via) => ({ value: { ...begin, via }, read: { ...begin, via } })),
    ...['full', 'reencoded', 'headers'].map((completeness) => ({
      value: { ...begin, completeness },
      read: { ...begin, completeness },
    })),
    { value: { ...begin, instead: 'too-large' }, read: { ...begin, instead: 'too-large' } },
    { value: { ...begin, instead: 7 }, read: begin },
    { value: { ...begin, instead: undefined }, read: begin },
    { value: { ...begin, receivedBy: 'mx.example.org' }, read: { ...begin, receivedBy: 'mx.example.org' } },
    ...[undefined, 7, true, ['mx.example.org'], { id: 'mx.example.org' }].map((receivedBy) => ({
      value: { ...begin, receivedBy },
      read: begin,
    })),
    ...[begin, fetchIt].flatMap((message) => [
      { value: { ...message, again: true }, read: { ...message, again: true } },
      ...[undefined, null, 1, 'true', [true]].map((again) => ({
        value: { ...message, again },
        read: message,
      })),
    ]),
    { value: { kind: 'piece', base64: '' }, read: { kind: 'piece', base64: '' } },
    { value: { kind: 'end' }, read: { kind: 'end' } },
    { value: { ...fetchIt, url: 'https://evil.example/' }, read: fetchIt },
  ])('is read: $value', ({ value, read }) => {
    expect(readSourceMessage(value)).toEqual(read);
  });

  it.each([
    { value: { ...begin, bytes: -1 }, why: 'no length is negative' },
    { value: { ...begin, bytes: 1.5 }, why: 'nor a fraction' },
    { value: { ...begin, bytes: Number.NaN }, why: 'nor no number' },
    { value: { ...begin, bytes: Number.POSITIVE_INFINITY }, why: 'nor endless' },
    { value: { ...begin, bytes: 2 ** 53 }, why: 'nor beyond what is counted exactly' },
    { value: { ...begin, bytes: '3' }, why: 'nor a text' },
    { value: { ...begin, via: 1 }, why: 'the route is a text' },
    { value: { ...begin, via: 'outlook' }, why: 'and one that there is' },
    { value: { ...begin, completeness: 'all' }, why: 'completeness is one of three' },
    { value: { ...begin, completeness: 'whole' }, why: 'and no other word for one' },
    { value: { kind: 'piece', base64: new Uint8Array(1) }, why: 'a piece is a text' },
    { value: { kind: 'begun' }, why: 'the kind is one of four' },
    { value: 'end', why: 'a text is no message' },
    { value: null, why: 'nothing is no message' },
    { value: undefined, why: 'nor is nothing at all' },
    { value: ['end'], why: 'nor a list' },
  ])('is refused: $why', ({ value }) => {
    expect(readSourceMessage(value)).toBeNull();
  });

  it.each(['/mail/u/0/', '/mail/u/12/', '/mail/b/AH1rexQq7c/u/0/', '/mail/b/naomi@lakeside.example/u/1/'])(
    'names an account as Gmail’s address does: %s',
    (account) => {
      expect(readSourceMessage({ ...fetchIt, account })).toEqual({ ...fetchIt, account });
    },
  );

  it.each([
    { account: '' },
    { account: '/' },
    { account: '/mail/u/0' },
    { account: 'mail/u/0/' },
    { account: '/mail/u/x/' },
    { account: '/mail/u/1234/' },
    { account: '/mail/u/0/?view=att' },
    { account: '/mail/u/0/\n' },
    { account: '//evil.example/mail/u/0/' },
    { account: '/mail/b/a/b/u/0/' },
    { account: '/mail/b/%2e%2e/u/0/' },
    { account: '/mail/b//u/0/' },
    { account: 0 },
    { id: '' },
    { id: '19c0ffee19c0ffe' },
    { id: '19c0ffee19c0ffee0' },
    { id: '19C0FFEE19C0FFEE' },
    { id: '19c0ffee19c0ffeg' },
    { id: '19c0ffee19c0ffee\n' },
    { id: ['19c0ffee19c0ffee'] },
    { id: null },
  ])('leads nowhere else: %j', (other) => {
    expect(readSourceMessage({ ...fetchIt, ...other })).toBeNull();
  });
});

describe('a question of the popup', () => {
  const asked = { kind: 'explain', language: 'ja', message: null, again: false };
  it.each([
    { value: asked, read: asked },
    {
      value: { ...asked, language: 'en', message: 'f:1', again: true },
      read: { ...asked, language: 'en', message: 'f:1', again: true },
    },
    { value: { ...asked, message: '', more: 1 }, read: { ...asked, message: '' } },
    { value: { ...asked, again: 'yes' }, read: asked },
    { value: { ...asked, again: undefined }, read: asked },
    { value: { ...asked, language: 'auto' }, read: null },
    { value: { ...asked, language: 'fr' }, read: null },
    { value: { ...asked, language: undefined }, read: null },
    { value: { ...asked, message: 7 }, read: null },
    { value: { ...asked, message: undefined }, read: null },
    { value: { ...asked, kind: 'end' }, read: null },
    { value: { kind: 'explain' }, read: null },
    { value: null, read: null },
    { value: 'explain', read: null },
  ])('is read or refused: $value', ({ value, read }) => {
    expect(readExplainRequest(value)).toEqual(read);
  });
});

describe('a state', () => {
  it.each([
    { value: { kind: 'open', messages: [], meant: '' }, final: false },
    { value: { kind: 'reading', stage: 'source', done: 0, of: null }, final: false },
    { value: { kind: 'problem', problem: 'fault' }, final: true },
    { value: { kind: 'report', report: { checked: { state: 'pending' } } }, final: false },
    { value: { kind: 'report', report: { checked: { state: 'partial' } } }, final: true },
    { value: { kind: 'report', report: { checked: { state: 'done' } } }, final: true },
  ])('is known to be the last or not: $value', ({ value, final }) => {
    for (const state of [readExplaining(value), readWorkerMessage(value)]) {
      expect(state).toEqual(value);
      expect(state !== null && state.kind !== 'taken' && isFinal(state)).toBe(final);
    }
  });

  it.each([
    { value: null },
    { value: undefined },
    { value: 'reading' },
    { value: {} },
    { value: { kind: 'explain' } },
    { value: { kind: 'other' } },
    { value: { kind: ['report'] } },
  ])('is refused: $value', ({ value }) => {
    expect(readExplaining(value)).toBeNull();
    expect(readWorkerMessage(value)).toBeNull();
  });

  it('that asks for the next piece is of the worker alone', () => {
    expect(readWorkerMessage({ kind: 'taken', more: 1 })).toEqual({ kind: 'taken' });
    expect(readExplaining({ kind: 'taken' })).toBeNull();
  });
});

it('of another shape is never read as more than it is', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({ kind: fc.constantFrom('explain', 'begin', 'piece', 'end', 'fetch', 'report', 'taken') }),
  );
  fc.assert(
    fc.property(anything, (value) => {
      const explain = readExplainRequest(value);
      if (explain !== null) expect(['en', 'ja']).toContain(explain.language);
      const source = readSourceMessage(value);
      if (source?.kind === 'begin') {
        expect(source.bytes).toBeTypeOf('number');
        expect(source.again).toBeTypeOf('boolean');
        expect(source.receivedBy === null || typeof source.receivedBy === 'string').toBe(true);
      }
      if (source?.kind === 'piece') expect(source.base64).toBeTypeOf('string');
      readExplaining(value);
      readWorkerMessage(value);
    }),
  );
});
