/** All mail records of a domain, without a message: everything that can be asked at once is asked at once. */
import { type Ledger, openLedger } from '../dns/ledger.ts';
import { MAX_SELECTORS } from '../limits.ts';
import { lookUpMx } from '../mx/lookup.ts';
import type { Ports } from '../ports.ts';
import { askDmarc, consentRecords, type DmarcFound, dmarcFindings, dmarcRecords } from './about-dmarc.ts';
import { isAuthentic, unansweredFindings, validationFinding } from './about-dns.ts';
import { askKeys, keyFindings, keyRecords } from './about-keys.ts';
import { askLogo, logoFindings, logoRecords } from './about-logo.ts';
import { mxFindings, mxRecords } from './about-mx.ts';
import { askSpf, readableTree, spfFindings, spfRecords } from './about-spf.ts';
import { askTransport, transportFindings, transportRecords } from './about-transport.ts';
import type { DomainFinding } from './findings.ts';
import type { DomainExamination, DomainTask } from './records.ts';
import { useOf } from './use.ts';

const WEIGHT: Readonly<Record<DomainFinding['severity'], number>> = {
  error: 0,
  warn: 1,
  open: 2,
  pass: 3,
  info: 4,
};

/**
 * Examines a domain. Never rejects for anything that DNS holds. A ledger that is handed in joins its answers with those
 * of other questions.
 */
export async function examineDomain(
  task: DomainTask,
  ports: Pick<Ports, 'resolve'>,
  ledger: Ledger = openLedger(ports.resolve),
): Promise<DomainExamination> {
  const { domain } = task;
  const selectors = [...new Set(task.selectors)].slice(0, MAX_SELECTORS);
  const dmarcAsked = askDmarc(domain, ledger);
  const organizational = dmarcAsked.then(({ walk }) => walk.organizationalDomain);
  const [dmarc, spf, keys, mx, logo, transport] = await Promise.all([
    dmarcAsked,
    askSpf(domain, ledger),
    askKeys(domain, selectors, ledger),
    lookUpMx(domain, ledger),
    askLogo(domain, organizational, ledger),
    askTransport(domain, ledger),
  ]);
  // Their answers are in: whoever agrees was asked already.
  const consents = await consentRecords(dmarc, ledger);
  const answers = [...ledger.answers()];
  const own = [spf.texts.dns, ...mx.dns.slice(0, 1)];
  const authenticData = isAuthentic(answers, own);
  const unanswered = unansweredFindings(answers);
  const state = unanswered.length > 0 ? 'partial' : 'done';
  const isAbsent = answers[spf.texts.dns]?.rcode === 'NXDOMAIN';
  const use = useOf(mx, spf.texts.isAnswered ? spf.texts.records : null);
  const findings: readonly DomainFinding[] = isAbsent
    ? [noSuchDomain(domain, spf.texts.dns), ...inheritedOnly(dmarc, domain)]
    : [
        ...dmarcFindings(dmarc, domain, use),
        ...spfFindings(spf, domain, use),
        ...keyFindings(keys, domain, use),
        ...mxFindings(mx, domain, use),
        ...logoFindings(logo, domain, dmarc.policy, use),
        ...transportFindings(transport, domain, use),
        ...validationFinding(authenticData, domain, own),
      ];
  return {
    task: { domain, selectors },
    records: [
      ...dmarcRecords(dmarc),
      ...consents,
      ...spfRecords(spf),
      ...keyRecords(keys),
      ...mxRecords(mx, domain),
      ...logoRecords(logo),
      ...transportRecords(transport),
    ],
    findings: [...findings, ...unanswered].sort(
      (one, other) => WEIGHT[one.severity] - WEIGHT[other.severity],
    ),
    spf: readableTree(spf),
    authenticData,
    state,
    dns: answers,
  };
}

function noSuchDomain(domain: string, dns: number): DomainFinding {
  return { code: 'no-such-domain', params: { domain }, severity: 'error', dns: [dns] };
}

/** A name that does not exist can still have a policy from above (RFC 9989 §4.10.1, `np`). */
function inheritedOnly(dmarc: DmarcFound, domain: string): readonly DomainFinding[] {
  const use = { takesMail: false, sendsMail: null, saysNoMail: false };
  return dmarcFindings(dmarc, domain, use).filter(({ code }) => code === 'dmarc-inherited');
}
