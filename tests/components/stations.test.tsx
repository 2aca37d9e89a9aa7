/** Inside a reason: the terms of the SPF record and the stations of the chain, each with what became of it in words. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { ReportView } from '../../components/ReportView.tsx';
import { Stations } from '../../components/Stations.tsx';
import type { ArcSetCheck } from '../../lib/engine/index.ts';
import type { Reason } from '../../lib/explain/explanation.ts';
import type { MessageReport } from '../../lib/explain/report.ts';
import type { Language } from '../../lib/explain/translate.ts';
import { reportOf, translatorFor } from '../kit/samples.ts';
import { AT_GMAIL } from '../unit/platform/letters.ts';
import { LANGUAGES, openEverything, pendingReport, sample, words } from './kit.tsx';

afterEach(cleanup);

const TITLE = {
  en: { spf: 'SPF, term by term', arc: 'Stations of the chain (ARC)' },
  ja: { spf: 'SPF の項目ごとの経過', arc: '中継の記録（ARC）' },
};

type Zone = Readonly<Record<string, unknown>>;

/** The report of a mail that Gmail took from 192.0.2.25. */
function reportFor(zone: Zone, language: Language = 'en', text = AT_GMAIL): Promise<MessageReport> {
  return reportOf({ ...sample('01'), octets: new TextEncoder().encode(text), zone }, language);
}

function reasonOf({ explanation }: MessageReport, code: string): Reason {
  const found = explanation.reasons.find((reason) => reason.code === code);
  if (found === undefined)
    throw new Error(`no ${code} in ${explanation.reasons.map((one) => one.code).join()}`);
  return found;
}

/** Opens the reason and gives its figure with that title; null where it has none. */
function openWay(report: MessageReport, code: string, title: string): HTMLElement | null {
  render(<ReportView report={report} t={translatorFor(report.language)} />);
  const { text } = reasonOf(report, code);
  const button = screen
    .getAllByRole('button')
    .find((each) => each.querySelector('.text')?.textContent === words(text));
  if (button === undefined) throw new Error(`${code} has no evidence`);
  fireEvent.click(button);
  const grounds = document.getElementById(button.getAttribute('aria-controls') ?? '');
  return figureNamed(grounds ?? document.body, title);
}

/** By its caption, from which a browser takes its name. */
function figureNamed(place: HTMLElement, title: string): HTMLElement | null {
  const figures = within(place).queryAllByRole('figure');
  return figures.find((figure) => figure.querySelector('figcaption')?.textContent === title) ?? null;
}

/** Each line as it is read: its sign, its depth, its text and note. */
function linesIn(figure: HTMLElement | null): readonly string[] {
  if (figure === null) throw new Error('no such figure');
  return within(figure)
    .getAllByRole('listitem')
    .map((item) => {
      const sign = item.querySelector('[aria-hidden="true"]')?.textContent ?? '';
      const [, ...rest] = item.childNodes;
      return `${item.dataset.depth} ${sign} ${rest
        .map(({ textContent }) => textContent)
        .join('')
        .trim()}`;
    });
}

const NESTED: Zone = {
  'mail.bank.example': 'v=spf1 exists:gone.example include:_spf.hosting.example -all',
  '_spf.hosting.example': 'v=spf1 ip4:192.0.2.0/24 ?all',
};

describe('SPF, term by term,', () => {
  it.each([
    {
      language: 'en',
      lines: [
        '0 · mail.bank.example pass',
        '1 · exists:gone.example does not match · lookup 1 of 10 · found nothing',
        '1 ✓ include:_spf.hosting.example matches · lookup 2 of 10',
        '2 · _spf.hosting.example pass',
        '3 ✓ ip4:192.0.2.0/24 matches',
        '3 – ?all not reached',
        '1 – -all not reached',
      ],
    },
    {
      language: 'ja',
      lines: [
        '0 · mail.bank.example pass',
        '1 · exists:gone.example 不一致 · 問い合わせ 1/10 · 該当なし',
        '1 ✓ include:_spf.hosting.example 一致 · 問い合わせ 2/10',
        '2 · _spf.hosting.example pass',
        '3 ✓ ip4:192.0.2.0/24 一致',
        '3 – ?all 到達せず',
        '1 – -all 到達せず',
      ],
    },
  ] as const)('stands beside what the result rests on ($language)', async ({ language, lines }) => {
    const report = await reportFor(NESTED, language);
    expect(linesIn(openWay(report, 'spf-unaligned', TITLE[language].spf))).toEqual(lines);
  });

  it.each([
    {
      why: 'a term that breaks the rules',
      code: 'spf-broken',
      zone: { 'mail.bank.example': 'v=spf1 +all mx/40' },
      line: '1 ✕ mx/40 the length of the address range is wrong',
    },
    {
      why: 'more lookups than are allowed',
      code: 'spf-broken',
      zone: { 'mail.bank.example': 'v=spf1 include:mail.bank.example -all' },
      line: '6 ✕ include:mail.bank.example it goes over the limit of ten DNS lookups · lookup 11 of 10',
    },
    {
      why: 'a name that would hold the sender’s address',
      code: 'spf-unaligned',
      zone: { 'mail.bank.example': 'v=spf1 exists:%{l}.bank.example -all' },
      line: '1 ? exists:%{l}.bank.example not asked: it would reveal the sender’s address · lookup 1 of 10',
    },
    {
      why: 'a domain that has no record any more',
      code: 'spf-unaligned',
      zone: { 'mail.bank.example': 'another text' },
      line: '0 · mail.bank.example there is no record',
    },
  ])('tells of $why', async ({ code, zone, line }) => {
    const report = await reportFor(zone);
    expect(linesIn(openWay(report, code, TITLE.en.spf))).toContain(line);
  });

  it('is that of the server’s own name where that is what is told', async () => {
    const zone = { 'bank.example': 'v=spf1 ip4:192.0.2.25', 'mail.bank.example': 'v=spf1 ~all' };
    const text = AT_GMAIL.replaceAll('bounce@mail.bank.example', 'bounce@bank.example');
    const report = await reportFor(zone, 'en', text);
    expect(linesIn(openWay(report, 'spf-helo', TITLE.en.spf))).toEqual([
      '0 · mail.bank.example softfail',
      '1 ✓ ~all matches',
    ]);
    cleanup();
    expect(linesIn(openWay(report, 'spf-aligned', TITLE.en.spf))).toEqual([
      '0 · bank.example pass',
      '1 ✓ ip4:192.0.2.25 matches',
    ]);
  });

  it('is not there before the record is, nor beside what is about something else', async () => {
    render(<ReportView report={await pendingReport(sample('01'))} t={translatorFor('en')} />);
    openEverything();
    expect(figureNamed(document.body, TITLE.en.spf)).toBeNull();
    cleanup();
    const report = await reportOf(sample('01'), 'en');
    for (const { code, about } of report.explanation.reasons) {
      if (about === 'SPF' || reasonOf(report, code).because.fields.length === 0) continue;
      expect({ code, way: openWay(report, code, TITLE.en.spf) }).toEqual({ code, way: null });
      cleanup();
    }
  });

  it('shows what a record holds and does not obey it', async () => {
    const zone = { 'mail.bank.example': 'v=spf1 <img/src=x> -all' };
    const figure = openWay(await reportFor(zone), 'spf-broken', TITLE.en.spf);
    expect(linesIn(figure)).toContain('1 ✕ <img/src=x> it cannot be read');
    expect(figure?.querySelector('img')).toBeNull();
  });
});

