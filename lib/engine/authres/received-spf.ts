/** The trace field Received-SPF (RFC 7208 §9.1), of which only the client's address is needed. */
import { parseAddress } from '../message/received.ts';
import { accept, atEnd, readRun, scan, skipCfws } from '../message/scanner.ts';

const WORD = /[^ \t\r\n(;]*/y;

/** `client-ip=`, read outside comments: those hold the sender's words. */
export function clientAddress(value: string): string | null {
  const scanner = scan(value);
  while (!atEnd(scanner)) {
    skipCfws(scanner);
    const word = readRun(scanner, WORD);
    if (word.startsWith('client-ip='))
      return parseAddress(word.slice('client-ip='.length).replaceAll('"', ''));
    if (word === '' && !accept(scanner, ';')) scanner.at++;
  }
  return null;
}
