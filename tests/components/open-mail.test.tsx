/** The popup's content as its user meets it: by role and name. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpenMail, type OpenMailProps, type OpenMailState } from '../../components/OpenMail.tsx';
import type { MessageReport } from '../../lib/explain/report.ts';
import { toReport } from '../../lib/explain/report.ts';
import { examineSample, reportOf, SAMPLES, type Sample, translatorFor } from '../kit/samples.ts';

afterEach(cleanup);

function sample(start: string): Sample {
  const found = SAMPLES.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no sample ${start}`);
  return found;
}

/** Shows the popup; `tell` is what the page would say next. */
function open(language: 'en' | 'ja' = 'en', more: Partial<OpenMailProps> = {}) {
  let tell: (state: OpenMailState) => void = () => {};
  const ask = vi.fn((listener: typeof tell) => {
    tell = listener;
  });
  const props: OpenMailProps = {
    ask,
    allow: async () => true,
    reloadTab: async () => {},
    openSettings: () => {},
    version: '1.2.3',
    t: translatorFor(language),
    ...more,
  };
  render(<OpenMail {...props} />);
  const say = async (state: OpenMailState): Promise<void> => {
    tell(state);
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { say, ask };
}

async function pendingReport(of: Sample): Promise<MessageReport> {
  const reports: MessageReport[] = [];
  await examineSample(of, undefined, (examination) =>
    reports.push(toReport(examination, { via: 'gmail', bytes: 1 }, 'en', translatorFor('en'))),
  );
  const [first] = reports;
  if (first === undefined) throw new Error('no report');
  return first;
}

describe('from opening to the end', () => {
  it('says what it is doing, shows the verdict at once, and says when the check is complete', async () => {
    const { say } = open();
    expect(screen.getByRole('status').textContent).toBe('Looking for the open message…');
    await say({ kind: 'reading' });
    expect(screen.getByRole('status').textContent).toBe('Reading the message…');
    await say({ kind: 'report', report: await pendingReport(sample('02')) });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      'shop.example does not vouch for this mail.',
    );
    expect(screen.getByRole('status').textContent).toBe('Checking with DNS…');
    expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('true');
    await say({ kind: 'report', report: await reportOf(sample('02'), 'en') });
    expect(screen.getByRole('status').textContent).toBe('The check is complete.');
    expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('false');
  });

  it('tells the reasons in order: identifier, checks, alignment, policy', async () => {
    const { say } = open();
    await say({ kind: 'report', report: await reportOf(sample('02'), 'en') });
    const why = within(screen.getByRole('region', { name: 'Why' })).getAllByRole('listitem');
    const about = why.map(
      (item) => /From|SPF|DKIM|DMARC/.exec(item.querySelector('.source')?.textContent ?? '')?.[0],
    );
    expect(about.slice(0, 5)).toEqual(['From', 'SPF', 'DKIM', 'DMARC', 'DMARC']);
  });

  it('opens the evidence by click and by keyboard, and keeps it open while the checks fill in', async () => {
    const user = userEvent.setup();
    const { say } = open();
    await say({ kind: 'report', report: await pendingReport(sample('02')) });
    const find = () =>
      screen.getByRole('button', { name: /signature of mailer\.example|signature is mailer\.example/ });
    expect(find().getAttribute('aria-expanded')).toBe('false');
    await user.click(find());
    expect(find().getAttribute('aria-expanded')).toBe('true');
    await say({ kind: 'report', report: await reportOf(sample('02'), 'en') });
    expect(find().getAttribute('aria-expanded')).toBe('true');
    expect(document.body.textContent).toContain('DKIM-Signature: v=1; a=rsa-sha256');
    expect(document.body.textContent).toContain('s1._domainkey.mailer.example TXT');
    find().focus();
    await user.keyboard('{Enter}');
    expect(find().getAttribute('aria-expanded')).toBe('false');
  });

  it('gives the picture in words', async () => {
    const { say } = open();
    await say({ kind: 'report', report: await reportOf(sample('02'), 'en') });
    const name = screen.getByRole('img').getAttribute('aria-label') ?? '';
    expect(name).toContain('The signature is mailer.example’s and intact. shop.example did not sign.');
    expect(name).toContain('shop.example asks receivers to reject');
  });

  it('keeps advice to the reader and steps for the sender apart', async () => {
    const { say } = open();
    await say({ kind: 'report', report: await reportOf(sample('02'), 'en') });
    expect(screen.getByRole('region', { name: 'What to do' }).textContent).toContain('Do not follow links');
    expect(screen.getByRole('region', { name: 'If you sent it' }).textContent).toContain('d=shop.example');
  });

  it('sets then and now side by side', async () => {
    const { say } = open();
    await say({ kind: 'report', report: await reportOf(sample('09'), 'en') });
    const [then, now] = screen.getAllByRole('definition');
    expect([then?.textContent, now?.textContent]).toEqual(['DMARC temperror', 'DMARC pass']);
  });
});

