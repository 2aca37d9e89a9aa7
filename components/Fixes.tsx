/** What to do: in one sentence for the one who received the mail, in steps for the one who sent it. */
import { useId } from 'preact/hooks';
import type { Fix } from '../lib/explain/explanation.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Sentence } from './Sentence.tsx';

interface FixesProps {
  readonly fixes: readonly Fix[];
  readonly t: Translate;
}

export function Advice({ fixes, t }: FixesProps) {
  return (
    <FixList
      kind="advice"
      title={t('ui_what_to_do')}
      fixes={fixes.filter(({ role }) => role === 'recipient')}
    />
  );
}

export function SenderFixes({ fixes, t }: FixesProps) {
  return (
    <FixList
      kind="advice last"
      title={t('ui_if_you_sent_it')}
      fixes={fixes.filter(({ role }) => role === 'sender')}
    />
  );
}

function FixList({ kind, title, fixes }: { kind: string; title: string; fixes: readonly Fix[] }) {
  const heading = useId();
  if (fixes.length === 0) return null;
  return (
    <section class={kind} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul>
        {fixes.map(({ code, text }) => (
          <li key={code}>
            <Sentence text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}
