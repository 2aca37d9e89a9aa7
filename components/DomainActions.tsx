/** What can be done with the records of a domain: take them along, ask again. */
import { domainAsJson, domainAsText } from '../lib/explain/copy-domain.ts';
import type { DomainReport } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { LinkButton } from './Buttons.tsx';
import { useCopy } from './use-copy.ts';

interface DomainActionsProps {
  readonly report: DomainReport;
  readonly copy: (text: string) => Promise<void>;
  readonly onAgain: () => void;
  readonly t: Translate;
}

export function DomainActions({ report, copy, onAgain, t }: DomainActionsProps) {
  const { said, copyAs } = useCopy(copy, t);
  return (
    <div class="actions">
      <LinkButton label={t('ui_copy_text')} onClick={() => copyAs(domainAsText(report, t))} />
      <LinkButton label={t('ui_copy_json')} onClick={() => copyAs(domainAsJson(report))} />
      <LinkButton label={t('domain_again')} onClick={onAgain} />
      <p role="status">{said}</p>
    </div>
  );
}
