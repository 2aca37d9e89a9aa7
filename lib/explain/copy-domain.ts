/** The records of a domain for the clipboard, in the two forms that the terminal prints. */
import type { DomainReport } from './domain-report.ts';
import { toDomainText } from './domain-text.ts';
import { bareText, type Translate } from './translate.ts';
import { unseenEscaped } from './visible.ts';

export function domainAsText(report: DomainReport, t: Translate): string {
  return bareText(toDomainText(report, t));
}

/** The sentences without isolates; what stands in DNS stays as it is, escaped. */
export function domainAsJson(report: DomainReport): string {
  const { headline, detail, reasons } = report.explanation;
  const bareReport: DomainReport = {
    ...report,
    domain: {
      ...report.domain,
      records: report.domain.records.map((record) => ({
        ...record,
        facts: record.facts.map(bareText),
        lint: record.lint.map((remark) => ({ ...remark, message: bareText(remark.message) })),
        tree: record.tree.map((line) => ({ ...line, note: bareText(line.note) })),
      })),
    },
    explanation: { headline: bareText(headline), detail: bareText(detail), reasons: reasons.map(bareText) },
  };
  return `${unseenEscaped(JSON.stringify(bareReport, null, 2))}\n`;
}
