/** Findings about what DNS left open. */
import { type Cases, file } from './case.ts';
import { KEY_FAILS, PASSED, PLAIN, RECORD_FAILS, SIGNED } from './verdict-kit.ts';

export const DNS_CASES = {
  'dns-unanswered': {
    ...file(SIGNED, KEY_FAILS),
    severity: 'open',
    params: { open: [{ kind: 'key', domain: 'bank.example', selector: 's1' }], why: 'dns-timeout' },
  },
  'dns-servfail': {
    ...file(PLAIN, RECORD_FAILS),
    severity: 'open',
    params: { open: [{ kind: 'dmarc', domain: 'bank.example' }] },
  },
  'now-unanswered': {
    text: PASSED,
    zone: RECORD_FAILS,
    severity: 'open',
    params: { receiver: 'gmail' },
  },
} satisfies Partial<Cases>;