describe('every sample', () => {
  const all = SAMPLES.flatMap((each) =>
    (['en', 'ja'] as const).map((language) => ({ name: each.name, each, language })),
  );
  it.each(all)('$name in $language shows no gap in its words', async ({ each, language }) => {
    const user = userEvent.setup();
    const { say } = open(language);
    await say({ kind: 'report', report: await reportOf(each, language) });
    for (const button of document.querySelectorAll('button.reason')) await user.click(button);
    const text = document.body.textContent ?? '';
    expect(text).not.toMatch(/undefined|\[object|NaN|\$[a-z]+\$|(?:finding|headline|ui|picture)_/);
    expect(text).not.toMatch(/[\u2066-\u2069]/);
  });
});

describe('a problem', () => {
  const problems = [
    { problem: 'no-access', button: 'Allow access' },
    { problem: 'access-refused', button: 'Allow access' },
    { problem: 'stale-tab', button: 'Reload this tab' },
    { problem: 'no-mail-page', button: null },
    { problem: 'no-message-open', button: 'Try again' },
    { problem: 'signed-out', button: 'Try again' },
    { problem: 'throttled', button: 'Try again' },
    { problem: 'not-original', button: 'Try again' },
    { problem: 'unreachable', button: 'Try again' },
    { problem: 'too-large', button: 'Try again' },
    { problem: 'empty', button: 'Try again' },
    { problem: 'html', button: 'Try again' },
    { problem: 'binary', button: 'Try again' },
    { problem: 'no-header', button: 'Try again' },
    { problem: 'stopped', button: 'Try again' },
    { problem: 'fault', button: 'Try again' },
  ] as const;

  it.each(problems)('$problem says what is wrong and what to do', async ({ problem, button }) => {
    const { say } = open();
    await say({ kind: 'problem', problem });
    const alert = screen.getByRole('alert');
    expect(within(alert).getByRole('heading', { level: 1 }).textContent).toMatch(/\S.*\.$/);
    expect(alert.querySelector('p')?.textContent).toMatch(/\S/);
    const buttons = within(alert).queryAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual(button === null ? [] : [button]);
  });

  it.each(problems)('$problem is told in Japanese too', async ({ problem }) => {
    const { say } = open('ja');
    await say({ kind: 'problem', problem });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/[ぁ-ん].*。$/);
    expect(screen.getByRole('alert').querySelector('p')?.textContent).toMatch(/[ぁ-ん]/);
  });

  it('is tried again', async () => {
    const { say, ask } = open();
    await say({ kind: 'problem', problem: 'throttled' });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(ask).toHaveBeenCalledTimes(2);
    expect(screen.getByRole('status').textContent).toBe('Looking for the open message…');
  });

  it.each([
    { granted: true, shows: 'status' },
    { granted: false, shows: 'alert' },
  ] as const)('of access, granted: $granted', async ({ granted, shows }) => {
    const { say } = open('en', { allow: async () => granted });
    await say({ kind: 'problem', problem: 'no-access' });
    await userEvent.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(await screen.findByRole(shows)).toBeTruthy();
    if (!granted)
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Access was not granted.');
  });

  it('of an old tab is mended by reloading it', async () => {
    const reloadTab = vi.fn(async () => {});
    const { say } = open('en', { reloadTab });
    await say({ kind: 'problem', problem: 'stale-tab' });
    await userEvent.click(screen.getByRole('button', { name: 'Reload this tab' }));
    expect(reloadTab).toHaveBeenCalledOnce();
  });
});

it('leads to the settings', async () => {
  const openSettings = vi.fn();
  open('en', { openSettings });
  await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
  expect(openSettings).toHaveBeenCalledOnce();
});
