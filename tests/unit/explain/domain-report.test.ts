/** The records of a domain in words: headline, remarks, corrections, and the same as text with its carets. */
import { describe, expect, it } from 'vitest';
import { examineDomain } from '../../../lib/engine/index.ts';
import type { DomainReport } from '../../../lib/explain/domain-report.ts';
import { toDomainText } from '../../../lib/explain/domain-text.ts';
import { toDomainReport } from '../../../lib/explain/to-domain-report.ts';
import { bare, type Language } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';
import { portsOver, type Row, rows } from '../engine/kit.ts';

const DOMAIN = 'bank.example';
type Zone = Readonly<Record<string, unknown>>;

async function report(zone: Zone, language: Language = 'en', domain = DOMAIN): Promise<DomainReport> {
  const examination = await examineDomain({ domain, selectors: [] }, portsOver(zone));
  return toDomainReport(examination, language, translatorFor(language, bare));
}

async function text(zone: Zone, language: Language = 'en', domain = DOMAIN): Promise<string> {
  return toDomainText(await report(zone, language, domain), translatorFor(language, bare));
}

const CLEAN: Zone = {
  [DOMAIN]: { TXT: ['v=spf1 mx include:mailer.example -all'], MX: [[10, 'mx.bank.example']] },
  'mx.bank.example': { A: ['192.0.2.25'] },
  'mailer.example': 'v=spf1 ip4:198.51.100.0/24 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example',
  'x._domainkey.bank.example': 'v=DKIM1; p=',
};
const PARKED: Zone = {
  [DOMAIN]: { TXT: ['v=spf1 -all'], MX: [[0, '.']] },
  '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example',
};
const WITHOUT = (name: string): Zone =>
  Object.fromEntries(Object.entries(CLEAN).filter(([key]) => key !== name));
const POLICY = '_dmarc.bank.example';

describe('the headline and what it adds', () => {
  it.each(
    rows<Row & { zone: Zone; headline: string; detail: string }>([
      {
        why: 'nothing to mend',
        zone: CLEAN,
        headline: 'The mail records of bank.example are in order.',
        detail: 'Receivers are asked to reject mail that uses its name without proof.',
      },
      {
        why: 'no mail, and that is said',
        zone: PARKED,
        headline: 'bank.example is not used for mail, and its records say so.',
        detail: 'Receivers are asked to reject mail that uses its name without proof.',
      },
      { why: 'no such domain', zone: {}, headline: 'bank.example does not exist.', detail: '' },
      {
        why: 'one error',
        zone: WITHOUT(POLICY),
        headline: 'The mail records of bank.example have one error.',
        detail: 'Nothing asks receivers to refuse mail that uses its name without proof.',
      },
      {
        why: 'several errors',
        zone: { ...CLEAN, [POLICY]: 'v=DMARC1; p=quarantine; rua=a@bank.example,b@bank.example' },
        headline: 'The mail records of bank.example have 2 errors.',
        detail: 'Receivers are asked to be suspicious of mail that uses its name without proof.',
      },
      {
        why: 'one warning',
        zone: WITHOUT('x._domainkey.bank.example'),
        headline: 'The mail records of bank.example work; one thing should be looked at.',
        detail: 'Receivers are asked to reject mail that uses its name without proof.',
      },
      {
        why: 'several warnings',
        zone: {
          ...WITHOUT('x._domainkey.bank.example'),
          [POLICY]: 'v=DMARC1; p=reject; sp=none; rua=mailto:a@bank.example',
        },
        headline: 'The mail records of bank.example work; 2 things should be looked at.',
        detail: 'Receivers are asked to reject mail that uses its name without proof.',
      },
      {
        why: 'a question that is open',
        zone: { ...CLEAN, '_smtp._tls.bank.example': { RCODE: 'TIMEOUT' } },
        headline: 'Not everything about bank.example could be looked up.',
        detail:
          'Receivers are asked to reject mail that uses its name without proof. Some DNS questions got no answer; ask again later.',
      },
      {
        why: 'a policy that only watches',
        zone: { ...CLEAN, [POLICY]: 'v=DMARC1; p=none; rua=mailto:a@bank.example' },
        headline: 'The mail records of bank.example are in order.',
        detail: 'Receivers are asked to do nothing about mail that uses its name without proof.',
      },
    ]),
  )('%s', async (_, { zone, headline, detail }) => {
    expect((await report(zone)).explanation).toMatchObject({ headline, detail });
  });
});

