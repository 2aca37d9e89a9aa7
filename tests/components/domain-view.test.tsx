/** The records of a domain: every mistake where it stands, what mends it ready to copy, and asked anew when wanted. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DomainRecords } from '../../components/DomainRecords.tsx';
import type { AskRecords, RecordsAnswer } from '../../components/surroundings.ts';
import type { DomainReport } from '../../lib/explain/domain-report.ts';
import { answerText } from '../../lib/explain/plain-text.ts';
import { translatorFor } from '../kit/samples.ts';
import { answerOf, domainReportOf, MESSY, recordOf, remarkOf } from './domain-kit.ts';
import { LANGUAGES, words } from './kit.tsx';

afterEach(cleanup);

const QUESTION = { domain: 'bank.example', selectors: ['s1'] };

/** Shows what the worker answers, one answer for each question. */
async function show(answers: readonly (RecordsAnswer | Error)[], language: 'en' | 'ja' = 'en') {
  const left = [...answers];
  const askRecords = vi.fn<AskRecords>(async () => {
    const next = left.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('no answer is left');
    return next;
  });
  const copy = vi.fn(async (_: string) => {});
  render(
    <DomainRecords
      question={QUESTION}
      askRecords={askRecords}
      copy={copy}
      version="9.8.7"
      t={translatorFor(language)}
    />,
  );
  await act(async () => {});
  return { askRecords, copy };
}

const one = (over: Parameters<typeof recordOf>[0]): DomainReport =>
  domainReportOf({ domain: { name: 'bank.example', authenticData: null, records: [recordOf(over)] } });
const card = (name: string) => within(screen.getByRole('region', { name }));
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

describe('a record', () => {
  it('is shown as it stands, with its mistakes marked by kind and number', async () => {
    await show([MESSY]);
    const text = document.querySelector('.record-text');
    expect(text?.textContent).toBe('v=DMARC1 p=rejct; pct=50; rua=dmarc@bank.example');
    const marks = [...(text?.querySelectorAll('mark') ?? [])];
    expect(marks.map((mark) => [mark.className, mark.textContent, mark.dataset.remarks])).toEqual([
      ['gap error', '', '1'],
      ['error', 'rejct', '2'],
      ['info', 'pct=50', '3'],
      ['warn', 'dmarc@bank.example', '4'],
    ]);
  });

  it.each([
    { language: 'en', head: 'Error 1', place: 'after character 8 · RFC 9989 §4.7' },
    { language: 'ja', head: 'エラー 1', place: '8 文字目の後 · RFC 9989 §4.7' },
  ] as const)(
    'has a remark with its kind, place and section ($language)',
    async ({ language, head, place }) => {
      await show([MESSY], language);
      const [first] = card('DMARC')
        .getAllByRole('listitem')
        .filter(({ className }) => className.includes('remark'));
      expect(first?.textContent).toContain(`${head} A semicolon is missing after the version.`);
      expect(first?.textContent).toContain(place);
    },
  );

  it.each([
    { start: 0, end: 0, place: 'before the first character' },
    { start: 3, end: 3, place: 'after character 3' },
    { start: 0, end: 1, place: 'character 1' },
    { start: 2, end: 8, place: 'characters 3 to 8' },
  ])('says where: $place', async ({ start, end, place }) => {
    await show([one({ lint: [remarkOf({ start, end })] })]);
    expect(document.querySelector('.remark .source')?.textContent).toBe(`${place} · RFC 9989 §4.7`);
  });

  it('counts characters, not units', async () => {
    await show([one({ text: '😀😀x', lint: [remarkOf({ start: 4, end: 5 })] })]);
    expect(document.querySelector('.remark .source')?.textContent).toMatch(/^character 3 ·/);
  });

  it('hides nothing and turns nothing around', async () => {
    await show([one({ text: 'v=DMARC1\u202e;\u200b p=none', lint: [remarkOf({ start: 8, end: 9 })] })]);
    const text = document.querySelector('.record-text');
    expect(text?.textContent).toBe('v=DMARC1<U+202E>;<U+200B> p=none');
    expect(text?.querySelector('mark')?.textContent).toBe('<U+202E>');
    expect(text?.querySelector('bdi')?.dir).toBe('ltr');
  });

  it('names an internationalised domain both ways', async () => {
    await show([MESSY]);
    expect(
      card('Reports on encryption (TLS-RPT)').getByText(
        '_smtp._tls.bücher.example (_smtp._tls.xn--bcher-kva.example)',
      ),
    ).toBeTruthy();
  });

  it('stands with the others at its name, and says who answered', async () => {
    await show([MESSY]);
    const mx = card('Mail server (MX)');
    expect(mx.getByText('10 mx1.bank.example')).toBeTruthy();
    expect(mx.getByText('20 mx2.bank.example')).toBeTruthy();
    expect(document.querySelectorAll('.record-card')).toHaveLength(5);
    const spf = document.querySelectorAll('.record-card > .source')[1]?.textContent;
    expect(spf).toBe('answered by cloudflare-dns.com · from an earlier answer · good for 12 s more');
    const tls = document.querySelectorAll('.record-card > .source')[4]?.textContent;
    expect(tls).toBe('nothing to remark · answered by dns.google · good for 300 s more');
  });

  it('opens what its SPF leads to where something is wrong there, each term inside what leads to it', async () => {
    await show([MESSY]);
    const tree = card('SPF').getByRole('group') as HTMLDetailsElement;
    expect(tree.open).toBe(true);
    const over = within(tree).getByText('exists:%{i}.mailer.example').closest('li');
    expect(over?.className).toBe('error');
    expect(over?.parentElement?.closest('li')?.textContent).toMatch(/^· ?_spf\.mailer\.example/);
    expect(over?.textContent).toContain('lookup 11');
  });

  it('keeps it closed where nothing is', async () => {
    await show([one({ kind: 'spf', tree: [{ depth: 0, text: 'bank.example', note: '', severity: null }] })]);
    expect((screen.getByRole('group') as HTMLDetailsElement).open).toBe(false);
  });
});

