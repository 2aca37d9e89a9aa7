/** How grave a remark or a finding about a domain is, in a word. */
import type { ReportedFinding, ReportedSeverity } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';

/** The same in one character, beside the word. */
export const REMARK_GLYPHS: Readonly<Record<ReportedSeverity, string>> = { error: '✕', warn: '!', info: 'i' };

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
