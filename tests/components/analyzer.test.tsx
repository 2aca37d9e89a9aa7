/** A mail of the reader’s own: pasted, chosen or dropped, explained, and never mixed up with another one. */
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Analyzer, type Brought } from '../../components/Analyzer.tsx';
import type { Explaining } from '../../lib/explain/explaining.ts';
import { reportOf, translatorFor } from '../kit/samples.ts';
import { failed, LANGUAGES, pendingReport, sample, shown } from './kit.tsx';

afterEach(cleanup);

const FILE = { id: 'detect', basis: 'file' } as const;
const bank = await reportOf(sample('01'), 'en', FILE);
const shop = await reportOf(sample('02'), 'en', FILE);
const BANK = 'bank.example vouches for this mail.';
const LABEL = {
  en: { field: 'Mail or header', check: 'Check', file: 'Choose a file', another: 'Check another mail' },
  ja: {
    field: 'メールまたはヘッダー',
    check: '調べる',
    file: 'ファイルを選ぶ',
    another: '別のメールを調べる',
  },
};

interface Examining {
  readonly brought: Brought;
  readonly receivedBy: string | null;
  readonly again: boolean;
  readonly tell: (state: Explaining) => void;
  readonly fail: (fault: Error) => void;
}

/** Shows the page; each examination is answered by the test. */
function show(language: 'en' | 'ja' = 'en', servers: readonly string[] = []) {
  const examined: Examining[] = [];
  const more = {
    copy: vi.fn(async (_: string) => {}),
    openSettings: vi.fn(),
    question: null,
    questionMeant: () => null,
    askRecords: () => Promise.reject(new Error('nothing is asked')),
  };
  const examine = (brought: Brought, how: Pick<Examining, 'receivedBy' | 'again'>, tell: Examining['tell']) =>
    new Promise<void>((_, fail) => examined.push({ brought, ...how, tell, fail }));
  render(
    <Analyzer examine={examine} servers={servers} {...more} version="9.8.7" t={translatorFor(language)} />,
  );
  /** What is said of the mail that was brought as the nth. */
  const say = (nth: number, state: Explaining): void => void act(() => examined[nth]?.tell(state));
  return { ...more, examined, say, brought: () => examined.map(({ brought }) => brought) };
}

const field = (language: 'en' | 'ja' = 'en') =>
  screen.getByRole<HTMLTextAreaElement>('textbox', { name: LABEL[language].field });
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const heading = () => within(screen.getByRole('article')).getByRole('heading', { level: 1 }).textContent;
const mailFile = (name: string): File => new File(['From: a@b.example\r\n'], name);

async function paste(text: string, language: 'en' | 'ja' = 'en'): Promise<void> {
  await userEvent.clear(field(language));
  await userEvent.click(field(language));
  await userEvent.paste(text);
  await press(LABEL[language].check);
}

/** Lets go of something over the page; without files it is a piece of text. */
function drag(type: 'dragover' | 'drop', files: readonly File[]): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files, types: files.length > 0 ? ['Files'] : ['text/plain'] } });
  fireEvent(document.body, event);
  return event;
}
const drop = (files: readonly File[]): Event => drag('drop', files);

