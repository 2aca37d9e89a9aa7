import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Answer, Examination, Ports } from '../../../../lib/engine/index.ts';
import { LETTER, SEALERS, seal } from '../arc/sealed-mail.ts';
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, codes, GMAIL_MAILBOX, look, portsOver } from '../kit.ts';
import { expectMonotone, expectSound } from './soundness.ts';
import {
  ALTERED,
  BY_SERVICE,
  DKIM_ALIGNED,
  DMARC,
  ELSEWHERE,
  FAIL,
  inGmail,
  inNamed,
  type Looked,
  moments,
  NAMED,
  OTHER_KEY,
  PASS,
  PERMITS,
  PLAIN,
  REJECT,
  SIGNED,
  SPF_ALIGNED,
  SPF_FAIL,
  SPF_OTHER,
  ZONE,
} from './verdict-kit.ts';

/** A resolver whose answers wait until they are let go, by name. */
function heldResolver(zone: Record<string, unknown>) {
  const { resolve } = portsOver(zone);
  const waiting = new Map<string, () => void>();
  const held: Ports['resolve'] = (name, type) =>
    new Promise<Answer>((done) => {
      waiting.set(name, () => done(resolve(name, type)));
    });
  const release = (wanted: (name: string) => boolean): void => {
    for (const [name, go] of waiting) if (wanted(name)) go();
  };
  return { held, waiting, release };
}

describe('what is known is told at once', () => {
  it('the receiver’s verdict stands before anything is asked', async () => {
    const told: Examination[] = [];
    const text = inGmail([DKIM_ALIGNED, PASS], SIGNED);
    await look(text, {
      zone: ZONE,
      receiver: GMAIL_MAILBOX,
      onProgress: (examination) => told.push(examination),
    });
    const [first] = told;
    expect(first?.verdict).toMatchObject({ rule: 'reported-pass', level: 'authenticated' });
    expect(first?.facts).toMatchObject({ done: false, dmarc: null });
    expect(first?.facts.signatures.map(({ check }) => check)).toEqual([null]);
    expect(first && codes(first)).toEqual(expect.arrayContaining(['dkim-pending', 'policy-pending']));
    for (const { verdict } of told) expect(verdict.level).toBe('authenticated');
  });

  it('without a receiver it is pending until what decides is in', async () => {
    const told = await moments(SIGNED, { receiver: A_FILE });
    for (const { facts, verdict } of told) {
      const isKnown = facts.dmarc !== null && facts.signatures.every(({ check }) => check !== null);
      expect(verdict).toMatchObject(
        isKnown
          ? { rule: 'checked-pass', level: 'authenticated' }
          : { rule: 'pending', level: 'unknown', checkedLevel: 'unknown' },
      );
    }
    expect(told[0]?.verdict.rule).toBe('pending');
    expect(told.map(({ facts }) => facts.done)).toEqual([...told.slice(1).map(() => false), true]);
  });

  it('an answer that is in is told while another is awaited', async () => {
    const told: Examination[] = [];
    const { held, waiting, release } = heldResolver(ZONE);
    const whole = look(SIGNED, {
      receiver: A_FILE,
      ports: { resolve: held },
      onProgress: (one) => told.push(one),
    });
    await vi.waitFor(() =>
      expect([...waiting.keys()].some((name) => name.includes('_domainkey'))).toBe(true),
    );
    release((name) => name.includes('_domainkey'));
    await vi.waitFor(() => expect(told.at(-1)?.facts.signatures[0]?.check?.result).toBe('pass'));
    const partial = told.at(-1);
    expect(partial?.facts.dmarc).toBeNull();
    expect(partial?.verdict.rule).toBe('pending');
    expect(partial && codes(partial)).toEqual(expect.arrayContaining(['dkim-aligned', 'policy-pending']));
    expect(partial?.facts.dns.filter((answer) => answer === null).length).toBe(waiting.size - 1);
    release(() => true);
    expect((await whole).verdict.rule).toBe('checked-pass');
  });

  it('the findings of an earlier moment do not change later', async () => {
    const told: Examination[] = [];
    await look(SIGNED, { zone: ZONE, receiver: A_FILE, onProgress: (one) => told.push(one) });
    expect(told[0]?.facts.dns.every((answer) => answer === null)).toBe(true);
  });
});

