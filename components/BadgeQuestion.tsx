/** The one question of the first run: popup and welcome page ask it until it is answered. */
import type { Translate } from '../lib/explain/translate.ts';
import { Action, LinkButton } from './Buttons.tsx';

export interface BadgeQuestionProps {
  /** Null until it is answered. */
  readonly answer: boolean | null;
  readonly onAnswer: (badges: boolean) => void;
  readonly t: Translate;
}

export function BadgeQuestion({ answer, onAnswer, t }: BadgeQuestionProps) {
  return (
    <section class="question" aria-label={t('question_title')}>
      <h2>{t('question_title')}</h2>
      {answer === null ? (
        <>
          <p>{t('question_text')}</p>
          <div class="answers">
            <Action label={t('question_yes')} onClick={() => onAnswer(true)} />
            <LinkButton label={t('question_no')} onClick={() => onAnswer(false)} />
          </div>
        </>
      ) : (
        <p role="status">{answer ? t('question_on') : t('question_off')}</p>
      )}
    </section>
  );
}
