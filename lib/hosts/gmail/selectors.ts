/** What is looked for in Gmail's page. Classes are Gmail's own and may change; attributes carry the ids. */

/** An expanded message; collapsed ones have no body. */
export const OPEN_MESSAGE = 'div[data-legacy-message-id]';
/** The body of a message. Whatever is inside is the sender's, look-alikes of everything here included. */
export const MESSAGE_BODY = 'div.a3s';
