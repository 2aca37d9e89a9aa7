/** The marks of the verdict: shape carries the meaning, colour repeats it. They work at 16 px and in one colour. */
import type { MarkKind } from '../lib/explain/badge.ts';

const SHAPES: Readonly<Record<MarkKind, preact.JSX.Element>> = {
  authenticated: (
    <>
      <path d="M8 .8 14 3v4.6c0 3.5-2.4 6.4-6 7.6-3.6-1.2-6-4.1-6-7.6V3z" fill="currentColor" />
      <path d="m4.9 8 2.2 2.2 4-4.3" class="mark-inner" />
    </>
  ),
  failed: (
    <>
      <path d="M8 1.4 15 14H1z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" />
      <path d="M8 6v3.6M8 11.9v.1" class="mark-inner" />
    </>
  ),
  unprotected: (
    <>
      <path d="M8 1.6 13.2 3.5v4.1c0 3-2 5.4-5.2 6.6-3.2-1.2-5.2-3.6-5.2-6.6V3.5z" class="mark-line" />
      <path d="M5.3 8h5.4" class="mark-line" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.4" class="mark-line" stroke-dasharray="2.4 2" />
      <path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.1" class="mark-line" />
    </>
  ),
  // Never the unknown mark: nothing is unknown while it is being asked.
  pending: <path d="M8 1.6A6.4 6.4 0 1 1 1.6 8" class="mark-line mark-turning" />,
};

/** Decorative: the words beside it say the same. */
export function Mark({ kind, size }: { kind: MarkKind; size: number }) {
  return (
    <svg class="mark" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {SHAPES[kind]}
    </svg>
  );
}
