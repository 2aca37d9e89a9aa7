/** A throw-away certificate for every host that the stand-ins play. */
import { generate } from 'selfsigned';

/** The hosts that are played. */
export const HOSTS = {
  gmail: 'mail.google.com',
  accounts: 'accounts.google.com',
  attachments: 'mail-attachment.googleusercontent.com',
  cloudflare: 'cloudflare-dns.com',
  google: 'dns.google',
} as const;

/** Made anew at each start; browsers are told to accept it. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const altNames = Object.values(HOSTS).map((value) => ({ type: 2 as const, value }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'stand-in' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key, cert };
}
