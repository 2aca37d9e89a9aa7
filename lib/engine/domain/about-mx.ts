/** Where mail of the domain goes: its exchanges, and what follows from having none. */
import { lintMx } from '../mx/lint.ts';
import type { Exchange, MxAnswer } from '../mx/lookup.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainRecord, RecordFact } from './records.ts';
import type { Use } from './use.ts';

export function mxRecords(mx: MxAnswer, domain: string): readonly DomainRecord[] {
  if (!('exchanges' in mx)) return [];
  const { exchanges, dns } = mx;
  return exchanges.map((exchange) => ({
    kind: 'mx',
    name: domain,
    type: 'MX',
    text: exchange.text,
    facts: factsOf(exchange),
    lint: lintMx(exchange, exchanges, domain),
    corrected: null,
    dns: dns[0] ?? 0,
  }));
}

function factsOf({ state, addresses }: Exchange): readonly RecordFact[] {
  if (state === 'null') return [{ code: 'mx-null', params: {} }];
  return addresses.length === 0
    ? []
    : [{ code: 'mx-addresses', params: { addresses: addresses.join(', ') } }];
}

export function mxFindings(mx: MxAnswer, domain: string, use: Use): readonly DomainFinding[] {
  const { dns } = mx;
  const params = { domain };
  switch (mx.kind) {
    case 'null':
      if (use.sendsMail === true) return [{ code: 'null-mx-sends', params, severity: 'warn', dns }];
      return [{ code: use.saysNoMail ? 'no-mail' : 'null-mx', params, severity: 'info', dns }];
    case 'none':
      if (use.sendsMail === true) return [{ code: 'mx-missing', params, severity: 'warn', dns }];
      return [{ code: 'mx-missing', params, severity: 'info', dns }];
    case 'implicit':
      return [{ code: 'mx-implicit', params, severity: 'info', dns }];
    case 'exchanges':
    case 'unanswered':
      return [];
  }
}
