/** What can be done with an explanation: take it along, ask again, look at another mail. */
import { reportAsJson, reportAsText } from '../lib/explain/copy.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { bothWays } from '../lib/explain/visible.ts';
import { LinkButton } from './Buttons.tsx';
import { Sentence } from './Sentence.tsx';
import type { RecordsQuestion, Surroundings } from './surroundings.ts';
import { useCopy } from './use-copy.ts';

interface ActionsProps {
  readonly report: MessageReport;
  readonly around: Pick<Surroundings, 'copy' | 'openRecords'> & {
    readonly openAnalyzer: (() => void) | null;
  };
  readonly onAgain: () => void;
  readonly t: Translate;
}

export function Actions({ report, around: { copy, openAnalyzer, openRecords }, onAgain, t }: ActionsProps) {
  const { said, copyAs } = useCopy(copy, t);
  const question = recordsOf(report);
  return (
    <div class="actions">
      <LinkButton label={t('ui_copy_text')} onClick={() => copyAs(reportAsText(report, t))} />
      <LinkButton label={t('ui_copy_json')} onClick={() => copyAs(reportAsJson(report))} />
      <LinkButton label={t('ui_check_again')} onClick={onAgain} />
      {openAnalyzer !== null && <LinkButton label={t('ui_analyzer')} onClick={openAnalyzer} />}
      {question !== null && (
        <button type="button" class="link-button" onClick={() => openRecords(question)}>
          <Sentence text={t('ui_records_of', { domain: bothWays(question.domain) })} />
        </button>
      )}
      <p role="status">{said}</p>
    </div>
  );
}

/** The author domain, and the keys that stand below it; keys of other domains are no records of this one. */
function recordsOf({ from: { domain }, checked: { dkim } }: MessageReport): RecordsQuestion | null {
  if (domain?.includes('.') !== true) return null;
  const own = dkim.filter((signature) => signature.domain?.toLowerCase() === domain.toLowerCase());
  return { domain, selectors: [...new Set(own.flatMap(({ selector }) => selector ?? []))] };
}
