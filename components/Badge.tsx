/** The badge beside a sender: a mark of fixed size that says its sentence to those who point at it or hear it. */
import type { Badge } from '../lib/explain/badge.ts';
import { Mark } from './Mark.tsx';

interface BadgeButtonProps {
  /** Null while nothing is known: the place is kept. */
  readonly badge: Badge | null;
  readonly onOpen: () => void;
}

export function BadgeButton({ badge, onOpen }: BadgeButtonProps) {
  if (badge === null) return <span class="badge" />;
  const { mark, tone, label } = badge;
  return (
    <button
      type="button"
      class={`badge ${tone}`}
      aria-label={`Mailvouch: ${label}`}
      title={label}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      <Mark kind={mark} size={16} />
    </button>
  );
}
