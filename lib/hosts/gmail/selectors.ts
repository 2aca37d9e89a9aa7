/** What is looked for in Gmail's page. Classes are Gmail's own and may change; attributes carry the ids. */

/** An expanded message; collapsed ones have no body. */
export const OPEN_MESSAGE = 'div[data-legacy-message-id]';
/** The body of a message. Whatever is inside is the sender's, look-alikes of everything here included. */
export const MESSAGE_BODY = 'div.a3s';
/** The sender; recipients bear the same attributes but come later. */
export const SENDER = '[email]';
/** The sender's address in angle brackets, the last thing in the line of the sender's name. */
export const SENDER_ADDRESS = 'h3.iw span.go';
export const SENDER_LINE = 'h3.iw';
/** The time, written out in the title. */
export const DATE = 'span.g3[title]';
