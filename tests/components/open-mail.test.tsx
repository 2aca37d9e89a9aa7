/** The popup's content as its user meets it: by role and name, from opening to the end. */
import { cleanup, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reportOf, SAMPLES } from '../kit/samples.ts';
import { failed, LANGUAGES, open, pendingReport, sample, shown } from './kit.tsx';

afterEach(cleanup);

const inReport = () => within(screen.getByRole('article'));

describe('from opening to the end', () => {
  it('says what it is doing, shows the verdict at once, and says when the check is complete', async () => {
    const { say, ask } = open();
    expect(ask.mock.calls.map(([asked]) => asked)).toEqual([{ message: null, again: false }]);
    expect(screen.getByRole('status').textContent).toBe('Looking for the open message…');
    say({ kind: 'reading', stage: 'source', done: 0, of: null });
    expect(screen.getByRole('status').textContent).toBe('Reading the message…');
    say(shown(await pendingReport(sample('02'))));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      'shop.example does not vouch for this mail.',
    );
    expect(inReport().getByRole('status').textContent).toBe('Checking with DNS…');
    expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('true');
    say(shown(await reportOf(sample('02'), 'en')));
    expect(inReport().getByRole('status').textContent).toBe('The check is complete.');
    expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('false');
    expect(ask).toHaveBeenCalledOnce();
  });

  it('tells the reasons in order: identifier, checks, alignment, policy', async () => {
    const { say } = open();
    say(shown(await reportOf(sample('02'), 'en')));
    const why = within(screen.getByRole('region', { name: 'Why' })).getAllByRole('listitem');
    const about = why.map(
      (item) => /From|SPF|DKIM|DMARC/.exec(item.querySelector('.source')?.textContent ?? '')?.[0],
    );
    expect(about.slice(0, 5)).toEqual(['From', 'SPF', 'DKIM', 'DMARC', 'DMARC']);
  });

  it('opens the evidence by click and by keyboard, and keeps it open while the checks fill in', async () => {
    const user = userEvent.setup();
    const { say } = open();
    say(shown(await pendingReport(sample('02'))));
    const find = () =>
      screen.getByRole('button', { name: /signature of mailer\.example|signature is mailer\.example/ });
    expect(find().getAttribute('aria-expanded')).toBe('false');
    await user.click(find());
    expect(find().getAttribute('aria-expanded')).toBe('true');
    say(shown(await reportOf(sample('02'), 'en')));
    expect(find().getAttribute('aria-expanded')).toBe('true');
    expect(document.body.textContent).toContain('DKIM-Signature: v=1; a=rsa-sha256');
    expect(document.body.textContent).toContain('s1._domainkey.mailer.example TXT');
    find().focus();
    await user.keyboard('{Enter}');
    expect(find().getAttribute('aria-expanded')).toBe('false');
  });

  it('gives the picture in words', async () => {
    const { say } = open();
    say(shown(await reportOf(sample('02'), 'en')));
    const name = screen.getByRole('img').getAttribute('aria-label') ?? '';
    expect(name).toContain('The signature is mailer.example’s and intact. shop.example did not sign.');
    expect(name).toContain('shop.example asks receivers to reject');
  });

  it('keeps advice to the reader and steps for the sender apart', async () => {
    const { say } = open();
    say(shown(await reportOf(sample('02'), 'en')));
    expect(screen.getByRole('region', { name: 'What to do' }).textContent).toContain('Do not follow links');
    expect(screen.getByRole('region', { name: 'If you sent it' }).textContent).toContain('d=shop.example');
  });

  it('sets then and now side by side', async () => {
    const { say } = open();
    say(shown(await reportOf(sample('09'), 'en')));
    const [then, now] = screen.getAllByRole('definition');
    expect([then?.textContent, now?.textContent]).toEqual(['DMARC temperror', 'DMARC pass']);
  });
});

describe('every sample', () => {
  const all = SAMPLES.flatMap((each) => LANGUAGES.map((language) => ({ name: each.name, each, language })));
  it.each(all)('$name in $language shows no gap in its words', async ({ each, language }) => {
    const user = userEvent.setup();
    const { say } = open(language);
    say(shown(await reportOf(each, language)));
    for (const button of document.querySelectorAll('button.reason')) await user.click(button);
    const text = document.body.textContent ?? '';
    expect(text).not.toMatch(/undefined|\[object|NaN|\$[a-z]+\$|(?:finding|headline|ui|picture)_/);
    expect(text).not.toMatch(/[\u2066-\u2069]/);
  });
});

describe('what was asked', () => {
  it('is taken back when the popup goes', async () => {
    const { askings, unmount } = open();
    expect(askings[0]?.cancel).not.toHaveBeenCalled();
    unmount();
    await waitFor(() => expect(askings[0]?.cancel).toHaveBeenCalledOnce());
  });

  it('is taken back when it is asked anew', async () => {
    const { say, ask, askings } = open();
    say(shown(await reportOf(sample('01'), 'en')));
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(askings[0]?.cancel).toHaveBeenCalledOnce();
    expect(askings[1]?.cancel).not.toHaveBeenCalled();
  });

  it('about a message stays about that message', async () => {
    const { say, ask } = open('en', { message: 'm-7' });
    say(failed('throttled'));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask.mock.calls.map(([asked]) => asked)).toEqual([
      { message: 'm-7', again: false },
      { message: 'm-7', again: true },
    ]);
  });
});

describe('the first-run question', () => {
  const NAME = 'Show a badge beside the sender?';
  const question = (answer: boolean | null) => ({ answer, onAnswer: vi.fn() });

  it('waits behind a button where there is an explanation', async () => {
    const asked = question(null);
    const { say } = open('en', { question: asked });
    say(shown(await reportOf(sample('01'), 'en')));
    expect(screen.queryByRole('region', { name: NAME })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Badges?' }));
    expect(screen.queryByRole('button', { name: 'Badges?' })).toBeNull();
    const region = within(await screen.findByRole('region', { name: NAME }));
    await userEvent.click(region.getByRole('button', { name: 'Show badges' }));
    expect(asked.onAnswer).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('is asked at once where nothing can be explained', () => {
    const { say } = open('en', { question: question(null) });
    say(failed('no-mail-page'));
    expect(screen.getByRole('region', { name: NAME })).toBeTruthy();
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Badges?' })).toBeNull();
  });

  it('is not offered once it is answered, nor where it is not to be asked', () => {
    open('en', { question: question(true) });
    open('en');
    expect(screen.queryByRole('button', { name: 'Badges?' })).toBeNull();
  });
});

it('leads to the settings', async () => {
  const openSettings = vi.fn();
  open('en', { openSettings });
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  expect(openSettings).toHaveBeenCalledOnce();
});