describe('a correction', () => {
  const mended = (corrected: string) =>
    one({
      text: 'v=DMARC1 p=none',
      lint: [remarkOf({ start: 8, end: 8, correction: corrected })],
      corrected,
    });

  it('is shown once where there is one, what is new marked, and copied as it is', async () => {
    const { copy } = await show([mended('v=DMARC1; p=none')]);
    expect(screen.getByText('Corrected, ready to copy')).toBeTruthy();
    expect([...document.querySelectorAll('ins')].map(({ textContent }) => textContent)).toEqual([';']);
    await press('Copy');
    expect(copy).toHaveBeenCalledExactlyOnceWith('v=DMARC1; p=none');
    expect((await screen.findByText('Copied.')).getAttribute('role')).toBe('status');
  });

  it('says so where the browser refuses', async () => {
    const { copy } = await show([mended('v=DMARC1; p=none')]);
    copy.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    await press('Copy');
    expect(await screen.findByText('The browser did not allow copying.')).toBeTruthy();
  });

  it('of one mistake of several is there too', async () => {
    const { copy } = await show([MESSY]);
    const dmarc = card('DMARC');
    expect(dmarc.getByText('All of this corrected, ready to copy')).toBeTruthy();
    const single = dmarc.getAllByRole('group') as HTMLDetailsElement[];
    expect(single).toHaveLength(4);
    const [first] = single;
    if (first === undefined) throw new Error('there is none');
    fireEvent.click(within(first).getByText('With only this corrected'));
    await userEvent.click(within(first).getByText('Copy'));
    expect(copy).toHaveBeenCalledExactlyOnceWith('v=DMARC1; p=rejct; pct=50; rua=dmarc@bank.example');
  });

  it('with something in it that cannot be seen is not for copying', async () => {
    await show([mended('v=DMARC1; p=none\u200b')]);
    expect(screen.getByText(/<U\+200B>/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  });
});

describe('a finding', () => {
  it('leads to the answers that it rests on', async () => {
    await show([MESSY]);
    await press('Not known Whether _mta-sts.bank.example has a record is not known.');
    const silence = words(answerText({ rcode: 'TIMEOUT', answers: [] }, translatorFor('en')));
    expect(document.querySelector('.excerpt pre')?.textContent).toBe(`_mta-sts.bank.example TXT
${silence}`);
    expect(screen.getByText('nobody answered')).toBeTruthy();
  });

  it('that rests on no answer leads nowhere', async () => {
    await show([MESSY]);
    expect(screen.queryByRole('button', { name: /^In order/ })).toBeNull();
    expect(screen.getByText(/It asks receivers to reject/)).toBeTruthy();
  });
});

describe('the headline', () => {
  const remarked = (severity: 'error' | 'warn' | 'info') => one({ lint: [remarkOf({ severity })] });
  it.each([
    { report: domainReportOf(), tone: 'ok' },
    { report: remarked('info'), tone: 'ok' },
    { report: remarked('warn'), tone: 'warn' },
    { report: remarked('error'), tone: 'bad' },
    { report: domainReportOf({ state: 'partial' }), tone: 'mute' },
    { report: MESSY, tone: 'bad' },
  ])('is in the tone of the gravest thing: $tone', async ({ report, tone }) => {
    await show([report]);
    expect(document.querySelector('.verdict')?.classList.contains(tone)).toBe(true);
  });

  it('is read out once it is there', async () => {
    await show([domainReportOf()]);
    const said = screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(said).toContain('The records of bank.example are in order.');
  });
});

describe('the question', () => {
  it('is asked once, and while it is the page says so and holds the focus', async () => {
    let answer = (_: RecordsAnswer): void => {};
    const askRecords = vi.fn<AskRecords>(() => new Promise((resolve) => (answer = resolve)));
    render(
      <DomainRecords
        question={QUESTION}
        askRecords={askRecords}
        copy={vi.fn()}
        version="1"
        t={translatorFor('en')}
      />,
    );
    await waitFor(() => expect(askRecords).toHaveBeenCalledExactlyOnceWith({ ...QUESTION, again: false }));
    expect(screen.getByText(/Asking for the records of/).textContent).toBe(
      'Asking for the records of bank.example…',
    );
    expect(document.activeElement?.className).toContain('sheet');
    answer(domainReportOf());
    expect((await screen.findByRole('article')).getAttribute('aria-busy')).toBe('false');
  });

  it.each(LANGUAGES)(
    'is asked again past what is kept, the old answer staying meanwhile (%s)',
    async (language) => {
      const { askRecords } = await show([domainReportOf()], language);
      let answer = (_: RecordsAnswer): void => {};
      askRecords.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
      const again = { en: 'Ask again', ja: 'もう一度問い合わせる' }[language];
      await press(again);
      await press(again);
      expect(askRecords.mock.calls.map(([asked]) => asked)).toEqual([
        { ...QUESTION, again: false },
        { ...QUESTION, again: true },
      ]);
      expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('true');
      answer(MESSY);
      await waitFor(() => expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('false'));
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
        '3 errors stand in the records of bank.example.',
      );
    },
  );

  it.each([
    { answer: { kind: 'problem', problem: 'stopped' } as const, told: /background part stopped/ },
    { answer: { kind: 'problem', problem: 'fault' } as const, told: /Something went wrong in Mailvouch/ },
    { answer: new Error('ours'), told: /Something went wrong in Mailvouch/ },
  ])('that fails is asked once more by a button: $told', async ({ answer, told }) => {
    await show([answer, domainReportOf()]);
    expect(screen.getByRole('alert').textContent).toMatch(told);
    await press('Try again');
    expect(await screen.findByRole('article')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that is none is told', async () => {
    await show([{ kind: 'problem', problem: 'bad-domain' }]);
    expect(screen.getByRole('alert').textContent).toContain('This cannot be read as a domain name.');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('copied', () => {
  const REPORT = domainReportOf({
    domain: {
      name: 'bank.example',
      authenticData: null,
      records: [recordOf({ text: 'v=DMARC1\u202e', facts: ['Asks \u2068nothing\u2069'] })],
    },
    dns: [answerOf('_dmarc.bank.example', { answers: ['v=DMARC1\u202e'] })],
  });

  it.each([
    { button: 'Copy as text', holds: 'v=DMARC1<U+202E>' },
    { button: 'Copy as JSON', holds: '"text": "v=DMARC1\\u202e"' },
  ])('by “$button” it bears nothing unseen', async ({ button, holds }) => {
    const { copy } = await show([REPORT]);
    await press(button);
    const text = copy.mock.calls[0]?.[0] ?? '';
    expect(text).toContain('The records of bank.example are in order.');
    expect(text).toContain(holds);
    expect(text).toContain('Asks nothing');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await screen.findByText('Copied.')).toBeTruthy();
  });
});
