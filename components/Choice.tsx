/** One question of the settings with the answers to choose from. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface ChoiceOption<V extends string> {
  readonly value: V;
  readonly label: string;
  /** The language that the label is written in, where it is not the page's. */
  readonly lang?: string;
}

interface ChoiceProps<V extends string> {
  readonly title: string;
  readonly options: readonly ChoiceOption<V>[];
  /** Null where nothing is chosen yet. */
  readonly value: V | null;
  readonly onChoose: (value: V) => void;
  readonly hint?: string;
  readonly children?: ComponentChildren;
}

export function Choice<V extends string>({
  title,
  options,
  value,
  onChoose,
  hint,
  children,
}: ChoiceProps<V>) {
  const group = useId();
  const hintId = useId();
  return (
    <fieldset aria-describedby={hint === undefined ? undefined : hintId}>
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option.value} lang={option.lang}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          {option.label}
        </label>
      ))}
      {children}
      {hint !== undefined && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
