/** Which resolver is asked: one of those that are known, or another one by its address. */
import { useId, useState } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';
import { Action } from './Buttons.tsx';
import { Choice } from './Choice.tsx';

/** A resolver by name and address. */
export interface NamedResolver {
  readonly name: string;
  readonly url: string;
}

interface ResolverChoiceProps {
  readonly title: string;
  readonly known: readonly NamedResolver[];
  /** The address of the chosen one; null for none. */
  readonly value: string | null;
  /** Whether "none" may be chosen. */
  readonly optional: boolean;
  /** The address that a text stands for, or null. */
  readonly readAddress: (text: string) => string | null;
  readonly onChoose: (url: string | null) => void;
  readonly hint?: string;
  readonly t: Translate;
}

const NONE = 'none';
const OTHER = 'other';

export function ResolverChoice(props: ResolverChoiceProps) {
  const { title, known, value, optional, onChoose, hint, t } = props;
  const isKnown = known.some(({ url }) => url === value);
  const [wantsOther, setWantsOther] = useState(value !== null && !isKnown);
  const chosen = wantsOther ? OTHER : (value ?? NONE);
  return (
    <Choice
      title={title}
      value={chosen}
      {...(hint === undefined ? {} : { hint })}
      onChoose={(next) => {
        setWantsOther(next === OTHER);
        if (next !== OTHER) onChoose(next === NONE ? null : next);
      }}
      options={[
        ...known.map(({ name, url }) => ({ value: url, label: name })),
        { value: OTHER, label: t('settings_other') },
        ...(optional ? [{ value: NONE, label: t('settings_none') }] : []),
      ]}
    >
      {wantsOther && <Address {...props} value={isKnown ? null : value} />}
    </Choice>
  );
}

function Address({ value, readAddress, onChoose, t }: ResolverChoiceProps) {
  const [text, setText] = useState(value ?? '');
  const [isBad, setIsBad] = useState(false);
  const field = useId();
  const complaint = useId();
  const use = (): void => {
    const url = readAddress(text);
    setIsBad(url === null);
    if (url !== null) onChoose(url);
  };
  return (
    <div class="address">
      <label for={field}>{t('settings_address')}</label>
      <input
        id={field}
        type="url"
        value={text}
        spellcheck={false}
        aria-invalid={isBad}
        aria-describedby={complaint}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={({ key, isComposing }) => key === 'Enter' && !isComposing && use()}
      />
      <Action label={t('settings_use')} onClick={use} />
      <p id={complaint} role="alert" class="complaint">
        {isBad ? t('settings_bad_address') : ''}
      </p>
    </div>
  );
}
