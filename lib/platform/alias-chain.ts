/** Aliases (CNAME) that a resolver left open: the name that they lead to is asked for, and the answers become one. */
import { type Answer, type RecordType, withoutRecords } from '../engine/index.ts';

/** An answer, and the name that its aliases lead to where it tells nothing about that; else null. */
export interface Asked {
  readonly answer: Answer;
  readonly leadsTo: string | null;
}

/** Questions for one chain beyond the first. */
const MAX_STEPS = 8;

/** RFC 1034 §3.6.2, as a resolver would do it itself. A chain without an end is a failure, as it is for resolvers. */
export async function followChain(
  ask: (name: string, type: RecordType) => Promise<Asked>,
  name: string,
  type: RecordType,
): Promise<Answer> {
  let { answer, leadsTo } = await ask(name, type);
  const seen = new Set([name.toLowerCase()]);
  for (let step = 0; leadsTo !== null; step++) {
    if (step === MAX_STEPS || seen.has(leadsTo))
      return withoutRecords(name, type, 'SERVFAIL', answer.resolver);
    seen.add(leadsTo);
    const next = await ask(leadsTo, type);
    answer = joined(answer, leadsTo, next.answer);
    leadsTo = next.leadsTo;
  }
  return answer;
}

/** What the last one says, about the first name. Valid only if every link is, and only as long as every link is. */
function joined(first: Answer, target: string, last: Answer): Answer {
  const { rcode, resolver, answers, canonicalName = target } = last;
  return {
    name: first.name,
    type: first.type,
    rcode,
    ttl: first.ttl === null || last.ttl === null ? null : Math.min(first.ttl, last.ttl),
    authenticData: first.authenticData && last.authenticData,
    resolver,
    cached: false,
    canonicalName,
    answers,
  };
}