describe('a report', () => {
  const FAULTY: Zone = {
    ...CLEAN,
    [POLICY]: 'v=DMARC1 p=none; rua=dmarc@bank.example',
    [DOMAIN]: { TXT: ['v=spf1 include:loop.example a:gone.example ?all'], MX: [[10, 'gone.example']] },
    'loop.example': 'v=spf1 include:loop.example -all',
  };

  it.each(['en', 'ja'] as const)(
    'points only at what it holds, and has a sentence for all (%s)',
    async (language) => {
      const { domain, findings, explanation, dns } = await report(FAULTY, language);
      expect(explanation.reasons).toHaveLength(findings.length);
      for (const reason of explanation.reasons) expect(reason).not.toBe('');
      for (const { because } of findings) for (const at of because.dns) expect(dns[at]).toBeDefined();
      for (const record of domain.records) {
        expect(dns[record.dns]).toMatchObject({ name: record.name, type: record.type });
        for (const { start, end, message } of record.lint) {
          expect(message).not.toMatch(/\$|undefined/);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(record.text.length);
        }
      }
    },
  );

  it('has each correction alone, and all of them together', async () => {
    const { domain } = await report(FAULTY);
    const [policy] = domain.records;
    expect(policy?.lint.map(({ correction }) => correction).filter((one) => one !== null)).toEqual([
      'v=DMARC1; p=none; rua=dmarc@bank.example',
      'v=DMARC1 p=none; rua=mailto:dmarc@bank.example',
    ]);
    expect(policy?.corrected).toBe('v=DMARC1; p=none; rua=mailto:dmarc@bank.example');
  });

  it('shows the way through the SPF records, with what each term costs', async () => {
    const { domain } = await report(FAULTY);
    const spf = domain.records.find(({ kind }) => kind === 'spf');
    expect(spf?.tree).toEqual([
      { depth: 0, text: 'bank.example', note: '3 of 10 lookups', severity: null },
      { depth: 1, text: 'include:loop.example', note: 'lookup 1 of 10', severity: null },
      { depth: 2, text: 'loop.example', note: '', severity: null },
      { depth: 3, text: 'include:loop.example', note: 'lookup 2 of 10', severity: null },
      { depth: 4, text: 'loop.example', note: 'leads back to itself', severity: 'error' },
      { depth: 3, text: '-all', note: '', severity: null },
      { depth: 1, text: 'a:gone.example', note: 'lookup 3 of 10 · found nothing', severity: 'warn' },
      { depth: 1, text: '?all', note: '', severity: null },
    ]);
  });

  it('marks the term that goes over ten lookups', async () => {
    const terms = Array.from({ length: 11 }, (_, index) => `a:h${index}.bank.example`).join(' ');
    const hosts = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`h${index}.bank.example`, { A: ['192.0.2.1'] }]),
    );
    const { domain } = await report({ ...hosts, [DOMAIN]: `v=spf1 ${terms} -all` });
    const spf = domain.records.find(({ kind }) => kind === 'spf');
    expect(spf?.tree.filter(({ severity }) => severity === 'error').map((line) => line.text)).toEqual([
      'bank.example',
      'a:h10.bank.example',
    ]);
    expect(spf?.lint).toContainEqual(
      expect.objectContaining({ code: 'spf-too-many-lookups', severity: 'error' }),
    );
  });

  it('shows an internationalised name both ways', async () => {
    const { explanation } = await report({}, 'en', 'xn--bcher-kva.example');
    expect(explanation.headline).toBe('bücher.example (xn--bcher-kva.example) does not exist.');
  });
});