/** A station, as it is checked; nothing else of it is shown. */
function station(
  instance: number,
  result: ArcSetCheck['seal']['result'],
  found: readonly string[],
  domain = 'list.example',
): ArcSetCheck {
  const results = found.map((each) => {
    const [method = '', word = ''] = each.split('=');
    return { method, result: word, properties: [], comments: [] };
  });
  const seal = { result, reason: null };
  return { instance, domain, seal, messageSignature: seal, results: { results } } as unknown as ArcSetCheck;
}

describe('the stations of the chain', () => {
  const rest = { code: 'arc-intact', about: 'ARC' } as const;

  async function showStations(
    sets: readonly ArcSetCheck[],
    language: Language = 'en',
  ): Promise<HTMLElement | null> {
    const report = await reportFor({}, language);
    const arc = { result: 'fail', reason: null, instance: null, sets } as const;
    const reason = { ...report.explanation.reasons[0], ...rest } as unknown as Reason;
    const checked = { ...report.checked, arc };
    render(<Stations reason={reason} report={{ ...report, checked }} t={translatorFor(language)} />);
    return figureNamed(document.body, TITLE[language].arc);
  }

  it.each([
    {
      language: 'en',
      lines: [
        '0 ✓ i=1 list.example spf=pass dkim=pass dmarc=pass · its seal holds',
        '0 ✕ i=2 relay.example dmarc=fail · its seal does not hold',
        '0 ? i=3 list.example its seal could not be checked',
      ],
    },
    {
      language: 'ja',
      lines: [
        '0 ✓ i=1 list.example spf=pass dkim=pass dmarc=pass · 封印は有効',
        '0 ✕ i=2 relay.example dmarc=fail · 封印は無効',
        '0 ? i=3 list.example 封印は確認できず',
      ],
    },
  ] as const)(
    'are told from the first one on, with what each found ($language)',
    async ({ language, lines }) => {
      const sets = [
        station(1, 'pass', ['spf=pass', 'dkim=pass', 'x-spam=no', 'dmarc=pass']),
        station(2, 'fail', ['dmarc=fail'], 'relay.example'),
        station(3, 'temperror', []),
      ];
      expect(linesIn(await showStations(sets, language))).toEqual(lines);
    },
  );

  it('are none in a mail that nobody sealed', async () => {
    expect(await showStations([])).toBeNull();
  });

  it('are shown where the mail is a chain’s, beside what is said of it', async () => {
    const set = [
      'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=list.example; s=s1; b=AAAA',
      'ARC-Message-Signature: i=1; a=rsa-sha256; d=list.example; s=s1; h=from; bh=AAAA; b=AAAA',
      'ARC-Authentication-Results: i=1; list.example; dmarc=pass header.from=bank.example',
    ].join('\r\n');
    const report = await reportFor({}, 'en', AT_GMAIL.replace('\r\nDate:', `\r\n${set}\r\nDate:`));
    expect(linesIn(openWay(report, 'arc-broken', TITLE.en.arc))).toEqual([
      '0 ✕ i=1 list.example dmarc=pass · its seal does not hold',
    ]);
  });
});

it.each(LANGUAGES)(
  'every sign has its words beside it, for those who do not see it (%s)',
  async (language) => {
    const figure = openWay(await reportFor(NESTED, language), 'spf-unaligned', TITLE[language].spf);
    for (const item of within(figure ?? document.body).getAllByRole('listitem')) {
      expect(item.querySelector('[aria-hidden="true"]')?.textContent).toMatch(/^[✓✕?·–]$/);
      expect(item.querySelector('.note')?.textContent).toMatch(/\p{L}/u);
    }
  },
);
