/** The parts of a report: the picture, what to do, then and now, the verdict. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { Advice, SenderFixes } from '../../components/Fixes.tsx';
import { Picture } from '../../components/Picture.tsx';
import { houseOf, roadsOf } from '../../components/picture-model.ts';
import { ReportView } from '../../components/ReportView.tsx';
import { ThenNow } from '../../components/ThenNow.tsx';
import { Verdict } from '../../components/Verdict.tsx';
import { reportOf, SAMPLES, translatorFor } from '../kit/samples.ts';
import { sample, statesOf, words } from './kit.tsx';

afterEach(cleanup);
const t = translatorFor('en');
const FILE = { id: 'detect', basis: 'file' } as const;

describe('the picture', () => {
  it.each([
    {
      of: '01',
      server: 'arrives',
      signature: 'arrives',
      status: 'vouched for',
      gate: 'reject',
      why: 'both roads reach the house',
    },
    {
      of: '02',
      server: 'stops',
      signature: 'stops',
      status: 'not vouched for',
      gate: 'reject',
      why: 'both belong to the service',
    },
    {
      of: '03',
      server: 'stops',
      signature: 'none',
      status: 'not vouched for',
      gate: 'reject',
      why: 'nobody signed',
    },
    {
      of: '04',
      server: 'arrives',
      signature: 'none',
      status: 'no rules',
      gate: 'no record',
      why: 'the house has no gate',
    },
    {
      of: '05',
      server: 'stops',
      signature: 'broken',
      status: 'not vouched for',
      gate: 'quarantine',
      why: 'the list broke the signature',
    },
    {
      of: '07',
      server: 'arrives',
      signature: 'open',
      status: 'vouched for',
      gate: 'reject',
      why: 'the key is gone',
    },
    {
      of: '09',
      server: 'open',
      signature: 'arrives',
      status: 'vouched for',
      gate: 'quarantine',
      why: 'DNS failed the receiver',
    },
    {
      of: '10',
      server: 'arrives',
      signature: 'arrives',
      status: 'no rules',
      gate: 'none',
      why: 'the record came later',
    },
  ])('of sample $of shows that $why', async ({ of, server, signature, status, gate }) => {
    const report = await reportOf(sample(of), 'en');
    const roads = roadsOf(report, t);
    const house = houseOf(report, t);
    expect({ server: roads.server.state, signature: roads.signature.state }).toEqual({ server, signature });
    expect({ status: house.status, gate: house.gate.word }).toEqual({ status, gate });
  });

  it.each(SAMPLES)('lets no server of $name arrive on the word of a file alone', async (each) => {
    expect(roadsOf(await reportOf(each, 'en', FILE), t).server.state).not.toBe('arrives');
  });

  it('leaves every road open where it passed on delivery and nobody can tell by what', async () => {
    const report = await reportOf(sample('26'), 'en');
    const findings = report.findings.filter(({ code }) => code !== 'now-only-psl');
    const { server, signature } = roadsOf({ ...report, findings }, t);
    expect([server.state, signature.state]).toEqual(['open', 'open']);
  });

  it.each(SAMPLES)('of $name is vouched for exactly where the verdict says so', async (each) => {
    const report = await reportOf(each, 'en');
    expect(houseOf(report, t).tone === 'ok').toBe(report.level === 'authenticated');
    const { server, signature } = roadsOf(report, t);
    // What counted on delivery and would not by today's DNS is left open.
    const differs = report.findings.some(({ code }) => code.startsWith('now-') && code !== 'now-agrees');
    if (report.level === 'authenticated') {
      const drawn = [server.state, signature.state];
      expect(drawn).toEqual(
        expect.arrayContaining([expect.stringMatching(differs ? /^(?:arrives|open)$/ : /^arrives$/)]),
      );
    }
    if (report.level === 'failed') expect([server.state, signature.state]).not.toContain('arrives');
  });

  it('leaves every road open and the gate unnamed before anything is known', async () => {
    const [first] = await statesOf(sample('09'));
    if (first === undefined) throw new Error('no state');
    expect(roadsOf(first, t).signature.state).toBe('open');
    expect(houseOf(first, t)).toMatchObject({ status: 'being checked', tone: 'mute', gate: { word: '…' } });
  });

  it.each(SAMPLES)('of $name is one image, whose name is the reasons in words', async (each) => {
    const report = await reportOf(each, 'en');
    render(<ReportView report={report} t={t} />);
    // Without a name that the mail claims there is no house, and to mail of one's own no road.
    const isOwn = report.findings.some(({ code }) => code === 'not-received');
    if (report.from.domain === null || isOwn) return expect(screen.queryByRole('img')).toBeNull();
    const name = screen.getByRole('img').getAttribute('aria-label') ?? '';
    const told = report.explanation.reasons.filter(
      ({ step }) => step === 'check' || step === 'alignment' || step === 'policy',
    );
    expect(told.length).toBeGreaterThan(0);
    expect(name).toBe(told.map(({ text }) => words(text)).join(' '));
    // Nothing inside is read a second time.
    for (const part of screen.getByRole('img').children)
      expect(part.getAttribute('aria-hidden')).toBe('true');
  });

  it('shows a name whole where it is cut, and no character that hides', async () => {
    const report = await reportOf(sample('01'), 'en');
    const long = `${'a'.repeat(60)}.\u202ebank.example`;
    render(<Picture report={{ ...report, from: { ...report.from, domain: long } }} t={t} />);
    expect(document.querySelector('.house b')?.getAttribute('title')).toBe(
      `${'a'.repeat(60)}.<U+202E>bank.example`,
    );
    expect(document.querySelector('.house b')?.textContent).toBe(`${'a'.repeat(60)}.<U+202E>bank.example`);
  });
});

describe('what to do', () => {
  it.each(SAMPLES)(
    'is one sentence for the reader of $name, and steps for its sender apart',
    async (each) => {
      const report = await reportOf(each, 'en');
      const { fixes } = report.explanation;
      const of = (role: string) => fixes.filter((fix) => fix.role === role).map(({ text }) => words(text));
      render(
        <>
          <Advice fixes={fixes} t={t} />
          <SenderFixes fixes={fixes} t={t} />
        </>,
      );
      const shown = (name: string) => {
        const region = screen.queryByRole('region', { name });
        return region === null
          ? []
          : within(region)
              .getAllByRole('listitem')
              .map(({ textContent }) => textContent);
      };
      expect(of('recipient')).toHaveLength(1);
      expect(shown('What to do')).toEqual(of('recipient'));
      expect(shown('If you sent it')).toEqual(of('sender'));
    },
  );

  it('is never to trust a mail, only to know whose it is', async () => {
    for (const each of SAMPLES) {
      const { explanation } = await reportOf(each, 'en');
      const said = [
        explanation.headline,
        explanation.detail,
        ...explanation.fixes.map(({ text }) => text),
      ].join(' ');
      expect(said).not.toMatch(/\b(?:is safe|is genuine|is forged|is fake|is spam)\b/i);
    }
  });

  it('is not said before the verdict is', async () => {
    const [first] = await statesOf(sample('09'));
    render(<Advice fixes={first?.explanation.fixes ?? []} t={t} />);
    expect(screen.queryByRole('region')).toBeNull();
    expect(document.body.textContent).toBe('');
  });
});

describe('then and now', () => {
  it.each([
    { of: '01', delivered: 'DMARC pass', now: 'DMARC pass', why: 'nothing changed' },
    { of: '02', delivered: 'DMARC fail', now: 'DMARC fail', why: 'nothing that counts passes today either' },
    { of: '04', delivered: 'DMARC none', now: 'DMARC none', why: 'there was no record and there is none' },
    { of: '09', delivered: 'DMARC temperror', now: 'DMARC pass', why: 'DNS has come back' },
    { of: '10', delivered: 'DMARC none', now: 'DMARC pass', why: 'the record was published since' },
  ])('of sample $of: $why', async ({ of, delivered, now }) => {
    render(<ThenNow report={await reportOf(sample(of), 'en')} t={t} />);
    expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual([
      'When it arrived',
      'By today’s DNS',
    ]);
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual([delivered, now]);
  });

  it('says that today is being asked while it is', async () => {
    const [first] = await statesOf(sample('01'));
    if (first === undefined) throw new Error('no state');
    render(<ThenNow report={first} t={t} />);
    expect(screen.getAllByRole('definition')[1]?.textContent).toBe('being checked');
  });

  it.each([
    { why: 'no author domain', of: '08' },
    { why: 'two authors', of: '12' },
  ])('is left away where there is $why', async ({ of }) => {
    render(<ThenNow report={await reportOf(sample(of), 'en')} t={t} />);
    expect(screen.queryAllByRole('term')).toEqual([]);
  });
});

describe('the verdict', () => {
  it.each(SAMPLES)('of $name is said in words, not by its mark alone', async (each) => {
    const report = await reportOf(each, 'en');
    render(<Verdict report={report} t={t} />);
    const heading = screen.getByRole('heading', { level: 1 });
    expect(heading.textContent).toBe(words(report.explanation.headline));
    expect(document.body.textContent).toContain(`Verdict: ${report.level}`);
    expect(document.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  });
});
