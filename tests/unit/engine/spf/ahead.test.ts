import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { RecordType } from '../../../../lib/engine/index.ts';
import { askAhead } from '../../../../lib/engine/spf/ahead.ts';
import { checkHost } from '../../../../lib/engine/spf/evaluate.ts';
import { readClient } from '../../../../lib/engine/spf/network.ts';
import { recordReader } from '../../../../lib/engine/spf/record.ts';
import { portsOver, type Row, rows } from '../kit.ts';
import type { Records } from './spf-kit.ts';

/** How often the check waits if every answer takes one tick, and what was asked then and afterwards. */
async function slowly(
  zone: Records,
  prefetch: boolean,
): Promise<{ readonly ticks: number; readonly asked: readonly string[] }> {
  const ports = portsOver(zone);
  const asked: string[] = [];
  let waiting: (() => void)[] = [];
  const ledger = openLedger(async (name: string, type: RecordType) => {
    asked.push(`${name} ${type}`);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return ports.resolve(name, type);
  });
  let isDone = false;
  const check = checkHost(TASK, ports, ledger, { prefetch }).then(() => {
    isDone = true;
  });
  let ticks = 0;
  while (waiting.length > 0) {
    if (!isDone) ticks++;
    const answered = waiting;
    waiting = [];
    for (const answer of answered) answer();
    // Everything that follows from the answers happens before the next tick.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await check;
  return { ticks, asked };
}

const TASK = {
  ip: '192.0.2.25',
  helo: 'mx.helo.example',
  mailFrom: 'jane@bank.example',
  identity: 'mailfrom',
  mayReveal: true,
  now: 0,
} as const;

const SERVICES: Records = {
  'bank.example': {
    TXT: ['v=spf1 a mx include:a.example include:b.example exists:%{ir}.x.example -all'],
    MX: [
      [0, 'h1.example'],
      [1, 'h2.example'],
    ],
  },
  'a.example': 'v=spf1 include:a1.example include:a2.example -all',
  'a1.example': 'v=spf1 ip4:198.51.100.0/24',
  'a2.example': 'v=spf1 ip4:203.0.113.0/24',
  'b.example': 'v=spf1 redirect=b1.example',
  'b1.example': 'v=spf1 a:h3.example -all',
  'h1.example': { A: ['198.51.100.1'] },
  'h2.example': { A: ['198.51.100.2'] },
  'h3.example': { A: ['198.51.100.3'] },
};

describe('asking ahead', () => {
  it('waits for the longest chain, not for the sum', async () => {
    // bank.example, b.example, b1.example, h3.example.
    expect((await slowly(SERVICES, true)).ticks).toBe(4);
    expect((await slowly(SERVICES, false)).ticks).toBe(11);
  });

  it.each(
    rows<Row & { record: string; ahead: readonly string[]; zone?: Records; mayReveal?: boolean }>([
      { why: 'nothing behind an all', record: 'v=spf1 ?all a:x.example', ahead: [] },
      {
        why: 'nothing behind a network that holds the client',
        record: 'v=spf1 ip4:192.0.2.0/24 a:x.example redirect=y.example',
        ahead: [],
      },
      {
        why: 'what stands behind another network',
        record: 'v=spf1 ip4:198.51.100.0/24 a:x.example',
        ahead: ['x.example A'],
      },
      { why: 'nothing of a record that is wrong', record: 'v=spf1 a:x.example moo', ahead: [] },
      {
        why: 'no redirect beside an all',
        record: 'v=spf1 redirect=y.example a:x.example -all',
        ahead: ['x.example A'],
      },
      { why: 'no exp', record: 'v=spf1 exp=y.example a:x.example ?all', ahead: ['x.example A'] },
      {
        why: 'no name that has to be asked for itself',
        record: 'v=spf1 a:x.example exists:%{p}.x.example',
        ahead: ['x.example A'],
      },
      {
        why: 'no name that DNS cannot hold',
        record: 'v=spf1 a:x.example a:a..example',
        ahead: ['x.example A'],
      },
      {
        why: 'no name made from the local part without consent',
        record: 'v=spf1 a:x.example exists:%{l}.x.example',
        ahead: ['x.example A'],
        mayReveal: false,
      },
      {
        why: 'the first ten terms and no more',
        record: `v=spf1 ${Array.from({ length: 12 }, (_, at) => `a:n${at}.example`).join(' ')}`,
        ahead: Array.from({ length: 10 }, (_, at) => `n${at}.example A`),
      },
      {
        why: 'the hosts of an mx, but none of eleven',
        record: 'v=spf1 mx:m.example mx:n.example',
        zone: {
          'm.example': { MX: [[0, 'h.example']] },
          'n.example': { MX: Array.from({ length: 11 }, (_, at) => [at, `n${at}.example`]) },
        },
        ahead: ['m.example MX', 'n.example MX', 'h.example A'],
      },
      {
        why: "the client's names for ptr",
        record: 'v=spf1 ptr:x.example',
        zone: { '25.2.0.192.in-addr.arpa': { PTR: ['h.x.example', 'y.example'] } },
        ahead: ['25.2.0.192.in-addr.arpa PTR', 'h.x.example A'],
      },
    ]),
  )('%s', async (_, { record, ahead, zone = {}, mayReveal = true }) => {
    const ports = portsOver({ 'bank.example': record, ...zone });
    const asked: string[] = [];
    const ledger = openLedger((name: string, type: RecordType) => {
      asked.push(`${name} ${type}`);
      return ports.resolve(name, type);
    });
    const client = readClient('192.0.2.25');
    if (client === null) throw new Error('no client');
    const sender = { local: 'jane', domain: 'bank.example', isPersonal: true };
    askAhead('bank.example', {
      client,
      sender,
      helo: '',
      receiver: '',
      now: 0,
      mayReveal,
      ledger,
      read: recordReader(),
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual(['bank.example TXT', ...ahead]);
  });

  it('asks nothing that the evaluation alone would not ask, where it reaches every term', async () => {
    const [ahead, alone] = await Promise.all([slowly(SERVICES, true), slowly(SERVICES, false)]);
    expect(ahead.asked.toSorted()).toEqual(alone.asked.toSorted());
  });

  it('stops when the result is there', async () => {
    const { ticks, asked } = await slowly(
      {
        'bank.example': 'v=spf1 a:x.example include:o.example',
        'x.example': { A: ['192.0.2.25'] },
        'o.example': 'v=spf1 include:p.example',
        'p.example': 'v=spf1 include:q.example',
      },
      true,
    );
    expect(ticks).toBe(2);
    expect(asked).toContain('o.example TXT');
    expect(asked).not.toContain('q.example TXT');
  });
});
