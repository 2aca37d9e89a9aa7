/** What the SPF tests share: a check over a zone, and a trace as lines. */
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import type { RecordType } from '../../../../lib/engine/index.ts';
import { checkHost } from '../../../../lib/engine/spf/evaluate.ts';
import type { SpfCheck, SpfRecordTrace, SpfTask } from '../../../../lib/engine/spf/trace.ts';
import { portsOver } from '../kit.ts';

export type Records = Readonly<Record<string, unknown>>;

/** `jane@bank.example` from 192.0.2.25, with consent. */
export const TASK: SpfTask = {
  ip: '192.0.2.25',
  helo: 'mx.helo.example',
  mailFrom: 'jane@bank.example',
  identity: 'mailfrom',
  mayReveal: true,
  receiver: 'mx.receiver.example',
  now: 1_795_158_256,
};

export interface Checked {
  readonly check: SpfCheck;
  /** Every question that was asked, in its order. */
  readonly asked: readonly string[];
}

/** Checks the task above unless another says otherwise. */
export async function checked(
  zone: Records,
  task: Partial<SpfTask> = {},
  prefetch = false,
): Promise<Checked> {
  const ports = portsOver(zone);
  const asked: string[] = [];
  const ledger = openLedger((name: string, type: RecordType) => {
    asked.push(`${name} ${type}`);
    return ports.resolve(name, type);
  });
  const check = await checkHost({ ...TASK, ...task }, ports, ledger, { prefetch });
  return { check, asked };
}

/** `result` or `result reason`. */
export async function told(zone: Records, task: Partial<SpfTask> = {}): Promise<string> {
  const { result, reason } = (await checked(zone, task)).check;
  return [result, ...(reason === null ? [] : [reason])].join(' ');
}

/** One line for each term: `outcome text`, with what is worth saying of it; what it led to is indented. */
export function lines(trace: SpfRecordTrace | null, indent = ''): string[] {
  return (trace?.terms ?? []).flatMap(({ outcome, text, reason, name, lookup, isVoid, record }) => {
    const more = [
      ...(reason === null ? [] : [reason]),
      ...(lookup === null ? [] : [`#${lookup}`]),
      ...(name === null ? [] : [name]),
      ...(isVoid ? ['void'] : []),
    ];
    return [
      `${indent}${outcome} ${text}${more.length > 0 ? ` (${more.join(' ')})` : ''}`,
      ...lines(record, `${indent}  `),
    ];
  });
}