describe('a mail', () => {
  it.each(LANGUAGES)('is pasted and checked (%s)', async (language) => {
    const { brought, say } = show(language);
    expect(brought()).toEqual([]);
    await paste('From: a@bank.example\n\nHello', language);
    expect(brought()).toEqual([{ kind: 'text', text: 'From: a@bank.example\n\nHello' }]);
    expect(screen.getByRole('status').textContent).toMatch(/\S…$/);
    expect(document.querySelector('.sheet')?.getAttribute('aria-busy')).toBe('true');
    const report = await reportOf(sample('01'), language, FILE);
    say(0, shown(report));
    expect(heading()).toContain('bank.example');
    expect(document.querySelector('.sheet')?.getAttribute('aria-busy')).toBe('false');
  });

  it.each(LANGUAGES)('is chosen as a file (%s)', async (language) => {
    const { brought } = show(language);
    const file = mailFile('a.eml');
    await userEvent.upload(screen.getByLabelText(LABEL[language].file), file);
    expect(brought()).toEqual([{ kind: 'file', file }]);
    expect(brought()[0]).toHaveProperty('file', file);
  });

  it('is chosen by a button that opens the browser’s chooser', async () => {
    show();
    const chooser = vi.fn();
    screen.getByLabelText('Choose a file').addEventListener('click', chooser);
    await press('Choose a file');
    expect(chooser).toHaveBeenCalledOnce();
  });

  it('is dropped anywhere on the page, and the browser does not open it', () => {
    const { brought } = show();
    const file = mailFile('b.eml');
    expect(drag('dragover', [file]).defaultPrevented).toBe(true);
    expect(drop([file]).defaultPrevented).toBe(true);
    expect(brought()).toEqual([{ kind: 'file', file }]);
  });

  it('is not what was dropped without a file', () => {
    const { brought } = show();
    drop([]);
    expect(brought()).toEqual([]);
    expect(field()).toBeTruthy();
  });

  it('that is pending is busy until nothing follows', async () => {
    const { say } = show();
    await paste('a');
    say(0, { kind: 'reading', stage: 'handing', done: 3 << 20, of: 5 << 20 });
    expect(screen.getByRole('progressbar')).toBeTruthy();
    say(0, shown(await pendingReport(sample('01'))));
    expect(document.querySelector('.sheet')?.getAttribute('aria-busy')).toBe('true');
    say(0, shown(bank));
    expect(document.querySelector('.sheet')?.getAttribute('aria-busy')).toBe('false');
  });
});

describe('the server that took the mail in', () => {
  const SERVERS = ['mx.example.org', '*.example.net'];
  const RECEIVED = {
    en: { name: 'Which server took it in?', unknown: 'Not known: a file can be made up' },
    ja: { name: 'どのサーバーが受け取りましたか', unknown: '不明（ファイルは作り替えられます）' },
  };
  const choice = (language: 'en' | 'ja' = 'en') =>
    screen.getByRole<HTMLSelectElement>('combobox', { name: RECEIVED[language].name });

  it('is not asked for where the settings name none', async () => {
    const { examined } = show();
    expect(screen.queryByRole('combobox')).toBeNull();
    await paste('a');
    expect(examined[0]?.receivedBy).toBeNull();
  });

  it.each(LANGUAGES)('is not known unless the reader says so, and is one of their own (%s)', (language) => {
    show(language, SERVERS);
    const options = within(choice(language)).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([RECEIVED[language].unknown, ...SERVERS]);
    expect(choice(language).selectedOptions[0]?.textContent).toBe(RECEIVED[language].unknown);
  });

  it.each([
    { way: 'pasted', bring: () => paste('a') },
    { way: 'dropped', bring: async () => drop([mailFile('a.eml')]) },
    {
      way: 'chosen',
      bring: () => userEvent.upload(screen.getByLabelText('Choose a file'), mailFile('a.eml')),
    },
  ])('is handed on with a mail that is $way', async ({ bring }) => {
    const { examined } = show('en', SERVERS);
    await userEvent.selectOptions(choice(), '*.example.net');
    await bring();
    expect(examined.map(({ receivedBy }) => receivedBy)).toEqual(['*.example.net']);
  });

  it('can be taken back', async () => {
    const { examined } = show('en', SERVERS);
    await userEvent.selectOptions(choice(), 'mx.example.org');
    await userEvent.selectOptions(choice(), RECEIVED.en.unknown);
    await paste('a');
    expect(examined[0]?.receivedBy).toBeNull();
  });

  it('holds for the mail it was said of, and for no other', async () => {
    const { examined, say } = show('en', SERVERS);
    await userEvent.selectOptions(choice(), 'mx.example.org');
    await paste('a');
    say(0, failed('stopped'));
    await press('Try again');
    say(1, shown(bank));
    await press('Check again');
    say(2, shown(bank));
    await press('Check another mail');
    expect(choice().selectedOptions[0]?.textContent).toBe(RECEIVED.en.unknown);
    await paste('b');
    expect(examined.map(({ receivedBy }) => receivedBy)).toEqual([
      'mx.example.org',
      'mx.example.org',
      'mx.example.org',
      null,
    ]);
    // Only the reader's own word has DNS asked again.
    expect(examined.map(({ again }) => again)).toEqual([false, false, true, false]);
  });

  it('is not known of a file that is dropped on the report of another mail, nor when that is checked again', async () => {
    const { examined, say } = show('en', SERVERS);
    await userEvent.selectOptions(choice(), 'mx.example.org');
    await paste('a');
    say(0, shown(bank));
    drop([mailFile('strange.eml')]);
    say(1, shown(shop));
    await press('Check again');
    expect(examined.map(({ receivedBy }) => receivedBy)).toEqual(['mx.example.org', null, null]);
  });
});

