/** The reasons in their order, each with its provenance and, on demand, the field or record that it rests on. */
import { useId } from 'preact/hooks';
import type { Step } from '../lib/engine/index.ts';
import type { Reason } from '../lib/explain/explanation.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Evidence } from './Evidence.tsx';
import { GroundedLine } from './GroundedLine.tsx';
import { Sentence } from './Sentence.tsx';
import { Stations } from './Stations.tsx';

interface ReasonsProps {
  readonly report: MessageReport;
  readonly steps: readonly Step[];
  readonly title: string;
  readonly t: Translate;
}

export function Reasons({ report, steps, title, t }: ReasonsProps) {
  const heading = useId();
  const reasons = report.explanation.reasons.filter(({ step }) => steps.includes(step));
  const keys = keysOf(reasons, report);
  if (reasons.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul class="reasons">
        {reasons.map((reason, index) => (
          <ReasonItem key={keys[index]} reason={reason} report={report} t={t} />
        ))}
      </ul>
    </section>
  );
}

/**
 * Reasons keep their place and their open evidence while the checks fill in: a signature is known by its line, any
 * other check by its protocol, and what is told beside it comes behind it.
 */
function keysOf(reasons: readonly Reason[], { fields }: MessageReport): readonly string[] {
  const told = new Map<string, number>();
  return reasons.map(({ about, step, because, code }) => {
    const line = about === 'DKIM' ? (fields[because.fields[0] ?? -1]?.line ?? '') : '';
    const subject = step === 'check' ? `${about} ${line}` : `${step} ${about ?? code} ${code.split('-')[0]}`;
    const before = told.get(subject) ?? 0;
    told.set(subject, before + 1);
    return `${subject} ${before}`;
  });
}

const GLYPHS: Readonly<Record<Reason['severity'], string>> = {
  pass: '✓',
  fail: '✕',
  warn: '!',
  info: '○',
  open: '?',
};

function ReasonItem({ reason, report, t }: { reason: Reason; report: MessageReport; t: Translate }) {
  const { severity, text, about, provenance, because, marks } = reason;
  const source = [...(about === null ? [] : [about]), ...provenance].join(' · ');
  const grounds = () => (
    <>
      <Stations reason={reason} report={report} t={t} />
      <Evidence because={because} marks={marks} report={report} t={t} />
    </>
  );
  return (
    <GroundedLine grounds={because.fields.length + because.dns.length === 0 ? null : grounds}>
      <span class={`glyph ${severity}`} aria-hidden="true">
        {GLYPHS[severity]}
      </span>
      <span class="said">
        <span class="text">
          <Sentence text={text} />
        </span>
        {source !== '' && (
          <span class="source">
            <Sentence text={source} />
          </span>
        )}
      </span>
    </GroundedLine>
  );
}
