/** The records of a domain: what is to be known in one sentence, what is to be done, and every record as it stands. */
import type { DomainReport, ReportedRecord } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { DomainFindings } from './DomainFindings.tsx';
import { RecordCard } from './RecordCard.tsx';
import { Sentence } from './Sentence.tsx';

interface DomainViewProps {
  readonly report: DomainReport;
  /** It is being asked anew. */
  readonly isBusy: boolean;
  readonly copy: (text: string) => Promise<void>;
  readonly t: Translate;
}

const SEALS = { bad: '✕', warn: '!', mute: '?', ok: '✓' } as const;

export function DomainView({ report, isBusy, copy, t }: DomainViewProps) {
  const tone = toneOf(report);
  const { headline, detail } = report.explanation;
  return (
    <article class="report" aria-busy={isBusy}>
      <header class={`verdict ${tone}`}>
        <div class="seal domain-seal" aria-hidden="true">
          {SEALS[tone]}
        </div>
        <div>
          <h1>
            <Sentence text={headline} />
          </h1>
          {detail !== '' && (
            <p class="detail">
              <Sentence text={detail} />
            </p>
          )}
        </div>
      </header>
      <DomainFindings report={report} t={t} />
      {groupsOf(report.domain.records).map((records) => (
        <RecordCard
          key={`${records[0]?.kind} ${records[0]?.name}`}
          records={records}
          dns={report.dns}
          copy={copy}
          t={t}
        />
      ))}
      <Footer report={report} t={t} />
    </article>
  );
}

function Footer({ report: { state, dns }, t }: { report: DomainReport; t: Translate }) {
  const resolvers = [...new Set(dns.map(({ resolver }) => resolver))].filter((name) => name !== '');
  return (
    <footer class="report-foot">
      <p>{state === 'partial' ? t('ui_dns_partial') : t('ui_done')}</p>
      {resolvers.length > 0 && (
        <p>
          <Sentence text={t('ui_dns_count', { count: dns.length, resolver: resolvers.join(', ') })} />
        </p>
      )}
    </footer>
  );
}

/** By the gravest thing that is said; where DNS was silent nothing is called in order. */
function toneOf({ domain, findings, state }: DomainReport): keyof typeof SEALS {
  const said = new Set<string>([
    ...findings.map(({ severity }) => severity),
    ...domain.records.flatMap(({ lint }) => lint.map(({ severity }) => severity)),
  ]);
  if (said.has('error')) return 'bad';
  if (said.has('warn')) return 'warn';
  return state === 'partial' ? 'mute' : 'ok';
}

/** Records of one kind at one name stand together: the servers of a domain, or two where one may be. */
function groupsOf(records: readonly ReportedRecord[]): readonly (readonly ReportedRecord[])[] {
  const groups = new Map<string, ReportedRecord[]>();
  for (const record of records) {
    const place = `${record.kind} ${record.name.toLowerCase()} ${record.type}`;
    groups.set(place, [...(groups.get(place) ?? []), record]);
  }
  return [...groups.values()];
}
