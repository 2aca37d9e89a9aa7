/** Hosts without which the job cannot be done: the webmail that is read and the two preset resolvers. */
export const REQUIRED_HOSTS: readonly string[] = [
  'https://mail.google.com/*',
  'https://cloudflare-dns.com/*',
  'https://dns.google/*',
];
