/** Where a mail is pasted or a file is chosen. */
import { useId, useRef } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { Action, LinkButton } from './Buttons.tsx';

interface MailInputProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onCheck: () => void;
  readonly onFile: (file: File) => void;
  readonly t: Translate;
}

export function MailInput({ text, onText, onCheck, onFile, t }: MailInputProps) {
  const field = useId();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>{t('analyzer_intro')}</p>
      <p class="hint">{t('analyzer_how')}</p>
      <label class="field-label" for={field}>
        {t('analyzer_text')}
      </label>
      <textarea
        id={field}
        value={text}
        rows={14}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      <div class="answers">
        <Action label={t('analyzer_check')} onClick={onCheck} />
        <LinkButton label={t('analyzer_file')} onClick={() => chooser.current?.click()} />
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".eml,message/rfc822,text/plain"
          aria-label={t('analyzer_file')}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) onFile(file);
          }}
        />
        <span class="hint">{t('analyzer_drop')}</span>
      </div>
    </>
  );
}
