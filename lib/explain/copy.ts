/** A report for the clipboard, in the two forms that the terminal prints: what is pasted bears no unseen character. */
import { toPlainText } from './plain-text.ts';
import type { MessageReport } from './report.ts';
import { bareText, type Translate } from './translate.ts';
import { unseenEscaped } from './visible.ts';

export function reportAsText(report: MessageReport, t: Translate): string {
  return bareText(toPlainText(report, t));
}

/** The sentences without isolates; what the mail itself holds stays as it is, escaped. */
export function reportAsJson(report: MessageReport): string {
  const { headline, detail, reasons, fixes } = report.explanation;
  const bareReport: MessageReport = {
    ...report,
    explanation: {
      headline: bareText(headline),
      detail: bareText(detail),
      reasons: reasons.map((reason) => ({
        ...reason,
        text: bareText(reason.text),
        provenance: reason.provenance.map(bareText),
      })),
      fixes: fixes.map((fix) => ({ ...fix, text: bareText(fix.text) })),
    },
  };
  return `${unseenEscaped(JSON.stringify(bareReport, null, 2))}\n`;
}
