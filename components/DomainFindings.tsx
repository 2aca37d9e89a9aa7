/** What there is to say about a domain that no single record shows, each with the answers that it rests on. */
import { useId, useState } from 'preact/hooks';
import type { Answer } from '../lib/engine/index.ts';
import type { DomainReport, ReportedFinding } from '../lib/explain/domain-report.ts';
import { answerText } from '../lib/explain/plain-text.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { bothWays, visible } from '../lib/explain/visible.ts';
import { Sentence } from './Sentence.tsx';

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
  const [open, setOpen] = useState(false);
  const grounds = useId();
  const content = (
    <>
      <span class={`glyph ${TONES[severity]}`} aria-hidden="true">
        {GLYPHS[severity]}
      </span>
      <span class="text">
        <span class="visually-hidden">{severityWord(severity, t)} </span>
        <Sentence text={text} />
      </span>
    </>
  );
  const answers = because.dns.flatMap((index) => dns[index] ?? []);
  if (answers.length === 0) {
    return (
      <li>
        <div class="reason">{content}</div>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="reason"
        aria-expanded={open}
        aria-controls={grounds}
        onClick={() => setOpen(!open)}
      >
        {content}
        <span class="chevron" aria-hidden="true" />
      </button>
      <div id={grounds} class="grounds" hidden={!open}>
        {open && answers.map((answer, index) => <AnswerExcerpt key={index} answer={answer} t={t} />)}
      </div>
    </li>
  );
}

function AnswerExcerpt({ answer, t }: { answer: Answer; t: Translate }) {
  const { name, type, answers, resolver } = answer;
  return (
    <figure class="excerpt">
      <pre>
        <b>
          {bothWays(name)} {type}
        </b>
        {'\n'}
        {answers.length === 0 ? (
          <Sentence text={answerText(answer, t)} />
        ) : (
          answers.map((text, index) => (
            <bdi key={index} class="record" dir="ltr">
              {visible(text)}
            </bdi>
          ))
        )}
      </pre>
      <figcaption>
        <Sentence text={resolver === '' ? t('ui_nobody_answered') : t('ui_answered_by', { resolver })} />
      </figcaption>
    </figure>
  );
}

function severityWord(severity: ReportedFinding['severity'], t: Translate): string {
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
