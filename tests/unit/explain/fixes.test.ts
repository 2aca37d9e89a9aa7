/** What to do, by what is to be mended. */
import { describe, expect, it } from 'vitest';
import { reportOf, SAMPLES } from '../../kit/samples.ts';
import { type Row, rows } from '../engine/kit.ts';

async function senderFixes(start: string): Promise<readonly string[]> {
  const sample = SAMPLES.find(({ name }) => name.startsWith(start));
  if (sample === undefined) throw new Error(`no sample ${start}`);
  const { explanation } = await reportOf(sample, 'en');
  return explanation.fixes.filter(({ role }) => role === 'sender').map(({ code }) => code);
}

describe('a sender whose mail failed', () => {
  it.each(
    rows<Row & { sample: string; fixes: readonly string[] }>([
      { why: 'is told to sign where nobody did', sample: '16', fixes: ['sender-sign'] },
      { why: 'is told to have the service sign in their name', sample: '02', fixes: ['sender-align'] },
      { why: 'is told nothing where their signature was broken on the way', sample: '21', fixes: [] },
      { why: 'is told nothing where a list broke it', sample: '05', fixes: [] },
    ]),
  )('%s', async (_, { sample, fixes }) => {
    expect(await senderFixes(sample)).toEqual(fixes);
  });
});