const SERVICES = {
  ...OTHER_KEY,
  ...ZONE,
  ...SEALERS,
  's2._domainkey.bank.example': ZONE['s1._domainkey.bank.example'],
  'service.example': 'v=spf1 include:_spf.service.example -all',
  '_spf.service.example': 'v=spf1 ip4:192.0.2.25 -all',
  'mail.bank.example': 'v=spf1 -all',
  'default._bimi.bank.example': 'v=BIMI1; l=https://bank.example/l.svg; a=https://bank.example/v.pem',
};
const TAGGED = `Subject: [board] Your statement\r\n${SIGNED.replace(/^Subject: .*\r\n/m, '')}`;

/** Mails of every rule, over zones that let several answers matter. */
const SCENES: readonly (Looked & { readonly text: string })[] = [
  { text: inGmail([DKIM_ALIGNED, SPF_OTHER, PASS], signed({ selector: 's2' }, SIGNED)) },
  { text: inGmail([DKIM_ALIGNED, SPF_OTHER, PASS], ALTERED) },
  { text: inGmail([SPF_OTHER, FAIL], `${SIGNED}Board mailing list\r\n`) },
  { text: inGmail([SPF_FAIL, FAIL], SIGNED) },
  { text: inGmail([SPF_FAIL, FAIL], seal(LETTER)), zone: { ...SERVICES, ...PERMITS } },
  { text: inGmail([SPF_OTHER], BY_SERVICE) },
  { text: inGmail([SPF_FAIL, ELSEWHERE], BY_SERVICE), zone: { ...SERVICES, ...PERMITS } },
  { text: inGmail([SPF_FAIL, ELSEWHERE], TAGGED) },
  { text: inGmail([SPF_ALIGNED, `dmarc=temperror header.from=bank.example`], SIGNED) },
  { text: inNamed(['spf=fail smtp.mailfrom=a@service.example'], SIGNED), receiver: NAMED },
  { text: SIGNED, receiver: A_FILE },
  { text: seal(TAGGED), receiver: A_FILE },
  { text: PLAIN, receiver: A_FILE, zone: {} },
];

it('in whatever order the answers come: no level flips, nothing known is taken back, and the end is the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SCENES), fc.scheduler(), async ({ text, zone, ...looked }, order) => {
      const { resolve } = portsOver(zone ?? SERVICES);
      const late: Ports['resolve'] = (name, type) => order.schedule(resolve(name, type), `${name} ${type}`);
      const told = await order.waitFor(moments(text, { ...looked, ports: { resolve: late } }));
      for (const examination of told) expectSound(examination);
      expectMonotone(told);
      const expected = (await moments(text, { ...looked, zone: zone ?? SERVICES })).at(-1);
      const said = (examination: Examination | undefined) =>
        examination?.verdict.findings.map(({ code, params, severity }) => ({ code, params, severity }));
      expect(told.at(-1)?.verdict.rule).toBe(expected?.verdict.rule);
      expect(said(told.at(-1))).toEqual(said(expected));
    }),
    { numRuns: 60 },
  );
});

describe('lookups are under way side by side', () => {
  it('every question that the header raises is asked before the first answer', async () => {
    const { held, waiting, release } = heldResolver({ [DMARC]: REJECT });
    const text = signed({ domain: 'service.example', selector: 's2' }, signed());
    const whole = look(text, { receiver: A_FILE, ports: { resolve: held } });
    await vi.waitFor(() => expect(waiting.size).toBeGreaterThanOrEqual(6));
    expect([...waiting.keys()].sort()).toEqual([
      '_dmarc.bank.example',
      '_dmarc.example',
      '_dmarc.service.example',
      'default._bimi.bank.example',
      's1._domainkey.bank.example',
      's2._domainkey.service.example',
    ]);
    release(() => true);
    await whole;
  });

  it('and where the border is at hand, SPF in both identities', async () => {
    const { held, waiting, release } = heldResolver(ZONE);
    const whole = look(inGmail([SPF_FAIL, FAIL]), { ports: { resolve: held } });
    await vi.waitFor(() => expect(waiting.has('bank.example')).toBe(true));
    expect([...waiting.keys()]).toEqual(
      expect.arrayContaining(['_dmarc.bank.example', 'bank.example', 'mail.bank.example']),
    );
    release(() => true);
    await whole;
  });
});