describe('a report as text', () => {
  /** The marked characters of each excerpt: what stands above the carets. */
  function marked(shown: string): readonly string[] {
    const lines = shown.split('\n');
    return lines.flatMap((line, at) => {
      const found = /^( *)(\^+)$/.exec(line);
      if (found === null) return [];
      const [, gap = '', carets = ''] = found;
      return [(lines[at - 1] ?? '').slice(gap.length, gap.length + carets.length)];
    });
  }

  it('has carets under the very characters, the section, and the corrected record', async () => {
    const shown = await text({ ...CLEAN, [POLICY]: 'v=DMARC1; p=reject; rua=dmarc@bank.example' });
    expect(shown).toContain(
      [
        'DMARC  _dmarc.bank.example TXT  [1]',
        '    v=DMARC1; p=reject; rua=dmarc@bank.example',
        '                            ^^^^^^^^^^^^^^^^^^',
      ].join('\n'),
    );
    expect(shown).toMatch(/ {2}✗ .*mailto:.* {2}\(RFC 9989 §4\.7\)\n/);
    expect(shown).toContain(
      '  Corrected, ready to copy\n    v=DMARC1; p=reject; rua=mailto:dmarc@bank.example\n',
    );
  });

  it('cuts a long record around what a remark is about, and has it whole besides', async () => {
    const long = `v=spf1 ${Array.from({ length: 20 }, (_, index) => `ip4:192.0.2.${index}`).join(' ')} ipv4:192.0.2.99 ${'ip4:198.51.100.1 '.repeat(4)}-all`;
    const shown = await text({ ...CLEAN, [DOMAIN]: long });
    expect(shown).toContain(`\n    ${long}\n`);
    expect(marked(shown).some((part) => part.startsWith('ipv4'))).toBe(true);
    const excerpts = shown.split('\n').filter((line) => line.startsWith('    …'));
    for (const line of excerpts) expect(line.length).toBeLessThan(90);
    expect(excerpts.length).toBeGreaterThan(0);
  });

  it('keeps carets in place behind characters that are written out or wide', async () => {
    const shown = await text({ ...CLEAN, [POLICY]: 'v=DMARC1; x=\u202e日; p=block' });
    const [line = '', carets = ''] = shown
      .split('\n')
      .slice(shown.split('\n').findIndex((one) => one.includes('block')));
    const at = shown.split('\n').findIndex((one) => /^ *\^{5}$/.test(one));
    expect(at).toBeGreaterThan(0);
    const gap = (shown.split('\n')[at] ?? '').indexOf('^');
    // 日 takes two columns of a terminal and one character.
    expect((shown.split('\n')[at - 1] ?? '').slice(gap - 1, gap + 4)).toBe('block');
    expect(line + carets).toContain('<U+202E>');
  });

  it('never acts, whatever stands in DNS', async () => {
    const hostile = '\u001b[2J\u202e\u0007';
    const zone = {
      [DOMAIN]: { TXT: [`v=spf1 ${hostile}`], MX: [[1, `${hostile}.example`]] },
      [POLICY]: `v=DMARC1; ${hostile}`,
    };
    const shown = await text(zone);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(shown).toContain('<U+001B>');
  });

  it('is Japanese in Japanese', async () => {
    const shown = await text({ ...CLEAN, [POLICY]: 'v=DMARC1; p=reject; rua=dmarc@bank.example' }, 'ja');
    expect(shown).toMatch(/^bank\.example のメール用レコードに、誤りが 1 件あります。\n/);
    expect(shown).toContain('  修正済み（コピーして使えます）\n');
  });
});
