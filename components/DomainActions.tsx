/** What can be done with the records of a domain: take them along, ask again. */
import { useState } from 'preact/hooks';
import { domainAsJson, domainAsText } from '../lib/explain/copy-domain.ts';
import type { DomainReport } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { LinkButton } from './Buttons.tsx';

interface DomainActionsProps {
  readonly report: DomainReport;
  readonly copy: (text: string) => Promise<void>;
  readonly onAgain: () => void;
  readonly t: Translate;
}

export function DomainActions({ report, copy, onAgain, t }: DomainActionsProps) {
  const [said, setSaid] = useState('');
  const copyAs = (text: string): void => {
    copy(text).then(
      () => setSaid(t('ui_copied')),
      () => setSaid(t('ui_not_copied')),
    );
  };
  return (
    <div class="actions">
      <LinkButton label={t('ui_copy_text')} onClick={() => copyAs(domainAsText(report, t))} />
      <LinkButton label={t('ui_copy_json')} onClick={() => copyAs(domainAsJson(report))} />
      <LinkButton label={t('domain_again')} onClick={onAgain} />
      <p role="status">{said}</p>
    </div>
  );
}
