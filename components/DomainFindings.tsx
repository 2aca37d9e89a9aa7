/** What there is to say about a domain that no single record shows, each with the answers that it rests on. */
import { useId } from 'preact/hooks';
import type { Answer } from '../lib/engine/index.ts';
import type { DomainReport, ReportedFinding } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { bothWays, visible } from '../lib/explain/visible.ts';
import { AnswerExcerpt } from './AnswerExcerpt.tsx';
import { GroundedLine } from './GroundedLine.tsx';
import { Sentence } from './Sentence.tsx';
import { severityWord } from './severity.ts';

const GLYPHS: Readonly<Record<ReportedFinding['severity'], string>> = {
  pass: '✓',
  error: '✕',
  warn: '!',
  info: '○',
  open: '?',
};
/** As reasons are drawn. */
const TONES: Readonly<Record<ReportedFinding['severity'], string>> = {
  pass: 'pass',
  error: 'fail',
  warn: 'warn',
  info: 'info',
  open: 'open',
};

export function DomainFindings({ report, t }: { report: DomainReport; t: Translate }) {
  const heading = useId();
  if (report.findings.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{t('domain_findings')}</h2>
      <ul class="reasons">
        {report.findings.map((finding, index) => (
          <Finding
            key={index}
            finding={finding}
            text={report.explanation.reasons[index] ?? ''}
            dns={report.dns}
            t={t}
          />
        ))}
      </ul>
    </section>
  );
}

interface FindingProps {
  readonly finding: ReportedFinding;
  readonly text: string;
  readonly dns: readonly Answer[];
  readonly t: Translate;
}

function Finding({ finding: { severity, because }, text, dns, t }: FindingProps) {
  const answers = because.dns.flatMap((index) => dns[index] ?? []);
  const grounds = () =>
    answers.map((answer, index) => (
      <AnswerExcerpt
        key={index}
        answer={answer}
        name={bothWays(answer.name)}
        draw={(record, at) => (
          <bdi key={at} class="record" dir="ltr">
            {visible(record)}
          </bdi>
        )}
        t={t}
      />
    ));
  return (
    <GroundedLine grounds={answers.length === 0 ? null : grounds}>
      <span class={`glyph ${TONES[severity]}`} aria-hidden="true">
        {GLYPHS[severity]}
      </span>
      <span class="text">
        <span class="visually-hidden">{severityWord(severity, t)} </span>
        <Sentence text={text} />
      </span>
    </GroundedLine>
  );
}
