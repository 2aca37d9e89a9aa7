/** How a message came to lie where it was read, so that a missing result can be told for what it is. */
import type { Received } from '../message/received.ts';
import { type Message, wasReceived } from '../message/split.ts';
import type { Border, Origin, Receiver } from './evidence.ts';
import { authenticatedAs } from './microsoft.ts';
import type { Trace } from './trace.ts';

/** Fields that Exchange writes in transport, and that stay when the trace is lost. */
const TRANSPORT =
  /^(?:authentication-results|x-ms-exchange-(?:organization-(?:authas|authsource|network-message-id)|authentication-results|crosstenant-.+))$/;

/** Only a receiver's own page shows for certain what the receiver did: a file can be made up, and anything cut away. */
export function originOf(message: Message, receiver: Receiver, border: Border | null, trace: Trace): Origin {
  const isMailbox = receiver.basis === 'mailbox';
  if (isMailbox && receiver.id === 'outlook' && authenticatedAs(message) === 'Internal') return 'internal';
  if (border !== null) return 'delivered';
  if (!isMailbox) return 'unknown';
  const [first] = trace.values();
  switch (receiver.id) {
    case 'gmail':
      return first === undefined ? unreceived(message) : withoutGmailBorder(message, first);
    case 'outlook':
      return first === undefined ? withoutTrace(message) : 'unknown';
    default:
      return first === undefined ? unreceived(message) : 'unknown';
  }
}

/**
 * Gmail writes a hop of its own on all that it takes in by SMTP or fetches by POP3; what programs put there by IMAP or
 * over the API bears the trace that it came with.
 */
function withoutGmailBorder(message: Message, first: Received): Origin {
  if (first.by.toLowerCase() === 'smtp.gmail.com' && /^e?smtps?a$/i.test(first.with)) return 'own';
  if (message.fields.some(({ key }) => key === 'x-gmail-fetch-info')) return 'imported';
  const isGoogle = /^(?:2002:[0-9a-f:]+|10(?:\.\d{1,3}){3})$|(?:^|\.)google\.com$/i.test(first.by);
  return !isGoogle || /^(?:pop|imap|http)/i.test(first.with) ? 'imported' : 'unknown';
}

function withoutTrace(message: Message): Origin {
  const isRebuilt = wasReceived(message) || message.fields.some(({ key }) => TRANSPORT.test(key));
  return isRebuilt ? 'rebuilt' : 'own';
}

function unreceived(message: Message): Origin {
  return wasReceived(message) ? 'unknown' : 'own';
}
