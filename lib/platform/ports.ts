/** The engine's ports over what browsers and Node have in common: WebCrypto, TextDecoder, URL. */
import { verifyAsync } from '@noble/ed25519';
import type { AsciiDomain, Ports } from '../engine/index.ts';
import { toAscii } from './idna.ts';

/** Everything but DNS, which differs by place. */
export function platformPorts(resolve: Ports['resolve'], now: Ports['now']): Ports {
  return { resolve, crypto: crypto.subtle, verifyEd25519, decodeCharset, toAscii: memoised(toAscii), now };
}

/** The present in seconds since 1970. */
export function systemClock(): number {
  return Math.floor(Date.now() / 1000);
}

/** WebCrypto where it knows Ed25519, else the library; a malformed key or signature is no signature. */
async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const [key, data, mark] = [publicKey, message, signature].map((octets) => new Uint8Array(octets));
  if (key === undefined || data === undefined || mark === undefined) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, mark, data);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotSupportedError')) return false;
    return verifyAsync(mark, data, key).catch(() => false);
  }
}

function decodeCharset(charset: string, octets: Uint8Array): string | null {
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return null;
  }
}

function memoised(convert: Ports['toAscii']): Ports['toAscii'] {
  const known = new Map<string, AsciiDomain | null>();
  return (domain) => {
    const found = known.get(domain);
    if (found !== undefined) return found;
    const converted = convert(domain);
    known.set(domain, converted);
    return converted;
  };
}
