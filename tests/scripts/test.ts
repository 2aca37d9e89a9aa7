/** `npm test`: everything, in real browsers too; installs what it lacks where it may. */
import process from 'node:process';
import { ensureBrowsers } from './browsers.ts';
import { add, conclude, NOTHING, runCommand, runScript, runVitest, staticChecks } from './steps.ts';

const { missing } = await ensureBrowsers({ wanted: ['chromium', 'firefox', 'named'] });
let tally = add(
  staticChecks(),
  runVitest('Unit, property and conformance tests', ['engine', 'extension', 'conformance']),
);
tally = add(tally, runScript('Samples against mailauth', 'tests/scripts/prove.ts'));
// It builds for Chrome on its way.
tally = add(
  tally,
  runScript('Build for Chrome, sizes within their budgets', 'tests/scripts/size.ts', '--no-timing'),
);
tally = add(tally, runCommand('Build for Firefox', 'wxt', ['build', '-b', 'firefox']));
tally = add(
  tally,
  runCommand('Firefox package', 'web-ext', ['lint', '-s', '.output/firefox-mv3', '--output=text']),
);
for (const name of missing) {
  console.log(`\n${name} is not here and could not be installed: the tests that need it are skipped.`);
}
// Where results are relied on, whatever is missing is a failure, not a gap.
if (missing.length > 0 && process.env.CI !== undefined)
  tally = add(tally, { ...NOTHING, failed: missing.length });
tally = add(tally, runVitest('End to end, in real browsers', ['e2e']));
conclude(tally);
