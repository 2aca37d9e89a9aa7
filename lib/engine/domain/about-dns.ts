/** What DNS itself says: whether the domain exists, whether its answers were validated, what was left unanswered. */
import { type Answer, isDefinite } from '../dns/answer.ts';
import type { DomainFinding } from './findings.ts';

type Answers = readonly (Answer | null)[];

/** One finding for each question that nobody answered: it is open, and never "no record". */
export function unansweredFindings(answers: Answers): readonly DomainFinding[] {
  return answers.flatMap((answer, at): readonly DomainFinding[] =>
    answer === null || isDefinite(answer)
      ? []
      : [
          {
            code: 'unanswered',
            params: { other: answer.name, type: answer.type, rcode: answer.rcode },
            severity: 'open',
            dns: [at],
          },
        ],
  );
}

/** Whether the resolver validated the domain's own answers, of which there are `own`; null where none came. */
export function isAuthentic(answers: Answers, own: readonly number[]): boolean | null {
  const definite = own
    .map((at) => answers[at] ?? null)
    .filter((answer) => answer !== null && isDefinite(answer));
  return definite.length === 0 ? null : definite.every((answer) => answer?.authenticData === true);
}

export function validationFinding(
  authentic: boolean | null,
  domain: string,
  own: readonly number[],
): readonly DomainFinding[] {
  if (authentic === null) return [];
  const params = { domain };
  return authentic
    ? [{ code: 'dnssec-on', params, severity: 'pass', dns: own }]
    : [{ code: 'dnssec-off', params, severity: 'info', dns: own }];
}
