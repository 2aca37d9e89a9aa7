/** What can be done with an explanation: take it along, ask again, look at another mail. */
import { useState } from 'preact/hooks';
import { reportAsJson, reportAsText } from '../lib/explain/copy.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { LinkButton } from './Buttons.tsx';
import type { Surroundings } from './surroundings.ts';

interface ActionsProps {
  readonly report: MessageReport;
  readonly around: Pick<Surroundings, 'copy'> & { readonly openAnalyzer: (() => void) | null };
  readonly onAgain: () => void;
  readonly t: Translate;
}

export function Actions({ report, around: { copy, openAnalyzer }, onAgain, t }: ActionsProps) {
  const [said, setSaid] = useState('');
  const copyAs = (text: string): void => {
    copy(text).then(
      () => setSaid(t('ui_copied')),
      () => setSaid(t('ui_not_copied')),
    );
  };
  return (
    <div class="actions">
      <LinkButton label={t('ui_copy_text')} onClick={() => copyAs(reportAsText(report, t))} />
      <LinkButton label={t('ui_copy_json')} onClick={() => copyAs(reportAsJson(report))} />
      <LinkButton label={t('ui_check_again')} onClick={onAgain} />
      {openAnalyzer !== null && <LinkButton label={t('ui_analyzer')} onClick={openAnalyzer} />}
      <p role="status">{said}</p>
    </div>
  );
}
