/** What the tests of reports share: the report of a mail that is made up for one test. */
import { type MessageReport, toReport } from '../../../lib/explain/report.ts';
import type { Language, SetValue } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';
import { gmailBlock, letter, look, mail } from '../engine/kit.ts';

type Circumstances = Parameters<typeof look>[1];
export type Zone = Readonly<Record<string, unknown>>;

/** As the popup gets it, unless values are to be set otherwise. */
export async function reportFor(
  text: string,
  circumstances: Circumstances = {},
  language: Language = 'en',
  setValue?: SetValue,
): Promise<MessageReport> {
  const examination = await look(text, circumstances);
  const t = translatorFor(language, setValue);
  return toReport(examination, { via: 'gmail', bytes: text.length, instead: null }, language, t);
}

/** A letter that Gmail took from 192.0.2.25, MAIL FROM `bounce@mail.bank.example`, with its word about SPF and no seal. */
export function delivered(spf = 'pass'): string {
  const results = [
    `spf=${spf} smtp.mailfrom=bounce@mail.bank.example`,
    'dmarc=fail header.from=bank.example',
  ];
  return mail([...gmailBlock({ results }).filter((field) => !field.startsWith('ARC-')), ...letter()]);
}

/** An SPF record that uses everything on the way to a match in the second record. */
export const BY_INCLUDE: Zone = {
  'mail.bank.example': 'v=spf1 exists:gone.example include:_spf.hosting.example -all',
  '_spf.hosting.example': 'v=spf1 ip4:192.0.2.0/24 ?all',
};
