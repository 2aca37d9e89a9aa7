/** The text of a record as it stands in DNS, with every place marked that there is a remark about. */
import type { ReportedLint } from '../lib/explain/domain-report.ts';
import { visible } from '../lib/explain/visible.ts';
import { segmentsOf } from './record-segments.ts';

interface RecordTextProps {
  readonly text: string;
  readonly lint: readonly ReportedLint[];
}

export function RecordText({ text, lint }: RecordTextProps) {
  return (
    <pre class="record-text">
      <bdi dir="ltr">
        {segmentsOf(text, lint).map(({ text: part, severity, numbers }, index) =>
          severity === null ? (
            visible(part)
          ) : (
            // The numbers are drawn by the style sheet: what is selected and copied is the record alone.
            <mark
              key={index}
              class={part === '' ? `gap ${severity}` : severity}
              data-remarks={numbers.length === 0 ? undefined : numbers.join(' ')}
            >
              {visible(part)}
            </mark>
          ),
        )}
      </bdi>
    </pre>
  );
}
