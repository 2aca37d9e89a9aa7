/** What DNS left open, as the reader is told it: the state of the check, the sentences, and what to do. */
import { describe, expect, it } from 'vitest';
import type { Rcode } from '../../../lib/engine/index.ts';
import { toPlainText } from '../../../lib/explain/plain-text.ts';
import { toReport } from '../../../lib/explain/report.ts';
import { bare, bareText, type Language, partsOf } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';
import { A_FILE, letter, look, mail, type Row, rows } from '../engine/kit.ts';
import { silence } from '../engine/verdict/silence.ts';
import {
  inGmail,
  KEY_FAILS,
  lookWhole,
  PASSED,
  PERMITS,
  RECORD_FAILS,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAILS,
  ZONE,
  type Zone,
} from '../engine/verdict/verdict-kit.ts';
import { reportFor } from './report-kit.ts';

const FULL = { ...ZONE, ...PERMITS };

describe('the check', () => {
  const rcode = (code: string): unknown => ({ RCODE: code });

  it.each(
    rows<Row & { zone: Zone; state: string }>([
      { why: 'is done where every question has its answer', zone: FULL, state: 'done' },
      { why: 'is done where a name does not exist', zone: {}, state: 'done' },
      { why: 'is partial without the DMARC record', zone: { ...RECORD_FAILS, ...PERMITS }, state: 'partial' },
      { why: 'is partial without a key', zone: { ...KEY_FAILS, ...PERMITS }, state: 'partial' },
      { why: 'is partial without SPF', zone: { ...ZONE, ...SPF_FAILS }, state: 'partial' },
      {
        why: 'is done where the logo alone is missing',
        zone: { ...FULL, 'default._bimi.bank.example': rcode('TIMEOUT') },
        state: 'done',
      },
      {
        why: 'is done where a name above the record is silent and nothing rests on it',
        zone: { ...FULL, '_dmarc.example': rcode('TIMEOUT') },
        state: 'done',
      },
    ]),
  )('%s', async (_, { zone, state }) => {
    const report = await reportFor(PASSED, { zone });
    expect(report.checked.state).toBe(state);
    // State and sentence never part.
    expect(report.findings.some(({ code }) => code.startsWith('dns-'))).toBe(state === 'partial');
  });

  it('is pending until everything is in, silent as DNS may be', async () => {
    const states: string[] = [];
    const t = translatorFor('en');
    const origin = { via: 'gmail', bytes: 1, instead: null } as const;
    const last = await look(PASSED, {
      ports: { resolve: silence('TIMEOUT') },
      onProgress: (examination) => states.push(toReport(examination, origin, 'en', t).checked.state),
    });
    expect(new Set(states)).toEqual(new Set(['pending']));
    expect(toReport(last, origin, 'en', t).checked.state).toBe('partial');
  });
});

async function told(rcode: Rcode, language: Language, text = PASSED) {
  return reportFor(text, { ports: { resolve: silence(rcode) } }, language, bare);
}

describe('a silence under a verdict that the receiver decided', () => {
  it.each(
    rows<Row & { rcode: Rcode; says: RegExp; fix: RegExp | null }>([
      {
        why: 'no network',
        rcode: 'OFFLINE',
        says: /no network connection/,
        fix: /when this device is online/,
      },
      {
        why: 'a login page',
        rcode: 'PORTAL',
        says: /a page of this network answered/,
        fix: /log in to this network/,
      },
      {
        why: 'no resolver',
        rcode: 'UNREACHABLE',
        says: /no DNS resolver could be reached/,
        fix: /another DNS resolver/,
      },
      {
        why: 'a slow one',
        rcode: 'TIMEOUT',
        says: /no DNS resolver answered in time/,
        fix: /another DNS resolver/,
      },
      { why: 'one that refuses', rcode: 'REFUSED', says: /refused to answer/, fix: /another DNS resolver/ },
      { why: 'the domain’s own servers', rcode: 'SERVFAIL', says: /own name servers/, fix: null },
    ]),
  )('is told with its cause and what to do: %s', async (_, { rcode, says, fix }) => {
    const { level, explanation, checked } = await told(rcode, 'en');
    expect({ level, state: checked.state, headline: explanation.headline }).toEqual({
      level: 'authenticated',
      state: 'partial',
      headline: 'bank.example vouches for this mail.',
    });
    const dns = explanation.reasons.filter(({ code }) => code.startsWith('dns-')).map(({ text }) => text);
    expect(dns).toHaveLength(1);
    expect(dns[0]).toMatch(says);
    expect(dns[0]).toContain(
      'the DMARC record of bank.example, the key of bank.example (s1), the SPF check for bank.example.',
    );
    expect(explanation.reasons.map(({ text }) => text)).toContain(
      'What Gmail reported on delivery stands. Whether today’s DNS gives the same result could not be told.',
    );
    const advice = explanation.fixes.filter(({ role }) => role === 'recipient').map(({ text }) => text);
    expect(advice).toHaveLength(fix === null ? 1 : 2);
    if (fix !== null) expect(advice[1]).toMatch(fix);
  });

  it('is told in Japanese', async () => {
    const { explanation } = await told('UNREACHABLE', 'ja');
    const dns = explanation.reasons.find(({ code }) => code === 'dns-unanswered');
    expect(dns?.text).toBe(
      '次の点はここで確認できませんでした：bank.example の DMARC レコード、bank.example の鍵（s1）、bank.example の SPF の確認。DNS リゾルバーに接続できなかったためです。',
    );
  });
});

