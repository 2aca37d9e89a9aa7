/** Whole views in both languages: nothing is missing, nothing stays untranslated, and each part has its heading. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Analyzer } from '../../components/Analyzer.tsx';
import { DomainRecords } from '../../components/DomainRecords.tsx';
import { ReportView } from '../../components/ReportView.tsx';
import { SettingsForm } from '../../components/SettingsForm.tsx';
import { Welcome } from '../../components/Welcome.tsx';
import { KNOWN_RESOLVERS, readResolverUrl } from '../../lib/platform/resolvers.ts';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { MESSY } from './domain-kit.ts';
import {
  everyWord,
  expectWhole,
  LANGUAGES,
  open,
  openEverything,
  readBy,
  sample,
  several,
  shown,
  statesOf,
} from './kit.tsx';

afterEach(cleanup);
const FILE = { id: 'detect', basis: 'file' } as const;

describe.each(LANGUAGES)('in %s', (language) => {
  const t = translatorFor(language);

  it.each(SAMPLES)('$name has every word, at first, in the end, and as a file', async (each) => {
    const states = [...(await statesOf(each, language)), await reportOf(each, language, FILE)];
    for (const report of states) {
      const { unmount } = render(<ReportView report={report} t={t} />);
      openEverything();
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

  it('the popup has every word, with messages to pick from, a question and an offer', async () => {
    const { say } = open(language, { question: { answer: null, onAnswer: () => {} }, close: () => {} });
    expectWhole(everyWord());
    const [one, other] = [
      { id: 'a', sender: 'Naomi', date: '8:04' },
      { id: 'b', sender: 'Tomas', date: '9:15' },
    ];
    say(several('a', one, other));
    say({ kind: 'reading', stage: 'source', done: 3 << 20, of: 5 << 20 });
    expectWhole(everyWord());
    const report = await reportOf(sample('01'), language);
    say(shown(readBy(report, { completeness: 'reencoded', instead: 'redirected' })));
    expectWhole(everyWord());
  });

  it('the settings have every word', async () => {
    const chosen = {
      language,
      badges: null,
      checkEvery: false,
      resolver: 'https://dns.example/q',
      secondResolver: null,
      trustedServers: 'mx.example.org',
      mayReveal: false,
    };
    render(
      <SettingsForm
        chosen={chosen}
        resolvers={KNOWN_RESOLVERS}
        readAddress={readResolverUrl}
        checkServers={() => [
          { line: 1, why: 'id' },
          { line: 2, why: 'range' },
        ]}
        onChoose={async () => {}}
        allow={async () => false}
        onClear={async () => {}}
        openAnalyzer={() => {}}
        t={t}
      />,
    );
    expectWhole(everyWord());
    await userEvent.click(screen.getByRole('button', { name: t('settings_save') }));
    const servers = within(screen.getByRole('group', { name: t('settings_servers') }));
    expect(within(servers.getByRole('alert')).getAllByRole('listitem')).toHaveLength(2);
    expectWhole(everyWord());
    const group = within(screen.getByRole('group', { name: t('ui_language') }));
    expect(group.getByRole<HTMLInputElement>('radio', { checked: true }).value).toBe(language);
  });

  it('the first page has every word, before and after the answer', () => {
    for (const badges of [null, true, false]) {
      const { unmount } = render(
        <Welcome
          language={language}
          badges={badges}
          first="Cloudflare"
          second="Google"
          onLanguage={() => {}}
          onAnswer={() => {}}
          complaint={t('ui_not_saved')}
          t={t}
        />,
      );
      expectWhole(everyWord());
      expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
      unmount();
    }
  });

  it('the page for a mail of one’s own has every word', async () => {
    const report = await reportOf(sample('02'), language, FILE);
    render(
      <Analyzer
        examine={async (_, __, tell) => tell(shown(report))}
        servers={['mx.example.org']}
        question={null}
        questionMeant={() => null}
        askRecords={() => Promise.reject(new Error('nothing is asked'))}
        copy={async () => {}}
        openSettings={() => {}}
        version="9.8.7"
        t={t}
      />,
    );
    expectWhole(everyWord());
    await userEvent.click(screen.getByRole('button', { name: t('analyzer_check') }));
    expectWhole(everyWord());
  });

  it.each([
    { what: 'its records', answer: async () => MESSY },
    {
      what: 'a name that is none',
      answer: async () => ({ kind: 'problem', problem: 'bad-domain' }) as const,
    },
    { what: 'a worker that stops', answer: async () => ({ kind: 'problem', problem: 'stopped' }) as const },
    { what: 'a fault', answer: () => Promise.reject(new Error('ours')) },
  ])('the page of a domain has every word for $what', async ({ answer }) => {
    render(
      <DomainRecords
        question={{ domain: 'xn--bcher-kva.example', selectors: [] }}
        askRecords={answer}
        copy={async () => {}}
        version="9.8.7"
        t={t}
      />,
    );
    expect(everyWord()).toContain('bücher.example (xn--bcher-kva.example)');
    expectWhole(everyWord());
    await waitFor(() => expect(document.querySelector('article, [role="alert"]')).not.toBeNull());
    openEverything();
    expectWhole(everyWord());
  });
});

describe('the bar', () => {
  it.each([
    { language: 'en', name: 'Settings' },
    { language: 'ja', name: '設定' },
  ] as const)(
    'leads to the settings from every state, by keyboard too ($language)',
    async ({ language, name }) => {
      const openSettings = vi.fn();
      open(language, { openSettings });
      const user = userEvent.setup();
      await user.tab();
      expect(document.activeElement).toBe(screen.getByRole('button', { name }));
      await user.keyboard('{Enter}');
      expect(openSettings).toHaveBeenCalledOnce();
    },
  );
});
