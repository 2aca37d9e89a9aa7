/** MAIL FROM, taken only where the receiver wrote it. */
import type { Message } from '../message/split.ts';
import { type Border, type MailFrom, mailFromProperty, type ReportedResult } from './evidence.ts';
import type { Profile } from './profile.ts';

/** From the receiver's own Return-Path where it writes one, else from its SPF result; null where it says nothing. */
export function mailFromOf(
  message: Message,
  profile: Profile,
  border: Border,
  spf: ReportedResult | null,
): MailFrom | null {
  const returned = profile.writesReturnPath ? returnPath(message, border) : null;
  return returned ?? (spf === null ? null : reportedMailFrom(spf, profile));
}

/** The Return-Path (RFC 5321 §4.4) that stands next above the border. */
function returnPath(message: Message, border: Border): MailFrom | null {
  const above = message.fields.slice(0, border.field);
  const field = above.findLastIndex(({ key }) => key === 'return-path');
  const value = above[field]?.value ?? '';
  if (!value.startsWith('<') || !value.endsWith('>')) return null;
  return toMailFrom(value.slice(1, -1).trim(), field);
}

function reportedMailFrom(spf: ReportedResult, profile: Profile): MailFrom | null {
  const written = spf.properties.some(({ ptype, name }) => ptype === 'smtp' && /^mail(?:from)?$/.test(name));
  const helo = spf.properties.some(({ ptype, name }) => ptype === 'smtp' && name === 'helo');
  if (!written && !(helo && profile.heloMeansNullSender)) return null;
  return toMailFrom(mailFromProperty(spf), spf.field);
}

function toMailFrom(address: string, field: number): MailFrom {
  return { address, isNull: address === '', field };
}
