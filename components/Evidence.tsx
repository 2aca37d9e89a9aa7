/** The header fields and DNS answers that a reason rests on, as they are. */
import { Fragment } from 'preact';
import type { Reason } from '../lib/explain/explanation.ts';
import type { Mark } from '../lib/explain/marks.ts';
import { oneLine } from '../lib/explain/plain-text.ts';
import type { MessageReport, ReportField } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';
import { AnswerExcerpt } from './AnswerExcerpt.tsx';
import { Sentence } from './Sentence.tsx';

interface EvidenceProps extends Pick<Reason, 'because' | 'marks'> {
  readonly report: MessageReport;
  readonly t: Translate;
}

export function Evidence({ because, marks, report, t }: EvidenceProps) {
  return (
    <>
      {because.fields.map((index, order) => {
        const field = report.fields[index];
        return (
          field && <FieldExcerpt key={field.line} field={field} marks={marks.fields[order] ?? []} t={t} />
        );
      })}
      {because.dns.map((index, order) => {
        const answer = report.dns[index];
        const key = `${answer?.name} ${answer?.type}`;
        return (
          answer && (
            <AnswerExcerpt
              key={key}
              answer={answer}
              name={visible(answer.name)}
              draw={(text, at) => (
                <bdi key={at} class="record">
                  <Marked text={text} marks={marks.dns[order]?.[at] ?? []} />
                </bdi>
              )}
              t={t}
            />
          )
        );
      })}
    </>
  );
}

interface FieldExcerptProps {
  readonly field: ReportField;
  readonly marks: readonly Mark[];
  readonly t: Translate;
}

function FieldExcerpt({ field, marks, t }: FieldExcerptProps) {
  return (
    <figure class="excerpt">
      <pre>
        <b>{visible(field.name)}:</b>{' '}
        <bdi>
          <Marked text={field.value} marks={marks} />
        </bdi>
      </pre>
      <figcaption>
        <Sentence text={t('ui_line', { line: field.line })} />
      </figcaption>
    </figure>
  );
}

/** Text from mail or DNS in which the deciding words stand out; whatever is marked, it is the same text. */
function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const whole = oneLine(text);
  // The text is shown with its white space folded: a place in it is found by what is shown of all before it.
  const shownAt = (at: number): number => Math.min(oneLine(text.slice(0, at)).length, whole.length);
  let done = 0;
  const upTo = (at: number): string => {
    const piece = whole.slice(done, shownAt(at));
    done = Math.max(done, shownAt(at));
    return piece;
  };
  return (
    <>
      {marks.map(({ start, end }, index) => (
        <Fragment key={index}>
          {upTo(start)}
          <mark>{upTo(end)}</mark>
        </Fragment>
      ))}
      {whole.slice(done)}
    </>
  );
}
