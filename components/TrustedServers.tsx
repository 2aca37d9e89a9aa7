/** The mail servers of one's own, one in a line. What cannot be read is told by its line, and nothing is lost. */
import { useId, useState } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { Action } from './Buttons.tsx';
import { Sentence } from './Sentence.tsx';

/** A line that names no server, from 1. */
export interface LineError {
  readonly line: number;
  readonly why: 'id' | 'range';
}

interface TrustedServersProps {
  readonly value: string;
  readonly check: (text: string) => readonly LineError[];
  readonly onSave: (text: string) => void;
  readonly t: Translate;
}

export function TrustedServers({ value, check, onSave, t }: TrustedServersProps) {
  const [text, setText] = useState(value);
  const [errors, setErrors] = useState<readonly LineError[]>([]);
  const field = useId();
  const hint = useId();
  const complaint = useId();
  const save = (): void => {
    const found = check(text);
    setErrors(found);
    if (found.length === 0) onSave(text);
  };
  return (
    <fieldset class="servers">
      <legend>
        <label for={field}>{t('settings_servers')}</label>
      </legend>
      <textarea
        id={field}
        rows={3}
        value={text}
        spellcheck={false}
        autocomplete="off"
        placeholder={'mx.example.org\ngateway.example.org 192.0.2.0/24'}
        aria-invalid={errors.length > 0}
        aria-describedby={`${complaint} ${hint}`}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div id={complaint} role="alert" class="complaint">
        {errors.length > 0 && (
          <ul>
            {errors.map(({ line, why }) => (
              <li key={line}>
                <Sentence text={t(why === 'id' ? 'settings_bad_server' : 'settings_bad_range', { line })} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Action label={t('settings_save')} onClick={save} />
      <p id={hint} class="hint">
        {t('settings_servers_hint')}
      </p>
    </fieldset>
  );
}
