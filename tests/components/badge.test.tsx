/** The badge beside a sender says its sentence to everyone; the question about badges is asked until it is answered. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BadgeButton } from '../../components/Badge.tsx';
import { BadgeQuestion } from '../../components/BadgeQuestion.tsx';
import { type Badge, reportedBadge } from '../../lib/explain/badge.ts';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { everyWord, expectWhole, LANGUAGES, sample, words } from './kit.tsx';

afterEach(cleanup);

describe('the badge', () => {
  const all = LANGUAGES.flatMap((language) => SAMPLES.map((each) => ({ name: each.name, each, language })));

  it.each(all)('of $name in $language is named by its sentence', async ({ each, language }) => {
    const report = await reportOf(each, language);
    const badge = reportedBadge(report);
    render(<BadgeButton badge={badge} onOpen={() => {}} />);
    const isOwn = each.findings.includes('not-received');
    if (isOwn) return expect(screen.queryByRole('button')).toBeNull();
    const sentence = words(report.explanation.headline);
    const button = screen.getByRole('button', { name: `Mailvouch: ${sentence}` });
    // Whoever points at it reads the same as whoever hears it.
    expect(button.title).toBe(sentence);
    expect(button.getAttribute('aria-haspopup')).toBe('dialog');
    expect(button.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
    expectWhole(everyWord());
  });

  const shapeOf = (mark: Badge['mark']): string => {
    const { container, unmount } = render(
      <BadgeButton badge={{ mark, tone: 'mute', label: 'a' }} onOpen={() => {}} />,
    );
    const shape = container.querySelector('svg')?.innerHTML ?? '';
    unmount();
    return shape;
  };

  it('has a shape for each verdict, so that colour only repeats it', () => {
    const marks = ['authenticated', 'failed', 'unprotected', 'unknown', 'pending'] as const;
    const shapes = marks.map(shapeOf);
    for (const shape of shapes) expect(shape).not.toBe('');
    expect(new Set(shapes).size).toBe(marks.length);
  });

  it('keeps its place while nothing is known, and says nothing', () => {
    const { container } = render(<BadgeButton badge={null} onOpen={() => {}} />);
    expect(container.querySelector('.badge')).not.toBeNull();
    expect(container.textContent).toBe('');
    expect(container.querySelector('button, [role], [aria-label], [title], [tabindex]')).toBeNull();
  });

  it('opens by click and by keyboard', async () => {
    const onOpen = vi.fn();
    const user = userEvent.setup();
    const badge = reportedBadge(await reportOf(sample('02'), 'en'));
    render(<BadgeButton badge={badge} onOpen={onOpen} />);
    const button = screen.getByRole('button', {
      name: 'Mailvouch: shop.example does not vouch for this mail.',
    });
    await user.click(button);
    expect(onOpen).toHaveBeenCalledOnce();
    button.blur();
    await user.tab();
    expect(document.activeElement).toBe(button);
    await user.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledTimes(2);
  });
});

const QUESTION = {
  en: {
    title: 'Show a badge beside the sender?',
    yes: 'Show badges',
    no: 'No badges',
    on: 'Badges are shown. You can turn them off in the settings.',
    off: 'No badges are shown. The icon in the toolbar works all the same.',
  },
  ja: {
    title: '差出人の横に印を表示しますか？',
    yes: '表示する',
    no: '表示しない',
    on: '印を表示します。設定でいつでもやめられます。',
    off: '印は表示しません。ツールバーのアイコンはそのまま使えます。',
  },
} as const;

describe.each(LANGUAGES)('the question in %s', (language) => {
  const { title, yes, no, on, off } = QUESTION[language];
  const t = translatorFor(language);
  const region = () => within(screen.getByRole('region', { name: title }));

  it('says what badges read and that nobody else is asked', () => {
    render(<BadgeQuestion answer={null} onAnswer={() => {}} t={t} />);
    expect(region().getByRole('heading', { level: 2 }).textContent).toBe(title);
    expect(region().getByText(t('question_text'))).toBeTruthy();
    expect(region().queryByRole('status')).toBeNull();
    expectWhole(everyWord());
  });

  it.each([
    { name: yes, answer: true },
    { name: no, answer: false },
  ])('takes “$name” for an answer', async ({ name, answer }) => {
    const onAnswer = vi.fn();
    render(<BadgeQuestion answer={null} onAnswer={onAnswer} t={t} />);
    expect(onAnswer).not.toHaveBeenCalled();
    await userEvent.click(region().getByRole('button', { name }));
    expect(onAnswer).toHaveBeenCalledExactlyOnceWith(answer);
  });

  it.each([
    { answer: true, text: on },
    { answer: false, text: off },
  ])('is over once it is answered: $answer', ({ answer, text }) => {
    const { rerender } = render(<BadgeQuestion answer={null} onAnswer={() => {}} t={t} />);
    rerender(<BadgeQuestion answer={answer} onAnswer={() => {}} t={t} />);
    expect(region().getByRole('status').textContent).toBe(text);
    expect(region().queryByRole('button')).toBeNull();
    expect(region().queryByText(t('question_text'))).toBeNull();
  });
});
