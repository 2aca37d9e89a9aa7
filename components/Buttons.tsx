/** The two kinds of button: the one thing to do, and ways that lead on. */

interface ButtonProps {
  readonly label: string;
  readonly onClick: () => void;
}

export function Action({ label, onClick }: ButtonProps) {
  return (
    <button type="button" class="action" onClick={onClick}>
      {label}
    </button>
  );
}

export function LinkButton({ label, onClick }: ButtonProps) {
  return (
    <button type="button" class="link-button" onClick={onClick}>
      {label}
    </button>
  );
}
