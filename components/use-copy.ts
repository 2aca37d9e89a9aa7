/** Copies, and says what became of it. */
import { useState } from 'preact/hooks';
import type { Translate } from '../lib/explain/translate.ts';

export interface Copying {
  /** '' until something was copied, or could not be. */
  readonly said: string;
  readonly copyAs: (text: string) => void;
}

export function useCopy(copy: (text: string) => Promise<void>, t: Translate): Copying {
  const [said, setSaid] = useState('');
  return {
    said,
    copyAs(text) {
      copy(text).then(
        () => setSaid(t('ui_copied')),
        () => setSaid(t('ui_not_copied')),
      );
    },
  };
}
