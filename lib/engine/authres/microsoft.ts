/** Microsoft's one result: above the border, without authserv-id, with the border's address in its SPF comment. */
import { parseAddress } from '../message/received.ts';
import type { Message } from '../message/split.ts';
import { fieldsNamed } from '../message/split.ts';
import { type Border, type Found, NOTHING_FOUND, type ResultField } from './evidence.ts';

/** Exchange strips its own fields from mail that comes from outside, so exactly one AuthAs is its own. */
export function microsoftResult(message: Message, border: Border, results: readonly ResultField[]): Found {
  const result = results.find(
    ({ field, key, parsed }) =>
      field < border.field && key === 'authentication-results' && parsed.authservId === null,
  );
  const authAs = fieldsNamed(message, 'x-ms-exchange-organization-authas').map(
    (index) => message.fields[index]?.value,
  );
  if (result === undefined || authAs.length !== 1 || authAs[0] !== 'Anonymous') return NOTHING_FOUND;
  const spf = result.parsed.results.find(({ method }) => method === 'spf');
  const sender = spf?.comments.map((comment) => /^sender IP is (\S+)$/i.exec(comment)?.[1]).find(Boolean);
  if (sender === undefined || parseAddress(sender) !== border.address) {
    return { ...NOTHING_FOUND, refused: [{ field: result.field, because: 'address-mismatch' }] };
  }
  return { believed: [result], refused: [], gateway: false };
}
