/** Reasons: their order, and the way from a sentence to the line that it rests on. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ReportView } from '../../components/ReportView.tsx';
import type { SpfRecordTrace } from '../../lib/engine/index.ts';
import type { Reason } from '../../lib/explain/explanation.ts';
import { oneLine } from '../../lib/explain/plain-text.ts';
import type { MessageReport } from '../../lib/explain/report.ts';
import { bothWays } from '../../lib/explain/visible.ts';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { openEverything, sample, statesOf, words } from './kit.tsx';

afterEach(cleanup);
const t = translatorFor('en');
const STEPS = ['identifier', 'check', 'alignment', 'policy'];

/** The reasons of a part; what they show once they are opened may hold lists of its own. */
function reasonsIn(region: string): readonly HTMLElement[] {
  const found = screen.queryByRole('region', { name: region });
  if (found === null) return [];
  const [list] = within(found).getAllByRole('list');
  return [...(list?.children ?? [])].filter((item) => item instanceof HTMLElement);
}

/** The element that a button says it opens. */
function groundsOf(button: HTMLElement): HTMLElement {
  const grounds = document.getElementById(button.getAttribute('aria-controls') ?? '');
  if (grounds === null) throw new Error('the button controls nothing');
  return grounds;
}

/** What stands in an SPF record and in those that it leads to: each domain before its terms. */
function recordLines(trace: SpfRecordTrace | null | undefined): readonly string[] {
  if (trace == null) return [];
  return [
    bothWays(trace.domain),
    ...trace.terms.flatMap(({ text, record }) => [text, ...recordLines(record)]),
  ];
}

/** The stations that a reason shows beside its evidence. */
function wayOf({ about, code }: Reason, { checked }: MessageReport): readonly string[] {
  if (about === 'ARC')
    return (checked.arc?.sets ?? []).map(({ instance, domain }) => `i=${instance} ${bothWays(domain)}`);
  if (about !== 'SPF') return [];
  return recordLines((code === 'spf-helo' ? checked.spf.helo : checked.spf)?.trace);
}

describe('the reasons', () => {
  it.each(SAMPLES)(
    'of $name go from the identifier to the policy, and whose word counts stands apart',
    async (each) => {
      const report = await reportOf(each, 'en');
      render(<ReportView report={report} t={t} />);
      const why = report.explanation.reasons.filter(({ step }) => step !== 'trust');
      const order = why.map(({ step }) => STEPS.indexOf(step));
      expect(order).toEqual([...order].sort((one, other) => one - other));
      expect(reasonsIn('Why').map((item) => item.querySelector('.text')?.textContent)).toEqual(
        why.map(({ text }) => words(text)),
      );
      const trust = report.explanation.reasons.filter(({ step }) => step === 'trust');
      expect(reasonsIn('Whose word counts').map((item) => item.querySelector('.text')?.textContent)).toEqual(
        trust.map(({ text }) => words(text)),
      );
    },
  );

  it.each(SAMPLES)('of $name have a button exactly where there is evidence', async (each) => {
    const report = await reportOf(each, 'en');
    render(<ReportView report={report} t={t} />);
    const items = [...reasonsIn('Why'), ...reasonsIn('Whose word counts')];
    const { reasons } = report.explanation;
    expect(items).toHaveLength(reasons.length);
    for (const [index, { because }] of reasons.entries()) {
      const buttons = within(items[index] ?? document.body).queryAllByRole('button');
      expect(buttons).toHaveLength(because.fields.length + because.dns.length > 0 ? 1 : 0);
      for (const button of buttons) {
        expect(button.getAttribute('aria-expanded')).toBe('false');
        expect(groundsOf(button).hidden).toBe(true);
      }
    }
  });

  it('say who says so', async () => {
    render(<ReportView report={await reportOf(sample('02'), 'en')} t={t} />);
    const sources = reasonsIn('Why').map((item) => item.querySelector('.source')?.textContent);
    expect(sources).toContain('DKIM · Gmail reported: pass · checked here: pass');
  });
});

