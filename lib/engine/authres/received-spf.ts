/** The trace field Received-SPF (RFC 7208 §9.1), of which only the client's address is needed. */
import { parseAddress } from '../message/received.ts';
import { accept, atEnd, readUntil, scan, skipCfws } from '../message/scanner.ts';

/** `client-ip=`, read outside comments: those hold the sender's words. */
export function clientAddress(value: string): string | null {
  const scanner = scan(value);
  while (!atEnd(scanner)) {
    skipCfws(scanner);
    const word = readUntil(scanner, ' \t\r\n(;');
    if (word.startsWith('client-ip='))
      return parseAddress(word.slice('client-ip='.length).replaceAll('"', ''));
    if (word === '' && !accept(scanner, ';')) scanner.at++;
  }
  return null;
}
