/** Our resolver in the shape of `dns.promises.resolve`, so that both engines ask one zone. */
import type { Answer, Ports, RecordType } from '../../lib/engine/index.ts';

const TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'] satisfies RecordType[];

type NodeAnswer = string[] | string[][];

export function nodeResolver(resolve: Ports['resolve']): (name: string, type: string) => Promise<NodeAnswer> {
  return async (name, type) => {
    // c-ares refuses what DNS cannot hold before it asks anybody.
    if (name.length > 253 || name.split('.').some(({ length }) => length === 0 || length > 63)) {
      throw dnsError('EBADNAME', name);
    }
    if (!isRecordType(type)) throw dnsError('ENOTIMP', name);
    const { rcode, answers } = await resolve(name, type);
    if (rcode !== 'NOERROR') throw dnsError(CODES[rcode] ?? 'ESERVFAIL', name);
    if (answers.length === 0) throw dnsError('ENODATA', name);
    if (type === 'TXT') return answers.map((text) => text.match(/.{1,255}/gs) ?? ['']);
    // mailauth declares string answers only, and takes MX objects as node:dns gives them.
    return (type === 'MX' ? answers.map(readExchange) : answers) as string[];
  };
}

const CODES: Partial<Record<Answer['rcode'], string>> = {
  NXDOMAIN: 'ENOTFOUND',
  TIMEOUT: 'ETIMEOUT',
  REFUSED: 'EREFUSED',
};

function isRecordType(type: string): type is RecordType {
  return TYPES.includes(type);
}

function readExchange(answer: string): { priority: number; exchange: string } {
  const [priority = '', exchange = ''] = answer.split(' ');
  return { priority: Number(priority), exchange };
}

function dnsError(code: string, name: string): Error {
  return Object.assign(new Error(`${code} ${name}`), { code });
}
