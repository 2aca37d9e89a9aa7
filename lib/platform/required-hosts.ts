/** The hosts in the manifest, and why each stands there. */

/** Without these the job cannot be done: the webmail that is read, and the two preset resolvers. */
export const REQUIRED_HOSTS: readonly string[] = [
  'https://mail.google.com/*',
  'https://cloudflare-dns.com/*',
  'https://dns.google/*',
];

/** Where Gmail sometimes hands out originals; asked for when it is needed. */
export const ATTACHMENT_HOST = 'https://mail-attachment.googleusercontent.com/*';

/** Asked for one at a time, by name: Gmail's other host, and whichever resolver the reader chooses. */
export const OPTIONAL_HOSTS: readonly string[] = [ATTACHMENT_HOST, 'https://*/*'];
