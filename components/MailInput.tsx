/** Where a mail is pasted or a file is chosen. */
import { useId, useRef } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { Action, LinkButton } from './Buttons.tsx';

interface MailInputProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly servers: readonly string[];
  readonly receivedBy: string | null;
  readonly onReceivedBy: (server: string | null) => void;
  readonly onCheck: () => void;
  readonly onFile: (file: File) => void;
  readonly t: Translate;
}

export function MailInput(props: MailInputProps) {
  const { text, onText, servers, onCheck, onFile, t } = props;
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
        rows={10}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      {servers.length > 0 && <ReceivedBy {...props} />}
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

/** A file can be made up: only its reader knows whether it comes from a mailbox of theirs. */
function ReceivedBy({ servers, receivedBy, onReceivedBy, t }: MailInputProps) {
  const field = useId();
  return (
    <p class="received-by">
      <label class="field-label" for={field}>
        {t('analyzer_received_by')}
      </label>
      <select
        id={field}
        value={receivedBy ?? ''}
        onChange={({ currentTarget }) =>
          onReceivedBy(currentTarget.value === '' ? null : currentTarget.value)
        }
      >
        <option value="">{t('analyzer_received_unknown')}</option>
        {servers.map((server) => (
          <option key={server} value={server}>
            {server}
          </option>
        ))}
      </select>
    </p>
  );
}
