// Runs a TypeScript script on plain Node: Vite compiles it, and the arguments after its name stay in process.argv.
import path from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('usage: node tests/scripts/run.mjs <script.ts> [argument …]');
  process.exit(2);
}
const file = path.resolve(script);
process.argv = [process.execPath, file, ...rest];
await runnerImport(file, {
  configFile: false,
  logLevel: 'warn',
  // tsconfig.json extends a file that exists only after `wxt prepare`; what matters of it here is said directly.
  oxc: { tsconfig: false, jsx: { runtime: 'automatic', importSource: 'preact' } },
});