describe('a silence that leaves the verdict open', () => {
  it('is the reader’s to mend where no resolver answers', async () => {
    const { explanation } = await told('OFFLINE', 'en', SIGNED);
    expect(explanation.headline).toBe(
      'Whether bank.example vouches for this mail could not be checked just now.',
    );
    expect(explanation.detail).toContain('could not be read: this device has no network connection.');
    expect(explanation.fixes.map(({ code }) => code)).toEqual(['unanswered', 'check-again']);
  });

  it('is the domain’s to mend where its own name servers fail', async () => {
    const { explanation } = await told('SERVFAIL', 'en', SIGNED);
    expect(explanation.detail).toContain('own name servers gave no usable answer.');
    expect(explanation.fixes.map(({ code }) => code)).toEqual(['unanswered', 'check-later', 'sender-dns']);
  });

  it('asks nothing of a reader whose mail names several senders', async () => {
    const several = mail(letter('a@bank.example, b@evil.example'));
    const { explanation } = await told('OFFLINE', 'en', inGmail([SPF_ALIGNED], several));
    expect(explanation.fixes.map(({ code }) => code)).toEqual(['author']);
  });
});

it('names stand apart in the list as in any sentence, and none of them can break out of it', async () => {
  const from = 'From: Bank <a@xn--bcher-kva.example>';
  const text = SIGNED.replace(/From: .*/, from);
  const report = await reportFor(text, { receiver: A_FILE, ports: { resolve: silence('TIMEOUT') } });
  const dns = report.explanation.reasons.find(({ code }) => code === 'dns-unanswered');
  const values = partsOf(dns?.text ?? '').filter(({ isValue }) => isValue);
  expect(values.map((part) => part.text)).toEqual([
    'bücher.example (xn--bcher-kva.example)',
    'bank.example',
    's1',
  ]);
  // The reason is ours, and runs on with the sentence.
  expect(dns?.text).toContain('no DNS resolver answered in time.');
  expect(bareText(dns?.text ?? '')).not.toMatch(/[\0\u2068\u2069$]/);
});

it('plain text and JSON say it as well', async () => {
  const t = translatorFor('en', bare);
  const examination = await lookWhole(PASSED, { ports: { resolve: silence('TIMEOUT') } });
  const report = toReport(examination, { via: 'gmail', bytes: 1, instead: null }, 'en', t);
  expect(toPlainText(report, t)).toMatch(
    /^ {2}\? This could not be checked here: the DMARC record of bank\.example,.* The reason: no DNS resolver answered in time\.\n {6}(?:\[\d+\])+$/m,
  );
  const { findings, checked } = JSON.parse(JSON.stringify(report));
  expect(checked.state).toBe('partial');
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'dns-unanswered',
      params: {
        open: [
          { kind: 'dmarc', domain: 'bank.example' },
          { kind: 'key', domain: 'bank.example', selector: 's1' },
          { kind: 'spf', domain: 'bank.example' },
        ],
        why: 'dns-timeout',
      },
    }),
  );
});
