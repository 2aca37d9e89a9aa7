/** The mails that the stand-in serves: our samples and, where the suites are, five real messages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import PostalMime from 'postal-mime';
import { SAMPLES } from '../kit/samples.ts';

/** A mail with what the list shows of it. */
export interface StandInMail {
  readonly name: string;
  /** Gmail's legacy id: 16 hexadecimal digits. */
  readonly id: string;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly zone: Readonly<Record<string, unknown>>;
  /** Markup that imitates Gmail's is put into the body. */
  readonly hostileBody: boolean;
  readonly sender: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly date: string;
  readonly text: string;
}

type Source = Pick<StandInMail, 'name' | 'octets' | 'zone' | 'hostileBody'>;

/** Where the suites of others are, or null. */
export function suitesFolder(): string | null {
  const folder = process.env.MAILVOUCH_SUITES ?? path.resolve(import.meta.dirname, '../../../shared/suites');
  return existsSync(folder) ? folder : null;
}

/** The sample mailbox in the order of its folders, then the real messages; ids follow that order. */
export async function loadMailbox(): Promise<readonly StandInMail[]> {
  const samples: Source[] = SAMPLES.map(({ name, octets, zone, ...rest }) => ({
    name,
    octets,
    zone: zone as Source['zone'],
    hostileBody: 'hostileBody' in rest,
  }));
  const sources = [...samples, ...realMessages()];
  return Promise.all(
    sources.map((source, index) => toMail(source, (0x19a0_0000_0000n << 16n) + BigInt(index + 1))),
  );
}

function realMessages(): readonly Source[] {
  const suites = suitesFolder();
  if (suites === null) return [];
  const folder = path.join(suites, 'dkim/test/data/original');
  const zone = JSON.parse(readFileSync(path.join(suites, 'dkim/dns.json'), 'utf8'));
  return readdirSync(folder)
    .sort()
    .map((file, index) => {
      const octets = new Uint8Array(readFileSync(path.join(folder, file)));
      return { name: `original-${index + 1}`, octets, zone, hostileBody: false };
    });
}

/** What the list shows of a mail is read out of its octets. */
export async function toMail(source: Source, id: bigint): Promise<StandInMail> {
  const parsed = await PostalMime.parse(source.octets);
  return {
    ...source,
    id: id.toString(16).padStart(16, '0'),
    sender: { name: parsed.from?.name ?? '', address: parsed.from?.address ?? '' },
    subject: parsed.subject ?? '',
    date: parsed.date ?? '',
    text: parsed.text ?? 'This message has no plain text.',
  };
}
