import { describe, expect, it, vi } from 'vitest';
import type { Answer, Examination, Ports } from '../../../../lib/engine/index.ts';
import { signed } from '../dkim/signed-mail.ts';
import { A_FILE, codes, GMAIL_MAILBOX, look, portsOver } from '../kit.ts';
import { ABOUT, DKIM_ALIGNED, DMARC, inGmail, REJECT, SIGNED, ZONE } from './verdict-kit.ts';

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
    const text = inGmail([DKIM_ALIGNED, `dmarc=pass ${ABOUT}`], SIGNED);
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

  it('without a receiver it is pending until every answer is in', async () => {
    const told: Examination[] = [];
    const last = await look(SIGNED, { zone: ZONE, receiver: A_FILE, onProgress: (one) => told.push(one) });
    expect(told.map(({ verdict }) => verdict.rule)).toEqual(['pending', 'pending', 'pending']);
    expect(told.map(({ verdict }) => verdict.level)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(last.verdict.rule).toBe('checked-pass');
    expect(last.facts.done).toBe(true);
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

describe('lookups are under way side by side', () => {
  it('every question that the header raises is asked before the first answer', async () => {
    const { held, waiting, release } = heldResolver({ [DMARC]: REJECT });
    const text = signed({ domain: 'service.example', selector: 's2' }, signed());
    const whole = look(text, { receiver: A_FILE, ports: { resolve: held } });
    await vi.waitFor(() => expect(waiting.size).toBeGreaterThanOrEqual(5));
    expect([...waiting.keys()].sort()).toEqual([
      '_dmarc.bank.example',
      '_dmarc.example',
      '_dmarc.service.example',
      's1._domainkey.bank.example',
      's2._domainkey.service.example',
    ]);
    release(() => true);
    await whole;
  });

  it('a question is asked once, however many need its answer', async () => {
    const asked: string[] = [];
    const { resolve } = portsOver(ZONE);
    const counting: Ports['resolve'] = (name, type) => {
      asked.push(`${name} ${type}`);
      return resolve(name, type);
    };
    await look(signed({}, SIGNED), { receiver: A_FILE, ports: { resolve: counting } });
    expect(asked.length).toBe(new Set(asked).size);
  });
});

it('an answer that never was a name is not asked for', async () => {
  const asked: string[] = [];
  const resolve: Ports['resolve'] = (name, type) => {
    asked.push(name);
    return portsOver().resolve(name, type);
  };
  const labels = Array.from({ length: 5 }, () => 'a'.repeat(50)).join('.');
  await look(SIGNED.replace(/bank\.example/g, labels), { receiver: A_FILE, ports: { resolve } });
  expect(asked.every((name) => name.length <= 253)).toBe(true);
});
