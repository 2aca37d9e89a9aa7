/** The explanation as a panel inside a webmail: the popup's content in a dialog that leaves the page usable. */
import { useEffect, useRef } from 'preact/hooks';
import { OpenMail, type OpenMailProps } from './OpenMail.tsx';

export function Panel(props: Omit<OpenMailProps, 'question'> & { readonly lang: string }) {
  const { lang, ...rest } = props;
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => dialog.current?.focus(), []);
  return (
    <div ref={dialog} class="panel" role="dialog" aria-label="Mailvouch" tabIndex={-1} lang={lang}>
      <OpenMail {...rest} question={null} />
    </div>
  );
}
