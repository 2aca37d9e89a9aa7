/** Several messages are open: the one that is explained is named, and another can be picked. */
import { useId } from 'preact/hooks';
import type { Explaining, OpenMessage } from '../lib/explain/explaining.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';
import { Sentence } from './Sentence.tsx';

interface PickerProps {
  readonly open: Extract<Explaining, { kind: 'open' }>;
  readonly onPick: (id: string) => void;
  readonly t: Translate;
}

export function Picker({ open: { messages, meant }, onPick, t }: PickerProps) {
  const picker = useId();
  return (
    <div class="picker">
      <label for={picker}>
        <Sentence text={t('ui_several', { count: messages.length })} />
      </label>
      <select id={picker} value={meant} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
        {messages.map((message, index) => (
          <option key={message.id} value={message.id}>
            {nameOf(message) || String(index + 1)}
          </option>
        ))}
      </select>
    </div>
  );
}

function nameOf({ sender, date }: OpenMessage): string {
  return [sender, date]
    .filter((text) => text !== '')
    .map(visible)
    .join(' · ');
}
