/** The header fields and DNS answers that a reason rests on, as they are. */
import type { Answer } from '../lib/engine/index.ts';
import type { Reason } from '../lib/explain/explanation.ts';
import { answerText, oneLine } from '../lib/explain/plain-text.ts';
import type { MessageReport, ReportField } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';
import { Sentence } from './Sentence.tsx';

interface EvidenceProps {
  readonly because: Reason['because'];
  readonly report: MessageReport;
  readonly t: Translate;
}

export function Evidence({ because, report, t }: EvidenceProps) {
  const fields = because.fields.flatMap((index) => report.fields[index] ?? []);
  const answers = because.dns.flatMap((index) => report.dns[index] ?? []);
  return (
    <>
      {fields.map((field) => (
        <FieldExcerpt key={field.line} field={field} t={t} />
      ))}
      {answers.map((answer) => (
        <AnswerExcerpt key={`${answer.name} ${answer.type}`} answer={answer} t={t} />
      ))}
    </>
  );
}

function FieldExcerpt({ field, t }: { field: ReportField; t: Translate }) {
  return (
    <figure class="excerpt">
      <pre>
        <b>{visible(field.name)}:</b> <bdi>{oneLine(field.value)}</bdi>
      </pre>
      <figcaption>
        <Sentence text={t('ui_line', { line: field.line })} />
      </figcaption>
    </figure>
  );
}

function AnswerExcerpt({ answer, t }: { answer: Answer; t: Translate }) {
  const by =
    answer.resolver === '' ? t('ui_nobody_answered') : t('ui_answered_by', { resolver: answer.resolver });
  return (
    <figure class="excerpt">
      <pre>
        <b>
          {visible(answer.name)} {answer.type}
        </b>
        {'\n'}
        <bdi>
          <Sentence text={answerText(answer, t)} />
        </bdi>
      </pre>
      <figcaption>
        <Sentence text={by} />
      </figcaption>
    </figure>
  );
}
