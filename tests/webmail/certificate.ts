/** A throw-away certificate for every host that the stand-ins play. */
import { generate } from 'selfsigned';

export const HOSTS = {
  gmail: 'mail.google.com',
  accounts: 'accounts.google.com',
  cloudflare: 'cloudflare-dns.com',
  google: 'dns.google',
} as const;

export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const altNames = Object.values(HOSTS).map((value) => ({ type: 2 as const, value }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'stand-in' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key, cert };
}
