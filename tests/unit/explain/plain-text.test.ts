/** The report as plain text: the ways to the results as sections of their own, and nothing of them where there is none. */
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../lib/explain/plain-text.ts';
import { bare } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';
import { LETTER, SEALERS, seal } from '../engine/arc/sealed-mail.ts';
import { A_FILE } from '../engine/kit.ts';
import { BY_INCLUDE, delivered, reportFor, type Zone } from './report-kit.ts';

type Spoken = 'en' | 'ja';

async function textOf(mail: string, zone: Zone, language: Spoken = 'en'): Promise<string> {
  const t = translatorFor(language, bare);
  return toPlainText(await reportFor(mail, { zone }, language, bare), t);
}

/** The lines below a title, up to the empty one. */
function section(text: string, title: string): readonly string[] | null {
  const lines = text.split('\n');
  const at = lines.indexOf(title);
  return at === -1 ? null : lines.slice(at + 1, lines.indexOf('', at + 1));
}

const CHAIN = seal(seal(LETTER), {
  results: 'list.example; arc=pass; dmarc=fail header.from=bank.example',
});

describe('the text', () => {
  it.each([
    {
      language: 'en',
      title: 'SPF, term by term',
      lines: [
        '  mail.bank.example  (pass)',
        '    exists:gone.example  (does not match · lookup 1 of 10 · found nothing)',
        '    include:_spf.hosting.example  (matches · lookup 2 of 10)',
        '      _spf.hosting.example  (pass)',
        '        ip4:192.0.2.0/24  (matches)',
        '        ?all  (not reached)',
        '    -all  (not reached)',
      ],
    },
    {
      language: 'ja',
      title: 'SPF の項目ごとの経過',
      lines: [
        '  mail.bank.example  (pass)',
        '    exists:gone.example  (不一致 · 問い合わせ 1/10 · 該当なし)',
        '    include:_spf.hosting.example  (一致 · 問い合わせ 2/10)',
        '      _spf.hosting.example  (pass)',
        '        ip4:192.0.2.0/24  (一致)',
        '        ?all  (到達せず)',
        '    -all  (到達せず)',
      ],
    },
  ] as const)(
    'has SPF term by term, each as deep as it stands ($language)',
    async ({ language, title, lines }) => {
      expect(section(await textOf(delivered(), BY_INCLUDE, language), title)).toEqual(lines);
    },
  );

  it.each([
    {
      language: 'en',
      title: 'Stations of the chain (ARC)',
      lines: [
        '  i=1 list.example  (dmarc=pass · its seal holds)',
        '  i=2 list.example  (arc=pass dmarc=fail · its seal holds)',
      ],
    },
    {
      language: 'ja',
      title: '中継の記録（ARC）',
      lines: [
        '  i=1 list.example  (dmarc=pass · 封印は有効)',
        '  i=2 list.example  (arc=pass dmarc=fail · 封印は有効)',
      ],
    },
  ] as const)('has the stations of the chain ($language)', async ({ language, title, lines }) => {
    expect(section(await textOf(CHAIN, SEALERS, language), title)).toEqual(lines);
  });

  it('has both before the source and the evidence, where a reader has seen the reasons', async () => {
    const text = await textOf(`${seal(LETTER)}`, SEALERS);
    const order = ['Whose word counts', 'Stations of the chain (ARC)', 'Read from: Gmail', 'Evidence'];
    expect(order.map((title) => text.indexOf(`\n${title}`))).toEqual(
      order.map((title) => text.indexOf(`\n${title}`)).toSorted((one, other) => one - other),
    );
    expect(order.filter((title) => !text.includes(`\n${title}`))).toEqual([]);
  });

  it('has no title without lines', async () => {
    const t = translatorFor('en', bare);
    const text = toPlainText(await reportFor(LETTER, { receiver: A_FILE }, 'en', bare), t);
    expect(text).not.toContain('SPF, term by term');
    expect(text).not.toContain('Stations of the chain');
    expect(text).not.toMatch(/\n\n\n/);
  });
});