describe('a problem', () => {
  it.each(['Try again', 'Check another mail'])(
    'is left by “%s”, and the pasted text is kept',
    async (name) => {
      const { say, brought } = show();
      await paste('no mail at all');
      say(0, failed('no-header'));
      expect(screen.getByRole('alert').textContent).toContain('No header fields were found');
      await press(name);
      expect(screen.queryByRole('alert')).toBeNull();
      expect(field().value).toBe('no mail at all');
      expect(brought()).toHaveLength(1);
      await press('Check');
      expect(brought()).toHaveLength(2);
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );

  it('of a file that cannot be read is told', async () => {
    const { examined } = show();
    drop([mailFile('gone.eml')]);
    examined[0]?.fail(new DOMException('gone', 'NotReadableError'));
    expect((await screen.findByRole('alert')).textContent).toContain('The file could not be read.');
  });

  it('of ours is told with the version', async () => {
    const { examined } = show();
    await paste('a');
    examined[0]?.fail(new Error('a fault'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Something went wrong in Mailvouch itself.');
    expect(alert.textContent).toContain('9.8.7');
  });
});

describe('a slow answer', () => {
  it('about an earlier mail does not take the place of a later one', async () => {
    const { say } = show();
    await paste('the shop’s');
    await press('Check another mail');
    await paste('the bank’s');
    say(0, shown(shop));
    expect(screen.queryByRole('article')).toBeNull();
    say(1, shown(bank));
    expect(heading()).toBe(BANK);
    say(0, shown(shop));
    say(0, failed('stopped'));
    expect(heading()).toBe(BANK);
  });

  it('does not come back to a reader who has gone back', async () => {
    const { say } = show();
    await paste('the shop’s');
    await press('Check another mail');
    say(0, shown(shop));
    expect(screen.queryByRole('article')).toBeNull();
    expect(field().value).toBe('the shop’s');
  });

  it('that is a failure does not either', async () => {
    const { examined, say } = show();
    drop([mailFile('slow.eml')]);
    drop([mailFile('quick.eml')]);
    say(1, shown(bank));
    examined[0]?.fail(new DOMException('gone', 'NotReadableError'));
    await act(async () => {});
    expect(heading()).toBe(BANK);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('an explanation', () => {
  it('makes room for a file that is dropped on it', () => {
    const { say, brought } = show();
    drop([mailFile('a.eml')]);
    say(0, shown(shop));
    drop([mailFile('b.eml')]);
    expect(brought()).toHaveLength(2);
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('is asked for again about the same mail, copied, and leads to no second page like this', async () => {
    const { say, brought, copy } = show();
    await paste('the bank’s');
    say(0, shown(bank));
    expect(screen.queryByRole('button', { name: 'Check a file or pasted mail' })).toBeNull();
    await press('Copy as text');
    await waitFor(() => expect(copy).toHaveBeenCalledOnce());
    await press('Check again');
    expect(brought()).toEqual([
      { kind: 'text', text: 'the bank’s' },
      { kind: 'text', text: 'the bank’s' },
    ]);
    say(1, shown(bank));
    expect(heading()).toBe(BANK);
  });
});

it('leads to the settings', async () => {
  const { openSettings } = show();
  await press('Settings');
  expect(openSettings).toHaveBeenCalledOnce();
});
