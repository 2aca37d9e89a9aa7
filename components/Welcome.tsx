/** The first-run page: what this is, the one question, who is asked what, the marks, the language. */
import type { MarkKind } from '../lib/explain/badge.ts';
import type { LanguageChoice as Language, Translate } from '../lib/explain/translate.ts';
import { BadgeQuestion } from './BadgeQuestion.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { Mark } from './Mark.tsx';
import { Sentence } from './Sentence.tsx';

export interface WelcomeProps {
  readonly language: Language;
  readonly badges: boolean | null;
  /** The resolvers by name; null where there is no second one. */
  readonly first: string;
  readonly second: string | null;
  readonly onLanguage: (language: Language) => void;
  readonly onAnswer: (badges: boolean) => void;
  /** A sentence where saving failed. */
  readonly complaint: string;
  readonly t: Translate;
}

const MARKS = ['authenticated', 'failed', 'unprotected', 'unknown'] as const satisfies readonly MarkKind[];
const TONES = { authenticated: 'ok', failed: 'bad', unprotected: 'mute', unknown: 'mute' } as const;

export function Welcome(props: WelcomeProps) {
  const { language, badges, onLanguage, onAnswer, complaint, t } = props;
  return (
    <main class="page">
      <h1>{t('welcome_title')}</h1>
      <p>{t('welcome_intro')}</p>
      <p>{t('welcome_how')}</p>
      <BadgeQuestion answer={badges} onAnswer={onAnswer} t={t} />
      <p role="alert" class="complaint">
        {complaint}
      </p>
      <h2>{t('who_title')}</h2>
      <WhoIsAsked {...props} />
      <h2>{t('marks_title')}</h2>
      <ul class="legend">
        {MARKS.map((kind) => (
          <li key={kind}>
            <span class={`badge ${TONES[kind]}`}>
              <Mark kind={kind} size={16} />
            </span>
            {t(`marks_${kind}`)}
          </li>
        ))}
      </ul>
      <LanguageChoice language={language} onChoose={onLanguage} t={t} />
    </main>
  );
}

function WhoIsAsked({ first, second, t }: Pick<WelcomeProps, 'first' | 'second' | 't'>) {
  const asked = [
    t('who_gmail'),
    t('who_dns', { first }),
    ...(second === null ? [] : [t('who_second', { first, second })]),
    t('who_nobody'),
  ];
  return (
    <ul class="plain-list">
      {asked.map((text) => (
        <li key={text}>
          <Sentence text={text} />
        </li>
      ))}
    </ul>
  );
}
