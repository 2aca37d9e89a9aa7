/** ValiMail's ARC suite: whole messages, their keys, and the state of the chain that a verifier must find. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import { verifyArc } from '../../../lib/engine/arc/verify.ts';
import { openLedger } from '../../../lib/engine/dns/ledger.ts';
import { splitMessage } from '../../../lib/engine/message/split.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';
import { difference, type Outcome, outcomeOf, type Suite } from './suite.ts';

const NOW = 1_795_500_000;

interface Scenario {
  readonly description: string;
  readonly tests: Readonly<
    Record<string, { readonly message: string; readonly cv: string; readonly description: string }>
  >;
  readonly 'txt-records': Readonly<Record<string, string>>;
}

/** The chain's state and, where it is broken, why. */
async function look(text: string, records: Scenario['txt-records']): Promise<readonly [string, string]> {
  const split = splitMessage(new Uint8Array(Buffer.from(text, 'latin1')));
  // Without a header there is no chain.
  if (split.kind === 'no-message') return ['none', split.why];
  const ports = platformPorts(zoneResolver(readZone(records)), () => NOW);
  const ledger = openLedger(ports.resolve);
  const check = await verifyArc({ message: split.message, completeness: 'full' }, ports, ledger);
  return [check.result, check.reason ?? ''];
}

async function run(folder: string): Promise<readonly Outcome[]> {
  const text = readFileSync(path.join(folder, 'arc/validation-1-4.yml'), 'latin1');
  const outcomes: Outcome[] = [];
  for (const document of parseAllDocuments(text)) {
    const scenario: Scenario = document.toJS();
    for (const [id, { message, cv, description }] of Object.entries(scenario.tests)) {
      const [found, reason] = await look(message, scenario['txt-records']);
      // The suite leaves the state open where a hop has sealed a broken chain; §5.2 step 2 says fail.
      const problem = difference(found, cv === '' ? 'fail' : cv.toLowerCase());
      outcomes.push(outcomeOf(id, problem === null ? null : `${problem}: ${description} (${reason})`));
    }
  }
  return outcomes;
}

export const arc: Suite = { name: 'arc', run };
