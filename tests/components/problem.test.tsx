/** Every problem in both languages: what is wrong, what to do, and a way out that works. */
import { cleanup, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Explaining } from '../../lib/explain/explaining.ts';
import { type Problem, problemSentences } from '../../lib/explain/problem.ts';
import { reportOf, translatorFor } from '../kit/samples.ts';
import { everyWord, expectWhole, failed, LANGUAGES, open, sample, shown, words } from './kit.tsx';

afterEach(cleanup);

type Label = Readonly<Record<(typeof LANGUAGES)[number], string>>;
const RETRY: Label = { en: 'Try again', ja: 'もう一度' };
const ALLOW: Label = { en: 'Allow access', ja: 'アクセスを許可' };
const RELOAD: Label = { en: 'Reload this tab', ja: 'タブを再読み込み' };
const FILE: Label = { en: 'Check a file or pasted mail', ja: 'ファイルや貼り付けたメールを調べる' };

/** Each problem with the buttons that help; a problem that is missing here does not compile. */
const BUTTONS: Readonly<Record<Problem, readonly Label[]>> = {
  'no-mail-page': [FILE],
  'no-access': [ALLOW],
  'access-refused': [ALLOW],
  'stale-tab': [RELOAD],
  'no-message-open': [RETRY],
  'signed-out': [RETRY],
  throttled: [RETRY, FILE],
  'not-original': [RETRY, FILE],
  redirected: [RETRY],
  unreachable: [RETRY],
  'too-large': [RETRY],
  'unreadable-file': [RETRY],
  stopped: [RETRY, FILE],
  fault: [RETRY],
  empty: [RETRY],
  html: [RETRY],
  binary: [RETRY],
  'no-header': [RETRY],
};
const PROBLEMS = Object.keys(BUTTONS) as Problem[];

/** A sentence of the language: some letters of its own, and its full stop at the end. */
const SENTENCE = { en: /\S.*\.$/, ja: /[ぁ-ん].*。$/ };
const WORDS = { en: /\S/, ja: /[ぁ-ん]/ };

describe('a problem', () => {
  const all = LANGUAGES.flatMap((language) =>
    PROBLEMS.map((problem) => ({
      problem,
      language,
      buttons: BUTTONS[problem].map((label) => label[language]),
    })),
  );

  it.each(all)(
    '$problem in $language shows its title, its advice and the buttons $buttons',
    ({ problem, language, buttons }) => {
      const { say } = open(language);
      say(failed(problem));
      const { title, advice } = problemSentences(translatorFor(language), problem, '9.8.7');
      const alert = screen.getByRole('alert');
      const heading = within(alert).getByRole('heading', { level: 1 });
      expect(heading.textContent).toBe(words(title));
      expect(heading.textContent).toMatch(SENTENCE[language]);
      expect(alert.querySelector('p')?.textContent).toBe(words(advice));
      expect(alert.querySelector('p')?.textContent).toMatch(WORDS[language]);
      expect(
        within(alert)
          .queryAllByRole('button')
          .map(({ textContent }) => textContent),
      ).toEqual(buttons);
      expectWhole(everyWord());
    },
  );

  it.each(LANGUAGES)('that is our fault asks for a report with the version (%s)', (language) => {
    const { say } = open(language);
    say(failed('fault'));
    expect(screen.getByRole('alert').textContent).toContain('9.8.7');
  });
});

describe('a way out', () => {
  it('is to try again, which reads anew and says so', async () => {
    const { say, ask } = open();
    say(failed('throttled'));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('status').textContent).toBe('Looking for the open message…');
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls[1]?.[0]).toEqual({ message: null, again: true });
  });

  it('leaves nothing of the problem: after trying again the report stands alone', async () => {
    const answers: Explaining[] = [failed('throttled'), shown(await reportOf(sample('01'), 'en'))];
    open('en', {
      ask: (_, tell) => {
        const answer = answers.shift();
        if (answer !== undefined) tell(answer);
        return { cancel() {} };
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('article')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each(['no-access', 'access-refused'] as const)(
    'from %s is to allow what is required, and then it is asked again',
    async (problem) => {
      const allow = vi.fn(async () => true);
      const { say, ask } = open('en', { allow });
      say(failed(problem));
      await userEvent.click(screen.getByRole('button', { name: 'Allow access' }));
      expect(allow).toHaveBeenCalledExactlyOnceWith('required');
      expect((await screen.findByRole('status')).textContent).toBe('Looking for the open message…');
      await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
      expect(ask.mock.calls[1]?.[0]).toEqual({ message: null, again: true });
    },
  );

  it('that was refused can be taken later', async () => {
    const { say, ask } = open('en', { allow: async () => false });
    say(failed('no-access'));
    await userEvent.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(await screen.findByRole('heading', { name: 'Access was not granted.', level: 1 })).toBeTruthy();
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Allow access' })).toBeTruthy();
    expect(ask).toHaveBeenCalledOnce();
  });

  it('from an old tab is to reload it', async () => {
    const reloadTab = vi.fn();
    const { say } = open('en', { reloadTab });
    say(failed('stale-tab'));
    await userEvent.click(screen.getByRole('button', { name: 'Reload this tab' }));
    expect(reloadTab).toHaveBeenCalledOnce();
  });

  const helped = LANGUAGES.flatMap((language) =>
    PROBLEMS.filter((problem) => BUTTONS[problem].includes(FILE)).map((problem) => ({ problem, language })),
  );
  it.each(helped)(
    'from $problem is a mail that is brought by hand ($language)',
    async ({ problem, language }) => {
      const openAnalyzer = vi.fn();
      const { say, ask } = open(language, { openAnalyzer });
      say(failed(problem));
      await userEvent.click(screen.getByRole('button', { name: FILE[language] }));
      expect(openAnalyzer).toHaveBeenCalledOnce();
      expect(ask).toHaveBeenCalledOnce();
    },
  );
});
