/** How the worker answers a question for the records of a domain. */
import { examineDomain, type Ports } from '../engine/index.ts';
import { toDomainReport } from '../explain/to-domain-report.ts';
import type { Handlers } from './requests.ts';
import { currentLanguage } from './settings.ts';
import { loadTranslator } from './text.ts';

/** Private windows have resolvers of their own; `again` wants ports whose resolver keeps to no earlier answer. */
type PortsFor = (isPrivate: boolean, again: boolean) => Ports;

/** Asks DNS, and nobody else: the policy file of MTA-STS and the logo of BIMI are not fetched. */
export function domainHandler(portsFor: PortsFor): Handlers['records'] {
  return async ({ domain, selectors, again, isPrivate }, client) => {
    const language = await currentLanguage();
    try {
      const examination = await examineDomain(
        { domain, selectors },
        portsFor(isPrivate || client.isPrivate, again),
      );
      return toDomainReport(examination, language, await loadTranslator(language));
    } catch {
      // A fault of ours must not leave the reader waiting; the page says so and asks for a report.
      return { kind: 'problem', problem: 'fault' };
    }
  };
}
