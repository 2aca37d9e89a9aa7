/** The bar on top: what this is, from where the mail was read, and the ways out. */
import type { MessageReport } from '../lib/explain/report.ts';
import { keyOf } from '../lib/explain/sentence.ts';
import type { Translate } from '../lib/explain/translate.ts';
import type { Surroundings } from './surroundings.ts';

interface BarProps {
  readonly report: MessageReport | null;
  readonly around: Pick<Surroundings, 'openSettings' | 'close'>;
  /** Asks the first-run question; null where it is not to be asked. */
  readonly onQuestion: (() => void) | null;
  readonly t: Translate;
}

export function Bar({ report, around: { openSettings, close }, onQuestion, t }: BarProps) {
  return (
    <div class="bar">
      <b>Mailvouch</b>
      {report !== null && (
        <span>
          {t(keyOf('via', report.source.via))} · {t(`source_${report.source.completeness}`)}
        </span>
      )}
      <span class="bar-buttons">
        {onQuestion !== null && (
          <button type="button" class="chip" onClick={onQuestion}>
            {t('question_short')}
          </button>
        )}
        <IconButton label={t('ui_settings')} onClick={openSettings}>
          <path d="M2 4.5h12M2 11.5h12" class="mark-line" />
          <circle cx="10.5" cy="4.5" r="1.9" class="knob" />
          <circle cx="5.5" cy="11.5" r="1.9" class="knob" />
        </IconButton>
        {close !== null && (
          <IconButton label={t('ui_close')} onClick={close}>
            <path d="m3.5 3.5 9 9m0-9-9 9" class="mark-line" />
          </IconButton>
        )}
      </span>
    </div>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: preact.ComponentChildren;
}

function IconButton({ label, onClick, children }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        {children}
      </svg>
    </button>
  );
}
