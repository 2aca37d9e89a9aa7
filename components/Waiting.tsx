/** While the mail is found, read and handed over: what is going on, and how far it has come. */
import { useId } from 'preact/hooks';
import type { Explaining } from '../lib/explain/explaining.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Sentence } from './Sentence.tsx';

type Reading = Extract<Explaining, { kind: 'reading' }>;

export function Waiting({ state, t }: { state: Reading | null; t: Translate }) {
  const words = useId();
  const isLong = state !== null && (state.of ?? state.done) > 2 * MEGA;
  return (
    <div class="waiting">
      <p id={words} role={isLong ? undefined : 'status'}>
        <Sentence
          text={state === null ? t('ui_opening') : isLong ? progressText(state, t) : t('ui_reading')}
        />
      </p>
      {isLong && state.of !== null && <progress value={state.done} max={state.of} aria-labelledby={words} />}
    </div>
  );
}

const MEGA = 1024 * 1024;

function progressText({ stage, done, of }: Reading, t: Translate): string {
  if (of === null) return t('ui_reading_some', { done: mega(done) });
  const values = { done: mega(done), of: mega(of) };
  return stage === 'source' ? t('ui_reading_of', values) : t('ui_handing', values);
}

function mega(octets: number): string {
  return (octets / MEGA).toFixed(1);
}
