/** The way to a result, one step a line: terms of an SPF record, stations of an ARC chain. */
import type { Reason } from '../lib/explain/explanation.ts';
import type { MessageReport } from '../lib/explain/report.ts';
import { arcLines, type Line, type LineTone, spfLines } from '../lib/explain/stations.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Sentence } from './Sentence.tsx';

interface StationsProps {
  readonly reason: Reason;
  readonly report: MessageReport;
  readonly t: Translate;
}

const GLYPHS: Readonly<Record<LineTone, string>> = {
  match: '✓',
  error: '✕',
  open: '?',
  plain: '·',
  quiet: '–',
};

/** Nothing where the reason has no such way. */
export function Stations({ reason, report, t }: StationsProps) {
  const { title, lines } = wayOf(reason, report, t);
  if (lines.length === 0) return null;
  return (
    <figure class="excerpt">
      <figcaption>{title}</figcaption>
      <ol class="stations">
        {lines.map((line, index) => (
          <li key={index} class={line.tone} data-depth={Math.min(line.depth, 6)}>
            <span class="station-mark" aria-hidden="true">
              {GLYPHS[line.tone]}
            </span>
            <span>
              <bdi>
                <Sentence text={line.text} />
              </bdi>{' '}
              <span class="note">
                <Sentence text={line.note} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function wayOf(
  { about, code }: Reason,
  { checked }: MessageReport,
  t: Translate,
): { readonly title: string; readonly lines: readonly Line[] } {
  if (about === 'ARC') return { title: t('arc_title'), lines: arcLines(checked.arc, t) };
  if (about !== 'SPF') return { title: '', lines: [] };
  const trace = code === 'spf-helo' ? (checked.spf.helo?.trace ?? null) : checked.spf.trace;
  return { title: t('spf_title'), lines: spfLines(trace, t) };
}
