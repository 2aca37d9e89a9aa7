/** How grave a remark or a finding about a domain is, in a word. */
import type { ReportedFinding } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';

export function severityWord(severity: ReportedFinding['severity'], t: Translate): string {
  switch (severity) {
    case 'pass':
      return t('domain_pass');
    case 'error':
      return t('domain_error');
    case 'warn':
      return t('domain_warn');
    case 'info':
      return t('domain_info');
    case 'open':
      return t('domain_open');
  }
}
