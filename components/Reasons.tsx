/** The reasons in their order, each with its provenance and, on demand, the field or record that it rests on. */
import { useId, useState } from 'preact/hooks';
import type { Step } from '../lib/engine/index.ts';
import type { Reason } from '../lib/explain/explanation.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Evidence } from './Evidence.tsx';
import { Sentence } from './Sentence.tsx';

interface ReasonsProps {
  readonly report: MessageReport;
  readonly steps: readonly Step[];
  readonly title: string;
  readonly t: Translate;
}

export function Reasons({ report, steps, title, t }: ReasonsProps) {
  const heading = useId();
  const reasons = report.explanation.reasons.filter(({ step }) => steps.includes(step));
  if (reasons.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <ul class="reasons">
        {reasons.map((reason) => (
          <ReasonItem key={keyOf(reason)} reason={reason} report={report} t={t} />
        ))}
      </ul>
    </section>
  );
}

/** Reasons keep their place and their open evidence while the checks fill in: the field they rest on stays. */
function keyOf({ about, step, because, code }: Reason): string {
  return step === 'check'
    ? `${about} ${because.fields[0] ?? ''}`
    : `${step} ${about ?? code} ${code.split('-')[0]}`;
}

const GLYPHS: Readonly<Record<Reason['severity'], string>> = {
  pass: '✓',
  fail: '✕',
  warn: '!',
  info: '○',
  open: '?',
};

function ReasonItem({ reason, report, t }: { reason: Reason; report: MessageReport; t: Translate }) {
  const [open, setOpen] = useState(false);
  const evidence = useId();
  const { severity, text, about, provenance, because, marks } = reason;
  const source = [...(about === null ? [] : [about]), ...provenance].join(' · ');
  const grounds = because.fields.length + because.dns.length;
  const content = (
    <>
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
    </>
  );
  if (grounds === 0) {
    return (
      <li>
        <div class="reason">{content}</div>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="reason"
        aria-expanded={open}
        aria-controls={evidence}
        onClick={() => setOpen(!open)}
      >
        {content}
        <span class="chevron" aria-hidden="true" />
      </button>
      <div id={evidence} class="grounds" hidden={!open}>
        {open && <Evidence because={because} marks={marks} report={report} t={t} />}
      </div>
    </li>
  );
}
