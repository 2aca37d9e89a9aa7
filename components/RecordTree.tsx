/** The terms of an SPF record and the records that they lead to, each inside the one that names it. */
import { useId } from 'preact/hooks';
import type { TreeLine } from '../lib/explain/domain-report.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { visible } from '../lib/explain/visible.ts';
import { Sentence } from './Sentence.tsx';
import { REMARK_GLYPHS } from './severity.ts';

interface Branch {
  readonly line: TreeLine;
  readonly below: Branch[];
}

/** Nothing where the record leads nowhere. */
export function RecordTree({ lines, t }: { lines: readonly TreeLine[]; t: Translate }) {
  const title = useId();
  if (lines.length === 0) return null;
  return (
    <details class="tree" open={lines.some(({ severity }) => severity === 'error' || severity === 'warn')}>
      <summary id={title}>{t('domain_tree')}</summary>
      <Branches branches={branchesOf(lines)} labelledBy={title} />
    </details>
  );
}

function Branches({ branches, labelledBy }: { branches: readonly Branch[]; labelledBy?: string }) {
  return (
    <ul aria-labelledby={labelledBy}>
      {branches.map(({ line: { text, note, severity }, below }, index) => (
        <li key={index} class={severity ?? undefined}>
          <span class="tree-line">
            <span class="tree-glyph" aria-hidden="true">
              {severity === null ? '·' : REMARK_GLYPHS[severity]}
            </span>
            <span>
              <bdi dir="ltr">{visible(text)}</bdi>{' '}
              {note !== '' && (
                <span class="note">
                  <Sentence text={note} />
                </span>
              )}
            </span>
          </span>
          {below.length > 0 && <Branches branches={below} />}
        </li>
      ))}
    </ul>
  );
}

/** Lines that stand deeper than the one before belong to it. */
function branchesOf(lines: readonly TreeLine[]): readonly Branch[] {
  const top: Branch[] = [];
  const open: Branch[] = [];
  for (const line of lines) {
    while ((open.at(-1)?.line.depth ?? -1) >= line.depth) open.pop();
    const branch: Branch = { line, below: [] };
    (open.at(-1)?.below ?? top).push(branch);
    open.push(branch);
  }
  return top;
}
