/** The first-run page: one question, who is asked what, what the marks mean, and the language. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Welcome, type WelcomeProps } from '../../components/Welcome.tsx';
import { translatorFor } from '../kit/samples.ts';

afterEach(cleanup);

function show(more: Partial<WelcomeProps> = {}, language: 'en' | 'ja' = 'en') {
  const props = {
    language,
    badges: null,
    first: 'Cloudflare',
    second: 'Google',
    onLanguage: vi.fn(),
    onAnswer: vi.fn(),
    complaint: '',
    t: translatorFor(language),
    ...more,
  };
  return { ...props, ...render(<Welcome {...props} />) };
}

/** What the list under a heading says. */
function listUnder(heading: string): readonly (string | null)[] {
  const list = screen.getByRole('heading', { level: 2, name: heading }).nextElementSibling;
  if (!(list instanceof HTMLUListElement)) throw new Error(`no list under ${heading}`);
  return within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
}

describe('the question', () => {
  it.each([
    { language: 'en', name: 'Show badges', answer: true },
    { language: 'en', name: 'No badges', answer: false },
    { language: 'ja', name: '表示する', answer: true },
    { language: 'ja', name: '表示しない', answer: false },
  ] as const)('is answered with “$name”', async ({ language, name, answer }) => {
    const { onAnswer } = show({}, language);
    await userEvent.click(screen.getByRole('button', { name }));
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith(answer);
  });

  it('is over once it is answered', () => {
    show({ badges: true });
    expect(screen.getByRole('status').textContent).toBe(
      'Badges are shown. You can turn them off in the settings.',
    );
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is told of where the answer could not be saved, and nothing is told before', () => {
    show();
    expect(screen.getByRole('alert').textContent).toBe('');
    cleanup();
    const complaint = translatorFor('en')('ui_not_saved');
    show({ complaint });
    expect(screen.getByRole('alert').textContent).toBe(complaint);
    expect(screen.getByRole('button', { name: 'Show badges' })).toBeTruthy();
  });
});

describe('who is asked', () => {
  const GMAIL = 'Gmail is asked for the mail, as its own page asks for it.';
  const NOBODY = /^No one else\. The mail itself never leaves your browser\./;
  const dns = (name: string): string =>
    `${name} is asked for the public DNS records of the domains that the mail names, when you open an explanation.`;

  it('is Gmail, the first resolver, and the second only where the first does not answer', () => {
    show();
    const [gmail, first, second, nobody, ...rest] = listUnder('Who is asked what');
    expect([gmail, first, second]).toEqual([
      GMAIL,
      dns('Cloudflare'),
      'Google is asked the same, but only when Cloudflare does not answer.',
    ]);
    expect(nobody).toMatch(NOBODY);
    expect(rest).toEqual([]);
  });

  it('is no second resolver where there is none', () => {
    show({ first: 'dns.example', second: null });
    const [gmail, first, nobody, ...rest] = listUnder('Who is asked what');
    expect([gmail, first]).toEqual([GMAIL, dns('dns.example')]);
    expect(nobody).toMatch(NOBODY);
    expect(rest).toEqual([]);
    expect(document.body.textContent).not.toMatch(/Google|is asked the same/);
  });

  it('is told in Japanese too', () => {
    show({ first: 'IIJ', second: 'Quad9' }, 'ja');
    expect(listUnder('どこに何を尋ねるか').slice(1, 3)).toEqual([
      'IIJ には、説明を開いたときに、メールに書かれたドメインの公開 DNS レコードを尋ねます。',
      'Quad9 には、IIJ が答えないときだけ、同じことを尋ねます。',
    ]);
  });
});

describe('the legend', () => {
  it.each([
    {
      language: 'en',
      heading: 'What the marks mean',
      first: 'The sender’s domain vouches for this mail.',
    },
    { language: 'ja', heading: '印の意味', first: '差出人のドメインが、自らのメールだと認めています。' },
  ] as const)('says each mark’s meaning in words ($language)', ({ language, heading, first }) => {
    show({}, language);
    const told = listUnder(heading);
    expect(told).toHaveLength(4);
    expect(told[0]).toBe(first);
    expect(new Set(told).size).toBe(4);
  });

  it('has a mark of its own for each meaning, which is not read out', () => {
    const { container } = show();
    const marks = [...container.querySelectorAll('.legend svg')];
    expect(marks).toHaveLength(4);
    expect(new Set(marks.map(({ innerHTML }) => innerHTML)).size).toBe(4);
    for (const mark of marks) expect(mark.getAttribute('aria-hidden')).toBe('true');
  });
});

describe('the language', () => {
  it.each([
    { language: 'en', group: 'Language', name: '日本語', value: 'ja' },
    { language: 'ja', group: '言語', name: 'English', value: 'en' },
    { language: 'en', group: 'Language', name: 'As in the browser', value: 'auto' },
  ] as const)('is changed to “$name” from $language', async ({ language, group, name, value }) => {
    const { onLanguage, onAnswer } = show({}, language);
    const choice = within(screen.getByRole('group', { name: group }));
    expect(choice.getByRole<HTMLInputElement>('radio', { checked: true }).value).toBe(language);
    await userEvent.click(choice.getByRole('radio', { name }));
    expect(onLanguage).toHaveBeenCalledExactlyOnceWith(value);
    expect(onAnswer).not.toHaveBeenCalled();
  });

  it('of a name is said, so that it is read out in it', () => {
    show();
    for (const [name, lang] of [
      ['English', 'en'],
      ['日本語', 'ja'],
    ] as const)
      expect(screen.getByText(name).lang).toBe(lang);
  });
});