describe('the evidence', () => {
  it.each(SAMPLES)(
    'of every reason of $name is the header line and the DNS answer, and the way where there is one',
    async (each) => {
      const report = await reportOf(each, 'en');
      render(<ReportView report={report} t={t} />);
      openEverything();
      const items = [...reasonsIn('Why'), ...reasonsIn('Whose word counts')];
      for (const [index, reason] of report.explanation.reasons.entries()) {
        const { because } = reason;
        const button = within(items[index] ?? document.body).queryByRole('button');
        if (button === null) continue;
        expect(button.getAttribute('aria-expanded')).toBe('true');
        const grounds = groundsOf(button);
        expect(grounds.hidden).toBe(false);
        const stations = wayOf(reason, report);
        const figures = within(grounds).getAllByRole('figure');
        expect(figures).toHaveLength(
          because.fields.length + because.dns.length + (stations.length === 0 ? 0 : 1),
        );
        const lines = within(grounds).queryAllByRole('listitem');
        expect(lines.map((line) => line.querySelector('bdi')?.textContent)).toEqual(stations);
        for (const at of because.fields) {
          const field = report.fields[at];
          expect(grounds.textContent).toContain(`${field?.name}: ${oneLine(field?.value ?? '')}`);
          expect(grounds.textContent).toContain(`line ${field?.line}`);
        }
        for (const at of because.dns) {
          const answer = report.dns[at];
          expect(grounds.textContent).toContain(`${answer?.name} ${answer?.type}`);
          expect(grounds.textContent).toContain(`answered by ${answer?.resolver}`);
        }
        // A field is shown as one line: nothing of its folding is left.
        expect(grounds.textContent).not.toContain('<U+000D>');
      }
    },
  );

  it('is reached by Tab, opened by Space and closed by Enter', async () => {
    const user = userEvent.setup();
    render(<ReportView report={await reportOf(sample('02'), 'en')} t={t} />);
    const [first, second] = screen.getAllByRole('button');
    await user.tab();
    expect(document.activeElement).toBe(first);
    await user.keyboard(' ');
    expect(first?.getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('{Enter}');
    expect(first?.getAttribute('aria-expanded')).toBe('false');
    await user.tab();
    expect(document.activeElement).toBe(second);
    expect(second?.getAttribute('aria-expanded')).toBe('false');
  });

  it('of one reason is no other’s business', async () => {
    const user = userEvent.setup();
    render(<ReportView report={await reportOf(sample('02'), 'en')} t={t} />);
    const buttons = screen.getAllByRole('button');
    await user.click(buttons[1] ?? document.body);
    expect(buttons.map((button) => button.getAttribute('aria-expanded'))).toEqual(
      buttons.map((_, index) => String(index === 1)),
    );
  });

  it('of an answer that never came says that nobody answered', async () => {
    const report = await reportOf(sample('01'), 'en');
    const silent = report.dns.map((answer) => ({
      ...answer,
      rcode: 'TIMEOUT' as const,
      resolver: '',
      answers: [],
    }));
    render(<ReportView report={{ ...report, dns: silent }} t={t} />);
    openEverything();
    expect(document.body.textContent).toContain('no answer in time');
    expect(document.body.textContent).toContain('nobody answered');
  });

  it('cannot act, hide or leave its place, whatever a mail or a record holds', async () => {
    const report = await reportOf(sample('01'), 'en');
    const poison = '<img src=x onerror=alert(1)>\u202e\u2069\u0007\u200b';
    const fields = report.fields.map((field) => ({ ...field, name: `X${poison}`, value: poison }));
    const dns = report.dns.map((answer) => ({ ...answer, answers: [poison], resolver: poison }));
    render(<ReportView report={{ ...report, fields, dns }} t={t} />);
    openEverything();
    expect(document.querySelector('img[src]')).toBeNull();
    const excerpts = [...document.querySelectorAll('pre')].map(({ textContent }) => textContent);
    expect(excerpts.length).toBeGreaterThan(0);
    for (const excerpt of excerpts) {
      expect(excerpt).toContain('<U+202E><U+2069><U+0007><U+200B>');
      expect(excerpt).not.toMatch(/[\u0007\u200b\u202a-\u202e\u2066-\u2069]/);
    }
  });
});

describe('while the checks fill in', () => {
  it.each(SAMPLES)('the evidence that is open for $name stays open, and no other opens', async (each) => {
    const states = await statesOf(each);
    const [first, last] = [states[0], states.at(-1)];
    if (first === undefined || last === undefined) throw new Error('no states');
    /** What stands in each evidence that is open, one caption a figure. */
    const captions = (): readonly (readonly string[])[] =>
      [...document.querySelectorAll<HTMLElement>('.grounds:not([hidden])')].map((grounds) =>
        [...grounds.querySelectorAll('figcaption')].map(({ textContent }) => textContent),
      );
    const count = first.explanation.reasons.filter(
      ({ because }) => because.fields.length + because.dns.length > 0,
    ).length;
    for (let index = 0; index < count; index++) {
      const { rerender, unmount } = render(<ReportView report={first} t={t} />);
      fireEvent.click(screen.getAllByRole('button')[index] ?? document.body);
      const before = captions();
      expect(before).toHaveLength(1);
      for (const report of states) {
        rerender(<ReportView report={report} t={t} />);
        // What is found out is added; what was there stays.
        expect({ index, open: captions() }).toEqual({
          index,
          open: [expect.arrayContaining([...(before[0] ?? [])])],
        });
      }
      unmount();
    }
  });
});
