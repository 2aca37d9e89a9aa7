/** Whole views in both languages: nothing is missing, nothing stays untranslated, and every problem has a way out. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpenMail, type OpenMailState } from '../../components/OpenMail.tsx';
import { ReportView } from '../../components/ReportView.tsx';
import { SettingsForm } from '../../components/SettingsForm.tsx';
import { type Problem, problemSentences } from '../../lib/explain/problem.ts';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { LANGUAGES, sample, statesOf, words } from './kit.tsx';

afterEach(cleanup);
const FILE = { id: 'detect', basis: 'file' } as const;
const KEYS = Object.keys(english);

/** Fails where a text holds a gap, a key, or a character that acts. */
function expectWhole(text: string): void {
  expect(text).not.toMatch(/undefined|\bnull\b|\[object|NaN|\$[a-z]+\$|Infinity/);
  expect(text.match(/[a-z]+(?:_[a-z]+)+/g)?.filter((word) => KEYS.includes(word)) ?? []).toEqual([]);
  expect(text).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/,
  );
}

/** Everything that is shown or read out. */
function everyWord(): string {
  const named = [...document.querySelectorAll('[aria-label], [title]')];
  const names = named.flatMap((element) => [
    element.getAttribute('aria-label'),
    element.getAttribute('title'),
  ]);
  return [document.body.textContent, ...names.filter((name) => name !== null)].join('\n');
}

describe.each(LANGUAGES)('in %s', (language) => {
  const t = translatorFor(language);

  it.each(SAMPLES)('$name has every word, at first, in the end, and as a file', async (each) => {
    const states = [...(await statesOf(each, language)), await reportOf(each, language, FILE)];
    for (const report of states) {
      const { unmount } = render(<ReportView report={report} t={t} />);
      const user = userEvent.setup();
      for (const button of screen.queryAllByRole('button')) await user.click(button);
      expectWhole(everyWord());
      unmount();
    }
  });

  it.each(SAMPLES)('$name has headings for its parts and no part without one', async (each) => {
    render(<ReportView report={await reportOf(each, language)} t={t} />);
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
    for (const section of document.querySelectorAll('section')) {
      expect(within(section).getAllByRole('heading', { level: 2 })[0]?.textContent).toMatch(/\S/);
    }
  });
});

const RETRY = { en: 'Try again', ja: 'もう一度' };
const ALLOW = { en: 'Allow access', ja: 'アクセスを許可' };
const RELOAD = { en: 'Reload this tab', ja: 'タブを再読み込み' };

/** Each problem with the button that helps; a problem that is missing here does not compile. */
const BUTTONS: Readonly<Record<Problem, Readonly<Record<'en' | 'ja', string>> | null>> = {
  'no-mail-page': null,
  'no-access': ALLOW,
  'access-refused': ALLOW,
  'stale-tab': RELOAD,
  'no-message-open': RETRY,
  'signed-out': RETRY,
  throttled: RETRY,
  'not-original': RETRY,
  unreachable: RETRY,
  'too-large': RETRY,
  stopped: RETRY,
  fault: RETRY,
  empty: RETRY,
  html: RETRY,
  binary: RETRY,
  'no-header': RETRY,
};

function open(
  language: 'en' | 'ja',
  ask: (tell: (state: OpenMailState) => void) => void,
  openSettings = () => {},
) {
  render(
    <OpenMail
      ask={ask}
      allow={async () => true}
      reloadTab={async () => {}}
      openSettings={openSettings}
      version="9.8.7"
      t={translatorFor(language)}
    />,
  );
}

describe('a problem', () => {
  const all = LANGUAGES.flatMap((language) =>
    (Object.keys(BUTTONS) as Problem[]).map((problem) => ({
      problem,
      language,
      button: BUTTONS[problem]?.[language],
    })),
  );

  it.each(all)(
    '$problem in $language shows its title, its advice and the button “$button”',
    ({ problem, language, button }) => {
      open(language, (tell) => tell({ kind: 'problem', problem }));
      const { title, advice } = problemSentences(translatorFor(language), problem, '9.8.7');
      const alert = screen.getByRole('alert');
      expect(within(alert).getByRole('heading', { level: 1 }).textContent).toBe(words(title));
      expect(alert.querySelector('p')?.textContent).toBe(words(advice));
      expect(
        within(alert)
          .queryAllByRole('button')
          .map(({ textContent }) => textContent),
      ).toEqual(button === undefined ? [] : [button]);
      expectWhole(everyWord());
    },
  );

  it.each(LANGUAGES)('that is our fault asks for a report with the version (%s)', (language) => {
    open(language, (tell) => tell({ kind: 'problem', problem: 'fault' }));
    expect(screen.getByRole('alert').textContent).toContain('9.8.7');
  });

  it('that is over is over: after trying again the report stands alone', async () => {
    const report = await reportOf(sample('01'), 'en');
    const answers: OpenMailState[] = [
      { kind: 'problem', problem: 'throttled' },
      { kind: 'report', report },
    ];
    open('en', (tell) => tell(answers.shift() ?? { kind: 'opening' }));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('article')).toBeTruthy();
  });
});

describe('the bar', () => {
  it('says how the message was read, once it is', async () => {
    const report = await reportOf(sample('01'), 'en');
    open('en', (tell) =>
      tell({ kind: 'report', report: { ...report, source: { ...report.source, completeness: 'headers' } } }),
    );
    expect(screen.getAllByRole('banner')[0]?.textContent).toContain('Gmail · header only');
  });

  it.each([
    { language: 'en', name: 'Settings' },
    { language: 'ja', name: '設定' },
  ] as const)(
    'leads to the settings from every state, by keyboard too ($language)',
    async ({ language, name }) => {
      const openSettings = vi.fn();
      open(language, () => {}, openSettings);
      const user = userEvent.setup();
      await user.tab();
      expect(document.activeElement).toBe(screen.getByRole('button', { name }));
      await user.keyboard('{Enter}');
      expect(openSettings).toHaveBeenCalledOnce();
    },
  );
});

describe('the settings', () => {
  it.each(LANGUAGES)('have every word in %s', (language) => {
    render(<SettingsForm language={language} onLanguage={async () => {}} t={translatorFor(language)} />);
    expectWhole(everyWord());
    expect(screen.getByRole<HTMLInputElement>('radio', { checked: true }).value).toBe(language);
  });

  it('are changed with the arrow keys, and say “saved” only after it is', async () => {
    let save: () => void = () => {};
    const onLanguage = vi.fn(() => new Promise<void>((resolve) => (save = resolve)));
    render(<SettingsForm language="en" onLanguage={onLanguage} t={translatorFor('en')} />);
    const user = userEvent.setup();
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'English' }));
    await user.keyboard('{ArrowDown}');
    expect(onLanguage).toHaveBeenCalledExactlyOnceWith('ja');
    expect(screen.getByRole('status').textContent).toBe('');
    save();
    await vi.waitFor(() => expect(screen.getByRole('status').textContent).toBe('Saved.'));
  });
});
