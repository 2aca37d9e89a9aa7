/** The records of one kind at one name: what stands there, what it says, and what is to be said about it. */
import { Fragment } from 'preact';
import { useId } from 'preact/hooks';
import type { Answer } from '../lib/engine/index.ts';
import type { ReportedRecord } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { bothWays } from '../lib/explain/visible.ts';
import { RecordRemarks } from './RecordRemarks.tsx';
import { RecordText } from './RecordText.tsx';
import { RecordTree } from './RecordTree.tsx';
import { Sentence } from './Sentence.tsx';

interface RecordCardProps {
  /** At least one, all of one kind at one name. */
  readonly records: readonly ReportedRecord[];
  readonly dns: readonly Answer[];
  readonly copy: (text: string) => Promise<void>;
  readonly t: Translate;
}

export function RecordCard({ records, dns, copy, t }: RecordCardProps) {
  const heading = useId();
  const [first] = records;
  if (first === undefined) return null;
  const answer = dns[first.dns];
  const isClean = records.every(({ lint }) => lint.length === 0);
  return (
    <section class="record-card" aria-labelledby={heading}>
      <h2 id={heading}>{kindName(first.kind, t)}</h2>
      <p class="record-name">
        <bdi>{bothWays(first.name)}</bdi> {first.type}
      </p>
      {records.map((record, index) => (
        <Fragment key={index}>
          <RecordText text={record.text} lint={record.lint} />
          {record.facts.length > 0 && (
            <ul class="facts">
              {record.facts.map((fact, order) => (
                <li key={order}>
                  <Sentence text={fact} />
                </li>
              ))}
            </ul>
          )}
          <RecordRemarks record={record} copy={copy} t={t} />
          <RecordTree lines={record.tree} t={t} />
        </Fragment>
      ))}
      <p class="source">
        <Sentence
          text={[...(isClean ? [t('domain_clean')] : []), ...(answer ? [answered(answer, t)] : [])].join(
            ' · ',
          )}
        />
      </p>
    </section>
  );
}

function kindName(kind: ReportedRecord['kind'], t: Translate): string {
  switch (kind) {
    case 'dmarc':
      return t('domain_kind_dmarc');
    case 'spf':
      return t('domain_kind_spf');
    case 'dkim':
      return t('domain_kind_dkim');
    case 'mx':
      return t('domain_kind_mx');
    case 'bimi':
      return t('domain_kind_bimi');
    case 'mta-sts':
      return t('domain_kind_mta_sts');
    case 'tls-rpt':
      return t('domain_kind_tls_rpt');
    case 'report-consent':
      return t('domain_kind_report_consent');
  }
}

/** Who answered, whether just now, and how long that holds. */
function answered({ resolver, cached, ttl }: Answer, t: Translate): string {
  return [
    resolver === '' ? t('ui_nobody_answered') : t('ui_answered_by', { resolver }),
    ...(cached ? [t('domain_kept')] : []),
    ...(ttl === null ? [] : [t('domain_ttl', { seconds: ttl })]),
  ].join(' · ');
}
