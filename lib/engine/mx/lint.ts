/** Remarks about the mail exchanges of a domain (RFC 5321, RFC 7505). */
import type { Edit, LintOf, LintSeverity } from '../lint/lint.ts';
import type { Exchange } from './lookup.ts';

export interface MxLintParams {
  /** An address where only a name may stand. */
  'mx-literal': Empty;
  'mx-no-such-name': { domain: string };
  'mx-no-address': { domain: string };
  /** The domain is in the name twice: the final dot was left out in the zone file. */
  'mx-doubled': { domain: string; other: string };
  'mx-local': { domain: string; address: string };
  'mx-alias': { domain: string; other: string };
  'mx-bad-name': { domain: string };
  'mx-unanswered': { domain: string };
  /** The null MX says "no mail", and another record beside it says the opposite. */
  'mx-null-beside': Empty;
  'mx-null-preference': Empty;
  'mx-repeated': { domain: string };
}

type Empty = Record<never, never>;
type MxLint = LintOf<MxLintParams>;
type Said = {
  [C in keyof MxLintParams]: { readonly code: C; readonly params: MxLintParams[C] };
}[keyof MxLintParams];

/** A host name as mail programs take it (RFC 5321 §2.3.5): letters, digits, hyphens. */
const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/;

/** What there is to say about one exchange of `domain`, among all of them. */
export function lintMx(exchange: Exchange, all: readonly Exchange[], domain: string): readonly MxLint[] {
  const { host, start, end } = exchange;
  const at = (section: string, severity: LintSeverity, said: Said, edit: Edit | null = null): MxLint =>
    ({ code: said.code, params: said.params, severity, start, end, section, edit }) as MxLint;

  if (exchange.state === 'null') return lintNull(exchange, all, at);
  const found: MxLint[] = [];
  const lint = stateLint(exchange, domain, at);
  if (lint !== null) found.push(lint);
  if (exchange.alias !== null) {
    found.push(
      at('RFC 2181 §10.3', 'warn', { code: 'mx-alias', params: { domain: host, other: exchange.alias } }),
    );
  }
  if (exchange.state !== 'literal' && !HOST_NAME.test(host)) {
    found.push(at('RFC 5321 §2.3.5', 'warn', { code: 'mx-bad-name', params: { domain: host } }));
  }
  if (all.findIndex((other) => other.host === host) < all.indexOf(exchange)) {
    found.push(at('RFC 5321 §5.1', 'info', { code: 'mx-repeated', params: { domain: host } }));
  }
  return found;
}

type At = (section: string, severity: LintSeverity, said: Said, edit?: Edit | null) => MxLint;

function stateLint({ state, host, addresses, start, end }: Exchange, domain: string, at: At): MxLint | null {
  const params = { domain: host };
  switch (state) {
    case 'literal':
      return at('RFC 5321 §5.1', 'error', { code: 'mx-literal', params: {} });
    case 'no-such-name':
    case 'no-address': {
      const single = undoubled(host, domain);
      if (single !== null) {
        const doubled = { code: 'mx-doubled', params: { domain: host, other: single } } as const;
        return at('RFC 1035 §5.1', 'error', doubled, { start, end, text: single });
      }
      return at('RFC 5321 §5.1', 'error', { code: `mx-${state}`, params });
    }
    case 'local':
      return at('RFC 5321 §5.1', 'error', {
        code: 'mx-local',
        params: { domain: host, address: addresses[0] ?? '' },
      });
    case 'unanswered':
      return at('RFC 5321 §5.1', 'info', { code: 'mx-unanswered', params });
    case 'reachable':
    case 'null':
    case 'unread':
      return null;
  }
}

/** `mail.bank.example.bank.example` without its second `bank.example`; null for any other name. */
function undoubled(host: string, domain: string): string | null {
  const twice = `${domain}.${domain}`;
  const isDoubled = host === twice || host.endsWith(`.${twice}`);
  return isDoubled ? host.slice(0, -(domain.length + 1)) : null;
}

/** RFC 7505 §3: the null MX stands alone, with preference 0. */
function lintNull({ preference, start }: Exchange, all: readonly Exchange[], at: At): readonly MxLint[] {
  const found: MxLint[] = [];
  if (all.some(({ state }) => state !== 'null')) {
    found.push(at('RFC 7505 §3', 'error', { code: 'mx-null-beside', params: {} }));
  }
  if (preference !== 0) {
    const number = { start: 0, end: Math.max(0, start - 1) };
    const edit = { ...number, text: '0' };
    found.push({
      code: 'mx-null-preference',
      params: {},
      severity: 'info',
      ...number,
      section: 'RFC 7505 §3',
      edit,
    });
  }
  return found;
}
