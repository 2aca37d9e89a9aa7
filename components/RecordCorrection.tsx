/** A corrected record, what is new in it marked, ready to copy. */
import { useId } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';
import { changesOf } from './record-segments.ts';
import { useCopy } from './use-copy.ts';

interface RecordCorrectionProps {
  readonly title?: string;
  readonly old: string;
  readonly corrected: string;
  readonly copy: (text: string) => Promise<void>;
  readonly t: Translate;
}

export function RecordCorrection({ title, old, corrected, copy, t }: RecordCorrectionProps) {
  const { said, copyAs } = useCopy(copy, t);
  const field = useId();
  return (
    <div class="correction">
      {title !== undefined && <p class="correction-title">{title}</p>}
      <div class="correction-box">
        <pre id={field} class="record-text">
          <bdi dir="ltr">
            {changesOf(old, corrected).map(({ text, isNew }, index) =>
              isNew ? <ins key={index}>{visible(text)}</ins> : visible(text),
            )}
          </bdi>
        </pre>
        {/* What cannot be seen cannot be checked before it is published. */}
        {visible(corrected) === corrected && (
          <button
            type="button"
            class="copy-button"
            aria-describedby={field}
            onClick={() => copyAs(corrected)}
          >
            {t('domain_copy')}
          </button>
        )}
      </div>
      <p class="copied" role="status">
        {said}
      </p>
    </div>
  );
}
