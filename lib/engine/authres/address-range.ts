/** Ranges of IP addresses. */
import ipaddr from 'ipaddr.js';

const INNER = new Set(['private', 'loopback', 'uniqueLocal', 'linkLocal']);

/** Whether an address (in the form of `parseAddress`) is none of the public internet (RFC 1918, RFC 4193). */
export function isInnerAddress(address: string): boolean {
  return INNER.has(ipaddr.parse(address).range());
}

/** Whether an address (in the form of `parseAddress`) is the host's own. */
export function isLoopback(address: string): boolean {
  return ipaddr.parse(address).range() === 'loopback';
}

/** Whether a range (CIDR, in the form of `parseRange`) holds the address. */
export function isInRange(address: string, range: string): boolean {
  if (!ipaddr.isValidCIDR(range) || !ipaddr.isValid(address)) return false;
  const [network, bits] = ipaddr.parseCIDR(range);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

/** A range in one normal form, or null; a single address is a range of one. A range of every address is none. */
export function parseRange(text: string): string | null {
  const [address = '', bits, ...rest] = text.split('/');
  // The library also reads IPv4 in octal, hexadecimal and short forms.
  if (!address.includes(':') && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return null;
  if (!ipaddr.isValid(address) || rest.length > 0) return null;
  const network = ipaddr.parse(address);
  const most = network.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return `${network}/${most}`;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) === 0 || Number(bits) > most) return null;
  return `${network}/${Number(bits)}`;
}
