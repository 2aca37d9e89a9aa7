/** What there is to say about a record's text, one remark after the other, by the numbers that its text bears. */
import type { ReportedLint, ReportedRecord } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { RecordCorrection } from './RecordCorrection.tsx';
import { Sentence } from './Sentence.tsx';
import { REMARK_GLYPHS, severityWord } from './severity.ts';

interface RecordRemarksProps {
  readonly record: ReportedRecord;
  readonly copy: (text: string) => Promise<void>;
  readonly t: Translate;
}

export function RecordRemarks({ record: { text, lint, corrected }, copy, t }: RecordRemarksProps) {
  return (
    <>
      {lint.length > 0 && (
        <ol class="remarks">
          {lint.map((remark, index) => (
            <li key={index} class={`remark ${remark.severity}`}>
              <span class="remark-glyph" aria-hidden="true">
                {REMARK_GLYPHS[remark.severity]}
              </span>
              <div>
                <p>
                  <span class="remark-head">
                    {severityWord(remark.severity, t)} {index + 1}
                  </span>{' '}
                  <Sentence text={remark.message} />
                </p>
                <p class="source">
                  <Sentence text={[placeOf(remark, text, t), remark.section].join(' · ')} />
                </p>
                {remark.correction !== null && remark.correction !== corrected && (
                  <details>
                    <summary>{t('domain_corrected_one')}</summary>
                    <RecordCorrection old={text} corrected={remark.correction} copy={copy} t={t} />
                  </details>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {corrected !== null && (
        <RecordCorrection
          title={t(lint.length === 1 ? 'domain_corrected' : 'domain_corrected_all')}
          old={text}
          corrected={corrected}
          copy={copy}
          t={t}
        />
      )}
    </>
  );
}

/** Characters are counted from 1, as editors do. */
function placeOf({ start, end }: ReportedLint, text: string, t: Translate): string {
  const before = charactersOf(text, start);
  const to = charactersOf(text, end);
  if (start === end) return before === 0 ? t('domain_at_start') : t('domain_at_gap', { start: before });
  return to === before + 1
    ? t('domain_at_one', { start: to })
    : t('domain_at', { start: before + 1, end: to });
}

/** Code points, not the units that offsets count. */
function charactersOf(text: string, end: number): number {
  return [...text.slice(0, end)].length;
}
