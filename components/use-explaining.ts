/** Asks for an explanation and follows what comes of it; nothing of an earlier question is shown under a later one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Explaining } from '../lib/explain/explaining.ts';
import type { Problem } from '../lib/explain/problem.ts';
import type { Ask, Asked } from './surroundings.ts';

export type Open = Extract<Explaining, { kind: 'open' }>;
/** Null until something is told. */
export type Shown = Exclude<Explaining, Open> | null;

export interface ExplainingNow {
  readonly open: Open | null;
  readonly state: Shown;
  readonly pick: (message: string) => void;
  readonly again: () => void;
  readonly fail: (problem: Problem) => void;
}

/** `message` is the one to begin with; null for the one that the reader means. */
export function useExplaining(ask: Ask, message: string | null): ExplainingNow {
  const [asked, setAsked] = useState<Asked>({ message, again: false });
  const [open, setOpen] = useState<Open | null>(null);
  const [state, setState] = useState<Shown>(null);
  const latest = useRef(asked);

  useEffect(() => {
    const asking = ask(asked, (told) => {
      // What was asked before is taken back only after the next paint.
      if (latest.current !== asked) return;
      if (told.kind === 'open') setOpen(told);
      else setState(told);
    });
    return () => asking.cancel();
  }, [ask, asked]);

  const start = (next: Partial<Asked>): void => {
    latest.current = { ...latest.current, again: false, ...next };
    setState(null);
    setAsked(latest.current);
  };
  return {
    open,
    state,
    pick(picked) {
      if (open !== null) setOpen({ ...open, meant: picked });
      start({ message: picked });
    },
    again: () => start({ again: true }),
    fail: (problem) => setState({ kind: 'problem', problem }),
  };
}
