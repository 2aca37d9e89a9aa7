/** One statement in a list, which opens to what it rests on. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

interface GroundedLineProps {
  /** The statement. */
  readonly children: ComponentChildren;
  /** Draws what it rests on, once that is wanted; null where there is nothing to show. */
  readonly grounds: (() => ComponentChildren) | null;
}

export function GroundedLine({ children, grounds }: GroundedLineProps) {
  const [open, setOpen] = useState(false);
  const shown = useId();
  if (grounds === null) {
    return (
      <li>
        <div class="reason">{children}</div>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="reason"
        aria-expanded={open}
        aria-controls={shown}
        onClick={() => setOpen(!open)}
      >
        {children}
        <span class="chevron" aria-hidden="true" />
      </button>
      <div id={shown} class="grounds" hidden={!open}>
        {open && grounds()}
      </div>
    </li>
  );
}
