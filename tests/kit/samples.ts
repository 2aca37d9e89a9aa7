/** The sample mailbox for tests in Node: each folder of fixtures, examined and explained as the extension would. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readZone, zoneResolver } from '../../lib/cli/zone.ts';
import { type Examination, examine, type Level, type Receiver } from '../../lib/engine/index.ts';
import { type MessageReport, type Origin, toReport } from '../../lib/explain/report.ts';
import { type Language, type SetValue, type Translate, translator } from '../../lib/explain/translate.ts';
import { platformPorts } from '../../lib/platform/ports.ts';
import { publicSuffixOrganization } from '../../lib/platform/public-suffix.ts';
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import japanese from '../../public/_locales/ja/messages.json' with { type: 'json' };

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/samples');
const MAILBOX: Receiver = { id: 'gmail', basis: 'mailbox' };

export interface Sample {
  readonly name: string;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly zone: unknown;
  readonly now: number;
  readonly title: Readonly<Record<Language, string>>;
  /** What it must show. */
  readonly level: Level;
  readonly findings: readonly string[];
}

export const SAMPLES: readonly Sample[] = readdirSync(FOLDER)
  .sort()
  .map((name) => {
    const file = (base: string): Buffer => readFileSync(path.join(FOLDER, name, base));
    const about = JSON.parse(file('sample.json').toString('utf8'));
    const zone: unknown = JSON.parse(file('zone.json').toString('utf8'));
    return { name, octets: new Uint8Array(file('message.eml')), zone, ...about };
  });

export function translatorFor(language: Language, setValue?: SetValue): Translate {
  return translator(language === 'ja' ? japanese : english, setValue);
}

/** Examines a sample; `onProgress` sees every state on the way. */
export async function examineSample(
  sample: Sample,
  receiver: Receiver = MAILBOX,
  onProgress: (examination: Examination) => void = () => {},
): Promise<Examination> {
  const ports = {
    ...platformPorts(zoneResolver(readZone(sample.zone)), () => sample.now),
    publicSuffixOrganization,
  };
  const examined = await examine(
    { octets: sample.octets, completeness: 'full', receiver },
    ports,
    onProgress,
  );
  if (examined.kind === 'no-message') throw new Error(`${sample.name} is no message: ${examined.why}`);
  return examined.examination;
}

/** The report of a sample as the popup gets it. */
export async function reportOf(
  sample: Sample,
  language: Language,
  receiver = MAILBOX,
): Promise<MessageReport> {
  const examination = await examineSample(sample, receiver);
  const origin: Origin = { via: 'gmail', bytes: sample.octets.length, instead: null };
  return toReport(examination, origin, language, translatorFor(language));
}
