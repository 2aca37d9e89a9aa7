/** An answer of DNS as it stands, and who gave it. */
import type { ComponentChildren } from 'preact';
import type { Answer } from '../lib/engine/index.ts';
import { answerText } from '../lib/explain/plain-text.ts';
import type { Translate } from '../lib/explain/translate.ts';
import { Sentence } from './Sentence.tsx';

interface AnswerExcerptProps {
  readonly answer: Answer;
  /** As it is to be shown. */
  readonly name: string;
  readonly draw: (text: string, index: number) => ComponentChildren;
  readonly t: Translate;
}

export function AnswerExcerpt({ answer, name, draw, t }: AnswerExcerptProps) {
  const { type, answers, resolver } = answer;
  return (
    <figure class="excerpt">
      <pre>
        <b>
          {name} {type}
        </b>
        {'\n'}
        {answers.length === 0 ? <Sentence text={answerText(answer, t)} /> : answers.map(draw)}
      </pre>
      <figcaption>
        <Sentence text={resolver === '' ? t('ui_nobody_answered') : t('ui_answered_by', { resolver })} />
      </figcaption>
    </figure>
  );
}
