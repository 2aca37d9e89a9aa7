/** In the evidence the deciding words stand out, and the evidence stays as it is. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ReportView } from '../../components/ReportView.tsx';
import { oneLine } from '../../lib/explain/plain-text.ts';
import type { MessageReport } from '../../lib/explain/report.ts';
import { visible } from '../../lib/explain/visible.ts';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { LANGUAGES, openEverything, sample, words } from './kit.tsx';

afterEach(cleanup);

/** The fields and records that a reason shows once it is opened; the way to a result is no excerpt. */
async function excerptsOf(report: MessageReport, code: string): Promise<readonly HTMLElement[]> {
  render(<ReportView report={report} t={translatorFor(report.language)} />);
  const reason = report.explanation.reasons.find((each) => each.code === code);
  if (reason === undefined) throw new Error(`no reason ${code}`);
  const button = screen
    .getAllByRole('button')
    .find((each) => each.querySelector('.text')?.textContent === words(reason.text));
  await userEvent.click(button ?? document.body);
  const grounds = document.getElementById(button?.getAttribute('aria-controls') ?? '');
  return within(grounds ?? document.body)
    .getAllByRole('figure')
    .filter((figure) => figure.querySelector('pre') !== null);
}

/** The words that stand out in an excerpt, after the name of its field or record. */
function markedIn(excerpt: HTMLElement): readonly (string | null | undefined)[] {
  const marks = [...excerpt.querySelectorAll('mark')].map(({ textContent }) => textContent);
  return [excerpt.querySelector('b')?.textContent, ...marks];
}

const ROWS = [
  {
    why: 'whose signature it is, and what the receiver said of it',
    of: '02',
    code: 'dkim-unaligned',
    shows: [
      ['DKIM-Signature:', 'd=mailer.example'],
      ['Authentication-Results:', 'dkim=pass', 'header.i=@mailer.example'],
      ['s1._domainkey.mailer.example TXT'],
    ],
  },
  {
    why: 'the result and the name that it is about',
    of: '02',
    code: 'dmarc-fail',
    shows: [
      ['Authentication-Results:', 'dmarc=fail', 'header.from=shop.example'],
      ['From:', 'shop.example'],
      ['_dmarc.shop.example TXT'],
    ],
  },
  {
    why: 'how exactly a name must match',
    of: '01',
    code: 'dmarc-pass',
    shows: [
      ['Authentication-Results:', 'dmarc=pass', 'header.from=bank.example'],
      ['From:', 'bank.example'],
      ['_dmarc.bank.example TXT', 'adkim=s', 'aspf=r'],
    ],
  },
  {
    why: 'the policy',
    of: '02',
    code: 'policy-reject',
    shows: [['_dmarc.shop.example TXT', 'p=reject']],
  },
  {
    why: 'the policy that watches only',
    of: '16',
    code: 'policy-none',
    shows: [['_dmarc.hotel-seaview.example TXT', 'p=none']],
  },
  {
    why: 'what the receiver did',
    of: '02',
    code: 'receiver-quarantined',
    shows: [['Authentication-Results:', 'dis=QUARANTINE']],
  },
  {
    why: 'the server’s name, even where it holds a result that is made up',
    of: '03',
    code: 'spf-unaligned',
    shows: [
      ['Authentication-Results:', 'spf=pass', 'smtp.mailfrom="dmarc=pass@cheap-host.example"'],
      ['Received:', '198.51.100.88', 'mx.google.com'],
      ['cheap-host.example TXT', 'ip4:198.51.100.0/24'],
    ],
  },
  {
    why: 'who gave the mail, and who took it',
    of: '02',
    code: 'mailbox-basis',
    shows: [
      ['Received:', '198.51.100.17', 'mx.google.com'],
      ['Authentication-Results:', 'mx.google.com'],
    ],
  },
  {
    why: 'where the key was',
    of: '07',
    code: 'dkim-key-gone',
    shows: [
      ['DKIM-Signature:', 'd=airline.example', 's=m2023'],
      ['Authentication-Results:', 'dkim=pass', 'header.i=@airline.example'],
      ['m2023._domainkey.airline.example TXT'],
    ],
  },
  {
    why: 'until when the signature holds',
    of: '15',
    code: 'dkim-expired-since',
    shows: [['DKIM-Signature:', 'x=1795076120']],
  },
  {
    why: 'all domains that are named',
    of: '12',
    code: 'authors-several',
    shows: [['From:', 'studio.example', 'partner.example']],
  },
] as const;

describe('what stands out', () => {
  const all = LANGUAGES.flatMap((language) => ROWS.map((row) => ({ ...row, language })));
  it.each(all)('is $why: $code of sample $of ($language)', async ({ of, code, shows, language }) => {
    const excerpts = await excerptsOf(await reportOf(sample(of), language), code);
    expect(excerpts.map(markedIn)).toEqual(shows);
  });

  it('is nothing in a field that counts as a whole', async () => {
    const excerpts = await excerptsOf(await reportOf(sample('05'), 'en'), 'mailing-list');
    expect(excerpts.map(markedIn)).toEqual([['List-Id:']]);
  });
});

describe('what is shown', () => {
  it.each(SAMPLES)('of $name is each field and record word by word, marked or not', async (each) => {
    const report = await reportOf(each, 'en');
    render(<ReportView report={report} t={translatorFor('en')} />);
    openEverything();
    const figures = [...document.querySelectorAll('figure pre')].map(({ textContent }) => textContent);
    // In the order of the page: what is told of whom to believe comes last.
    const reasons = report.explanation.reasons.toSorted(
      (one, other) => Number(one.step === 'trust') - Number(other.step === 'trust'),
    );
    const expected = reasons.flatMap(({ because }) => [
      ...because.fields.map((at) => {
        const field = report.fields[at];
        return `${field?.name}: ${oneLine(field?.value ?? '')}`;
      }),
      ...because.dns.map((at) => {
        const answer = report.dns[at];
        const texts = answer?.answers.map(oneLine).join('') ?? '';
        return texts === '' ? null : `${visible(answer?.name ?? '')} ${answer?.type}\n${texts}`;
      }),
    ]);
    expect(figures).toHaveLength(expected.length);
    for (const [at, text] of expected.entries()) if (text !== null) expect(figures[at]).toBe(text);
  });

  it('of a mail that wants to look marked is not marked', async () => {
    const report = await reportOf(sample('02'), 'en');
    const poison = '<mark>dmarc=pass</mark>';
    const fields = report.fields.map((field) => ({ ...field, value: poison }));
    const reasons = report.explanation.reasons.map((reason) => ({
      ...reason,
      marks: { ...reason.marks, fields: [] },
    }));
    const hostile = { ...report, fields, explanation: { ...report.explanation, reasons } };
    const [excerpt] = await excerptsOf(hostile, 'dmarc-fail');
    expect(excerpt?.querySelector('mark')).toBeNull();
    expect(excerpt?.querySelector('pre')?.textContent).toBe(`Authentication-Results: ${poison}`);
  });
});
