/** While a mail is read: what is going on, and for a large one how far it has come. */
import { cleanup, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Explaining } from '../../lib/explain/explaining.ts';
import { open } from './kit.tsx';

afterEach(cleanup);

const MEGA = 1024 * 1024;
type Stage = 'source' | 'handing';
const reading = (stage: Stage, done: number, of: number | null): Explaining => ({
  kind: 'reading',
  stage,
  done,
  of,
});
/** Numbers that run are no status: whoever listens hears the bar instead. */
const said = () => document.querySelector('.waiting p')?.textContent;

it.each([
  { language: 'en', text: 'Looking for the open message…' },
  { language: 'ja', text: '開いているメールを探しています…' },
] as const)('before anything is told it looks for the mail ($language)', ({ language, text }) => {
  open(language);
  expect(said()).toBe(text);
  expect(screen.queryByRole('progressbar')).toBeNull();
});

describe('a mail of the usual size', () => {
  it.each([
    { stage: 'source', done: 0, of: null },
    { stage: 'source', done: 1 * MEGA, of: null },
    { stage: 'source', done: 40_000, of: 80_000 },
    { stage: 'source', done: MEGA, of: 2 * MEGA },
    { stage: 'handing', done: 40_000, of: 80_000 },
  ] as const)('is read without numbers: $stage, $done of $of', ({ stage, done, of }) => {
    const { say } = open();
    say(reading(stage, done, of));
    expect(said()).toBe('Reading the message…');
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
});

describe('a large mail', () => {
  it.each([
    {
      language: 'en',
      source: 'Reading the message… 1.0 of 5.0 MB',
      handing: 'Taking it in for the check… 1.0 of 5.0 MB',
    },
    {
      language: 'ja',
      source: 'メッセージを読み込んでいます… 1.0 / 5.0 MB',
      handing: '確認のために取り込んでいます… 1.0 / 5.0 MB',
    },
  ] as const)('says how far each stage has come ($language)', ({ language, source, handing }) => {
    const { say } = open(language);
    say(reading('source', MEGA, 5 * MEGA));
    expect(said()).toBe(source);
    say(reading('handing', MEGA, 5 * MEGA));
    expect(said()).toBe(handing);
  });

  it.each(['source', 'handing'] as const)('fills a bar in the stage “%s”', (stage) => {
    const { say } = open();
    for (const done of [0, 2.5 * MEGA, 5 * MEGA]) {
      say(reading(stage, done, 5 * MEGA));
      const progress = screen.getByRole<HTMLProgressElement>('progressbar', { name: /\S/ });
      expect([progress.value, progress.max]).toEqual([done, 5 * MEGA]);
    }
  });

  it('has a bar that is named by what it measures', () => {
    const { say } = open();
    say(reading('source', MEGA, 5 * MEGA));
    expect(screen.getByRole('progressbar', { name: /^Reading the message…/ })).toBeTruthy();
  });

  it.each([
    { language: 'en', text: 'Reading the message… 3.0 MB' },
    { language: 'ja', text: 'メッセージを読み込んでいます… 3.0 MB' },
  ] as const)(
    'of unknown size says how much there is so far, without a bar ($language)',
    ({ language, text }) => {
      const { say } = open(language);
      for (const stage of ['source', 'handing'] as const) {
        say(reading(stage, 3 * MEGA, null));
        expect(said()).toBe(text);
        expect(screen.queryByRole('progressbar')).toBeNull();
      }
    },
  );
});
