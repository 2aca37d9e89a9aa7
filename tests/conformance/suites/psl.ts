/** The test calls of the public suffix list, against the list that is built in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { toAscii } from '../../../lib/platform/idna.ts';
import { publicSuffixOrganization } from '../../../lib/platform/public-suffix.ts';
import { difference, type Outcome, outcomeOf, type Suite } from './suite.ts';

/** A call on a line of its own, or one that is commented out. */
const CALL = /^(\/\/)?checkPublicSuffix\((null|'[^']*'), (null|'[^']*')\);/;

/** Names in A-labels, as the engine has them; what IDNA refuses is asked for as it stands. */
function nameOf(argument: string): string | null {
  if (argument === 'null') return null;
  const name = argument.slice(1, -1);
  return toAscii(name)?.domain ?? name.toLowerCase();
}

function judge(id: string, asked: string | null, expected: string | null, isComment: boolean): Outcome {
  if (isComment) return { id, status: 'not-applicable', detail: 'the list has this call commented out' };
  if (asked === null) return { id, status: 'not-applicable', detail: 'a domain is text here, never null' };
  return outcomeOf(id, difference(publicSuffixOrganization(asked), expected));
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const lines = readFileSync(path.join(folder, 'psl/test_psl.txt'), 'utf8').split(/\r?\n/);
  return lines.flatMap((line, at) => {
    const [, comment, asked, expected] = CALL.exec(line) ?? [];
    if (asked === undefined || expected === undefined) return [];
    return [judge(`line ${at + 1}: ${asked}`, nameOf(asked), nameOf(expected), comment !== undefined)];
  });
}

export const psl: Suite = { name: 'psl', run };
