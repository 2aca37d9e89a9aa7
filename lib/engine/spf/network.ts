/** Addresses and networks (RFC 7208 §5.6): the client, what is written in a record, what an answer holds. */
import ipaddr from 'ipaddr.js';
import { parseAddress } from '../message/received.ts';

type Address = ReturnType<typeof ipaddr.parse>;

export interface Client {
  readonly address: Address;
  readonly family: 4 | 6;
  /** Normal form: `192.0.2.1`, `2001:db8::1`. */
  readonly text: string;
}

/** The client's address; null where it is none. */
export function readClient(ip: string): Client | null {
  const text = parseAddress(ip);
  if (text === null) return null;
  const address = ipaddr.parse(text);
  return { address, family: address.kind() === 'ipv4' ? 4 : 6, text };
}

const IP4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** `ip4-network` and `ip6-network` (§5.6): four numbers without leading zeros; the forms of RFC 4291 §2.2. */
export function isNetwork(text: string, family: 4 | 6): boolean {
  if (family === 4) return IP4.test(text) && !text.endsWith('.');
  if (text.length > 45 || !/^[0-9a-f:.]+$/i.test(text) || !ipaddr.IPv6.isValid(text)) return false;
  return !text.includes('.') || isNetwork(text.slice(text.lastIndexOf(':') + 1), 4);
}

/** Whether the client lies in the network. Families never meet; what is no address holds nobody. */
export function isWithin({ address, family }: Client, network: string, prefix: number): boolean {
  if (!isNetwork(network, family)) return false;
  const other = family === 4 ? ipaddr.IPv4.parse(network) : ipaddr.IPv6.parse(network);
  return address.match(other, prefix);
}

/** `%{i}` (§7.3): IPv4 as usual, IPv6 as 32 hexadecimal digits between dots. */
export function dotted({ address, text, family }: Client): string {
  if (family === 4) return text;
  const digits = address.toByteArray().map((octet) => octet.toString(16).padStart(2, '0'));
  return [...digits.join('').toUpperCase()].join('.');
}

/** Where the client's names are asked for (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(client: Client): string {
  const labels = dotted(client).toLowerCase().split('.').reverse().join('.');
  return `${labels}.${client.family === 4 ? 'in-addr' : 'ip6'}.arpa`;
}
