/** What the tests of the conversations share: a mail, the ports that know its zone, its reports, and who asks. */
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import type { Explaining } from '../../../lib/explain/explaining.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { type FakePort, fakePort } from './fake-runtime.ts';

const [first] = SAMPLES;
if (first === undefined) throw new Error('there are no samples');
export const sample = first;
export const ports = platformPorts(zoneResolver(readZone(sample.zone)), () => sample.now);
export const source = { octets: sample.octets, completeness: 'full', via: 'gmail', instead: null } as const;

export const done = { kind: 'report' as const, report: await reportOf(sample, 'en') };
export const pending = {
  kind: 'report' as const,
  report: { ...done.report, checked: { ...done.report.checked, state: 'pending' as const } },
};
/** Nothing of the mail is here yet. */
export const reading = { kind: 'reading', stage: 'source', done: 0, of: null } as const;

export const GMAIL = { id: 'self', url: 'https://mail.google.com/mail/u/0/' };
export const OWN_PAGE = { id: 'self', url: `${location.origin}/analyzer.html` };

export function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64');
}

/** Reports alone: what was read or handed over on the way is left out. */
export function withoutReading(states: readonly Explaining[]): readonly Explaining[] {
  return states.filter(({ kind }) => kind !== 'reading');
}

/** Time for everything that is under way. */
export function later(milliseconds = 100): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A port of that name into whoever listens, and what is heard from there. */
export function speaker(
  listeners: readonly ((port: object) => void)[],
  name: string,
  over: Readonly<Record<string, unknown>>,
): { readonly near: FakePort; readonly heard: unknown[]; readonly isClosed: () => boolean } {
  const [near, far] = fakePort(name);
  const heard: unknown[] = [];
  let closed = false;
  near.onMessage.addListener((value) => heard.push(value));
  near.onDisconnect.addListener(() => {
    closed = true;
  });
  for (const listen of listeners) listen({ ...far, ...over });
  return { near, heard, isClosed: () => closed };
}
