/** Where the name of a domain is typed, for its records alone. */
import { useId, useState } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';

interface DomainInputProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Whether the text was a domain's name. */
  readonly onShow: (text: string) => boolean;
  readonly t: Translate;
}

export function DomainInput({ text, onText, onShow, t }: DomainInputProps) {
  const [isBad, setBad] = useState(false);
  const [heading, field, complaint] = [useId(), useId(), useId()];
  return (
    <section class="domain-input" aria-labelledby={heading}>
      <h2 id={heading}>{t('analyzer_records')}</h2>
      <p class="hint">{t('analyzer_records_intro')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setBad(!onShow(text));
        }}
      >
        <label class="field-label" for={field}>
          {t('analyzer_domain')}
        </label>
        <div class="domain-line">
          <input
            id={field}
            type="text"
            value={text}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            aria-invalid={isBad}
            aria-describedby={complaint}
            onInput={({ currentTarget }) => {
              onText(currentTarget.value);
              setBad(false);
            }}
          />
          <button type="submit" class="action">
            {t('analyzer_show_records')}
          </button>
        </div>
        <p id={complaint} class="complaint" role="status">
          {isBad ? t('analyzer_bad_domain') : ''}
        </p>
      </form>
    </section>
  );
}
