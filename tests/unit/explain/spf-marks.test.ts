/** The deciding terms of the SPF records that a reason rests on, as the words that a reader sees marked. */
import { describe, expect, it } from 'vitest';
import { type Row, rows } from '../engine/kit.ts';
import { wordsOf } from './marks-kit.ts';
import { BY_INCLUDE, delivered, reportFor, type Zone } from './report-kit.ts';

/** Makes the domain of MAIL FROM one of the author's organization. */
const POLICY = { '_dmarc.bank.example': 'v=DMARC1; p=none' };

/** For each text of each record that the reason shows: its name, and the words that are marked. */
async function marked(
  code: string,
  zone: Zone,
  spf = 'pass',
): Promise<Readonly<Record<string, readonly (readonly string[])[]>>> {
  const { explanation, dns } = await reportFor(delivered(spf), { zone: { ...POLICY, ...zone } });
  const reason = explanation.reasons.find((one) => one.code === code);
  if (reason === undefined)
    throw new Error(`no ${code} in ${explanation.reasons.map((one) => one.code).join(', ')}`);
  return Object.fromEntries(
    reason.because.dns.map((at, index) => [
      `${dns[at]?.name} ${dns[at]?.type}`,
      (dns[at]?.answers ?? []).map((text, which) => wordsOf(text, reason.marks.dns[index]?.[which] ?? [])),
    ]),
  );
}

const DOMAIN = 'mail.bank.example';

describe('in an SPF record', () => {
  it.each(
    rows<Row & { code?: string; zone: Zone; words: Readonly<Record<string, unknown>> }>([
      {
        why: 'the term that matches',
        zone: { [DOMAIN]: 'v=spf1 a ip4:192.0.2.0/24 -all' },
        words: { 'mail.bank.example TXT': [['ip4:192.0.2.0/24']] },
      },
      {
        why: 'the include that leads to it, and it in the other record',
        zone: BY_INCLUDE,
        words: {
          'mail.bank.example TXT': [['include:_spf.hosting.example']],
          '_spf.hosting.example TXT': [['ip4:192.0.2.0/24']],
        },
      },
      {
        why: 'in the record alone, not in the other texts of the name',
        zone: { [DOMAIN]: { TXT: ['ip4:192.0.2.25 is ours', 'v=spf1 ip4:192.0.2.25 -all'] } },
        words: { 'mail.bank.example TXT': [[], ['ip4:192.0.2.25']] },
      },
      {
        why: 'the term that matches where it stands there twice: the first one',
        zone: { [DOMAIN]: 'v=spf1 ip4:192.0.2.25 ip4:192.0.2.25' },
        words: { 'mail.bank.example TXT': [['ip4:192.0.2.25']] },
      },
      {
        why: 'nothing where no term matches',
        zone: { [DOMAIN]: 'v=spf1 ip4:198.51.100.1' },
        words: { 'mail.bank.example TXT': [[]] },
      },
      {
        why: 'nothing where there is more than one record',
        code: 'spf-unusable',
        zone: { [DOMAIN]: { TXT: ['v=spf1 -all', 'v=spf1 +all'] } },
        words: { 'mail.bank.example TXT': [[], []] },
      },
      {
        why: 'the term that breaks the rules, not the one that would match',
        code: 'spf-broken',
        zone: { [DOMAIN]: 'v=spf1 +all mx/40' },
        words: { 'mail.bank.example TXT': [['mx/40']] },
      },
      {
        why: 'the term whose name would hold the sender’s address',
        zone: { [DOMAIN]: 'v=spf1 exists:%{l}.bank.example -all' },
        words: { 'mail.bank.example TXT': [['exists:%{l}.bank.example']] },
      },
      {
        why: 'once, a term that leads back to its own record until the lookups are used up',
        code: 'spf-broken',
        zone: { [DOMAIN]: `v=spf1 include:${DOMAIN} -all` },
        words: { 'mail.bank.example TXT': [[`include:${DOMAIN}`]] },
      },
    ]),
  )('marks %s', async (_, { code = 'spf-aligned', zone, words }) => {
    expect(await marked(code, zone)).toMatchObject(words);
  });

  it('marks what decided about the server’s own name where that is what is told', async () => {
    const helo = 'mail.bank.example';
    const text = delivered('pass').replaceAll('bounce@mail.bank.example', 'bounce@bank.example');
    const zone = { 'bank.example': 'v=spf1 ip4:192.0.2.25', [helo]: 'v=spf1 a:none.example ~all' };
    const { explanation, dns } = await reportFor(text, { zone });
    const words = explanation.reasons
      .filter(({ about }) => about === 'SPF')
      .map(({ code, because, marks }) => [
        code,
        because.dns.map((at, index) => wordsOf(dns[at]?.answers[0] ?? '', marks.dns[index]?.[0] ?? [])),
      ]);
    expect(Object.fromEntries(words)).toMatchObject({
      'spf-aligned': [['ip4:192.0.2.25']],
      'spf-helo': [['~all']],
    });
  });
});
