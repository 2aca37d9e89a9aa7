/** A whole explanation: popup and panel show this and nothing else. */
import type { MessageReport } from '../lib/explain/report.ts';
import { sourceNote } from '../lib/explain/source-note.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Advice, SenderFixes } from './Fixes.tsx';
import { Picture } from './Picture.tsx';
import { isDrawn } from './picture-model.ts';
import { Reasons } from './Reasons.tsx';
import { Sentence } from './Sentence.tsx';
import { ThenNow } from './ThenNow.tsx';
import { Verdict } from './Verdict.tsx';

const WHY = ['identifier', 'check', 'alignment', 'policy'] as const;
const TRUST = ['trust'] as const;

export function ReportView({ report, t }: { report: MessageReport; t: Translate }) {
  return (
    <article class="report" aria-busy={report.checked.state === 'pending'}>
      <Verdict report={report} t={t} />
      <SourceNote report={report} t={t} />
      {isDrawn(report) && <Picture report={report} t={t} />}
      <Advice fixes={report.explanation.fixes} t={t} />
      <Reasons report={report} steps={WHY} title={t('ui_reasons')} t={t} />
      <ThenNow report={report} t={t} />
      <Reasons report={report} steps={TRUST} title={t('ui_trust')} t={t} />
      <SenderFixes fixes={report.explanation.fixes} t={t} />
      <Footer report={report} t={t} />
    </article>
  );
}

function SourceNote({ report: { source }, t }: { report: MessageReport; t: Translate }) {
  const note = sourceNote(source, t);
  return note === null ? null : (
    <p class="source-note">
      <Sentence text={note} />
    </p>
  );
}

function Footer({ report, t }: { report: MessageReport; t: Translate }) {
  const { state } = report.checked;
  const answers = report.dns.filter(({ rcode }) => rcode === 'NOERROR' || rcode === 'NXDOMAIN');
  const resolvers = [...new Set(answers.map(({ resolver }) => resolver))]
    .filter((name) => name !== '')
    .join(', ');
  return (
    <footer class="report-foot">
      <p role="status">
        {state === 'pending' ? t('ui_checking') : state === 'partial' ? t('ui_dns_partial') : t('ui_done')}
      </p>
      {resolvers !== '' && (
        <p>
          <Sentence text={t('ui_dns_count', { count: answers.length, resolver: resolvers })} />
        </p>
      )}
    </footer>
  );
}
