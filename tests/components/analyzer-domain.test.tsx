/** A domain instead of a mail: typed, meant by an address, or the one that the page was opened for. */
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Analyzer } from '../../components/Analyzer.tsx';
import type { AskRecords, RecordsQuestion } from '../../components/surroundings.ts';
import { reportOf, translatorFor } from '../kit/samples.ts';
import { domainReportOf } from './domain-kit.ts';
import { LANGUAGES, open, sample, shown } from './kit.tsx';

afterEach(cleanup);

const LABEL = {
  en: { field: 'Domain or address', show: 'Show records', back: 'Check something else' },
  ja: { field: 'ドメインまたはメールアドレス', show: 'レコードを表示', back: '別のものを調べる' },
};

async function show(question: RecordsQuestion | null = null, language: 'en' | 'ja' = 'en') {
  const askRecords = vi.fn<AskRecords>(async () => domainReportOf());
  const examine = vi.fn(async () => {});
  const questionMeant = (text: string): RecordsQuestion | null => {
    const [, domain] = /^\S*?([\w.]+\.example)$/.exec(text) ?? [];
    return domain === undefined ? null : { domain, selectors: [] };
  };
  render(
    <Analyzer
      examine={examine}
      servers={[]}
      question={question}
      questionMeant={questionMeant}
      askRecords={askRecords}
      copy={async () => {}}
      openSettings={() => {}}
      version="9.8.7"
      t={translatorFor(language)}
    />,
  );
  await act(async () => {});
  return { askRecords, examine };
}

const field = (language: 'en' | 'ja' = 'en') =>
  screen.getByRole<HTMLInputElement>('textbox', { name: LABEL[language].field });
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const ASKED = { domain: 'bank.example', selectors: [], again: false };

describe('a domain', () => {
  it.each(LANGUAGES)('is typed, and nothing is asked before (%s)', async (language) => {
    const { askRecords } = await show(null, language);
    await userEvent.type(field(language), 'bank.example');
    expect(askRecords).not.toHaveBeenCalled();
    await press(LABEL[language].show);
    await waitFor(() => expect(askRecords).toHaveBeenCalledExactlyOnceWith(ASKED));
    expect(await screen.findByRole('article')).toBeTruthy();
  });

  it('is shown by the Enter key, and by an address at it', async () => {
    const { askRecords } = await show();
    await userEvent.type(field(), 'office@bank.example{Enter}');
    await waitFor(() => expect(askRecords).toHaveBeenCalledExactlyOnceWith(ASKED));
  });

  it('that is none is told beside the field, until something else is typed', async () => {
    const { askRecords } = await show();
    await userEvent.type(field(), 'my bank{Enter}');
    expect(askRecords).not.toHaveBeenCalled();
    const complaint = screen.getByText(/This cannot be read as a domain name/);
    expect(complaint.getAttribute('role')).toBe('status');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(field().getAttribute('aria-describedby')).toBe(complaint.id);
    await userEvent.type(field(), '.example');
    expect(complaint.textContent).toBe('');
    expect(field().getAttribute('aria-invalid')).toBe('false');
  });

  it('in the place of a mail is no mail', async () => {
    const { askRecords, examine } = await show();
    await userEvent.type(screen.getByRole('textbox', { name: 'Mail or header' }), 'bank.example');
    await press('Check');
    await waitFor(() => expect(askRecords).toHaveBeenCalledExactlyOnceWith(ASKED));
    expect(examine).not.toHaveBeenCalled();
  });

  it('stays in its field for the way back', async () => {
    await show();
    await userEvent.type(field(), 'bank.example{Enter}');
    await press(LABEL.en.back);
    expect(screen.queryByRole('article')).toBeNull();
    expect(field().value).toBe('bank.example');
  });

  it('makes room for a mail that is dropped on it', async () => {
    const { examine } = await show({ domain: 'bank.example', selectors: [] });
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { files: [new File(['a'], 'a.eml')], types: ['Files'] } });
    fireEvent(document.body, event);
    expect(examine).toHaveBeenCalledOnce();
    expect(screen.queryByRole('article')).toBeNull();
  });
});

it('the page asks at once for what it was opened for, with the selectors', async () => {
  const { askRecords } = await show({ domain: 'bank.example', selectors: ['s1', 's2'] });
  await waitFor(() =>
    expect(askRecords).toHaveBeenCalledExactlyOnceWith({ ...ASKED, selectors: ['s1', 's2'] }),
  );
  expect(await screen.findByRole('article')).toBeTruthy();
});

describe('the link below an explanation', () => {
  it.each([
    { language: 'en', name: 'Records of bank.example' },
    { language: 'ja', name: 'bank.example のレコード' },
  ] as const)('leads to the author domain with its own selectors ($language)', async ({ language, name }) => {
    const openRecords = vi.fn();
    const { say } = open(language, { openRecords });
    const report = await reportOf(sample('01'), language);
    say(shown(report));
    expect(openRecords).not.toHaveBeenCalled();
    await press(name);
    expect(openRecords).toHaveBeenCalledExactlyOnceWith({ domain: 'bank.example', selectors: ['b2026'] });
  });

  it('names no key of another domain', async () => {
    const openRecords = vi.fn();
    const { say } = open('en', { openRecords });
    const report = await reportOf(sample('02'), 'en');
    say(shown(report));
    expect(report.checked.dkim.map(({ selector }) => selector)).toEqual(['s1']);
    await press(`Records of ${report.from.domain}`);
    expect(openRecords).toHaveBeenCalledExactlyOnceWith({ domain: report.from.domain, selectors: [] });
  });

  it('is not there where a mail has no author domain', async () => {
    const { say } = open();
    say(shown(await reportOf(sample('08'), 'en')));
    expect(screen.queryByRole('button', { name: /^Records of/ })).toBeNull();
  });
});
