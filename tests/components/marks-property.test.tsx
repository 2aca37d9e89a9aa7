/** For any header value: marking words in the evidence never changes its text. */
import { cleanup, render } from '@testing-library/preact';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Evidence } from '../../components/Evidence.tsx';
import type { Finding } from '../../lib/engine/index.ts';
import { answerMarks, fieldMarks, type Mark } from '../../lib/explain/marks.ts';
import { oneLine } from '../../lib/explain/plain-text.ts';
import { reportOf, translatorFor } from '../kit/samples.ts';
import {
  ADDRESS_WORDS,
  DMARC_WORDS,
  RECEIVED_WORDS,
  RESULT_WORDS,
  TAG_WORDS,
  textFor,
} from '../property/arbitraries.ts';
import { sample } from './kit.tsx';

afterEach(cleanup);

const report = await reportOf(sample('02'), 'en');
const t = translatorFor('en');

/** The excerpt of a field with these marks: its text, and the words that stand out. */
function shownField(value: string, marks: readonly Mark[]) {
  const { container, unmount } = render(
    <Evidence
      because={{ fields: [0], dns: [] }}
      marks={{ fields: [marks], dns: [] }}
      report={{ ...report, fields: [{ name: 'X', value, line: 1 }] }}
      t={t}
    />,
  );
  return read(container, 'pre > bdi', unmount);
}

/** The excerpt of a record with these marks. */
function shownRecord(text: string, marks: readonly Mark[]) {
  const answer = { name: 'x.example', type: 'TXT', rcode: 'NOERROR', answers: [text], resolver: '' } as const;
  const [like] = report.dns;
  if (like === undefined) throw new Error('no answer');
  const { container, unmount } = render(
    <Evidence
      because={{ fields: [], dns: [0] }}
      marks={{ fields: [], dns: [[marks]] }}
      report={{ ...report, dns: [{ ...like, ...answer }] }}
      t={t}
    />,
  );
  return read(container, '.record', unmount);
}

function read(container: Element, selector: string, unmount: () => void) {
  const element = container.querySelector(selector);
  const shown = {
    text: element?.textContent,
    marked: [...(element?.querySelectorAll('mark') ?? [])].map(({ textContent }) => textContent),
  };
  unmount();
  return shown;
}

/** A field's value is unfolded: it holds white space, but no line end. */
const unfolded = (words: readonly string[]) => textFor(words).map((text) => text.replace(/[\r\n]/g, ' '));

/** A value with marks from left to right that do not overlap; they may touch, and may begin anywhere. */
const marked = fc
  .tuple(
    unfolded([...RESULT_WORDS, '\u202e', '\u2069', '😀', '<mark>', '  ']),
    fc.array(fc.nat(), { maxLength: 12 }),
  )
  .map(([value, places]) => {
    const cuts = [...new Set(places.map((place) => place % (value.length + 1)))].sort(
      (one, other) => one - other,
    );
    const marks = cuts.flatMap((start, index) => {
      const end = cuts[index + 1];
      return end === undefined || index % 3 === 2 ? [] : [{ start, end }];
    });
    return { value, marks };
  });

describe('any marks', () => {
  it('leave a field as it is', () => {
    fc.assert(
      fc.property(marked, ({ value, marks }) => {
        const { text, marked: words } = shownField(value, marks);
        expect(text).toBe(oneLine(value));
        expect(words).toHaveLength(marks.length);
      }),
      { numRuns: 200 },
    );
  });

  it('leave a record as it is', () => {
    fc.assert(
      fc.property(marked, ({ value, marks }) => {
        expect(shownRecord(value, marks).text).toBe(oneLine(value));
      }),
      { numRuns: 100 },
    );
  });
});

const about = fc.constantFrom('From', 'SPF', 'DKIM', 'DMARC', null);
const code = fc.constantFrom(
  'author',
  'spf-aligned',
  'dkim-unaligned',
  'dkim-key-missing',
  'dkim-body-altered',
  'dmarc-fail',
  'policy-reject',
  'policy-testing',
  'receiver-delivered',
  'receiver-error',
  'ignored-no-border',
);

/** A finding of any kind; its own parameters are a domain, or none. */
const finding = fc
  .record({
    code,
    about,
    step: fc.constantFrom('identifier', 'check', 'alignment', 'policy', 'trust'),
    params: fc.constantFrom({}, { domain: 'x.example' }, { domain: 'a.example' }),
  })
  .map((of) => of as unknown as Finding);

describe('the marks of a finding', () => {
  it.each([
    { key: 'from', own: ADDRESS_WORDS },
    { key: 'dkim-signature', own: TAG_WORDS },
    { key: 'received', own: RECEIVED_WORDS },
    { key: 'received-spf', own: RESULT_WORDS },
    { key: 'authentication-results', own: [...RESULT_WORDS, 'spf=', 'dkim=', 'dmarc=', 'dis=NONE'] },
    { key: 'arc-authentication-results', own: [...RESULT_WORDS, 'header.d=', 'action=none'] },
  ])('leave any field $key as it is', ({ key, own }) => {
    fc.assert(
      fc.property(finding, unfolded(own), (of, value) => {
        expect(shownField(value, fieldMarks(of, { key, value })).text).toBe(oneLine(value));
      }),
      { numRuns: 150 },
    );
  });

  it('leave a From field of several domains as it is, be one the beginning of another', () => {
    const domain = fc.constantFrom('a.example', 'a.example.org', 'b.a.example', 'a', 'a.example-b');
    const between = fc.constantFrom('@', ', ', ' ', '<', '>', '"', '\u0130', 'A.Example');
    const field = fc.array(
      fc.oneof(
        domain,
        between,
        domain.map((name) => `x@${name}`),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(field, fc.uniqueArray(domain, { maxLength: 4 }), (parts, domains) => {
        const value = parts.join('');
        const params = { domains: domains.join(', ') };
        const of = {
          code: 'authors-several',
          about: 'From',
          step: 'identifier',
          params,
        } as unknown as Finding;
        expect(shownField(value, fieldMarks(of, { key: 'from', value })).text).toBe(oneLine(value));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['_dmarc.x.example', 's._domainkey.x.example'])('leave any record of %s as it is', (name) => {
    fc.assert(
      fc.property(finding, unfolded([...DMARC_WORDS, ...TAG_WORDS]), (of, text) => {
        const [marks] = answerMarks(of, { name, answers: [text] }, 'p');
        expect(shownRecord(text, marks ?? []).text).toBe(oneLine(text));
      }),
      { numRuns: 150 },
    );
  });
});
