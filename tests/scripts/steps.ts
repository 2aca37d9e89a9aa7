/** Runs commands one after the other and counts what passed: a command is one check, a vitest run is its tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Runs a command of the project's own packages; its output goes to the terminal. */
export function runCommand(title: string, command: string, args: readonly string[]): Tally {
  console.log(`\n▸ ${title}`);
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

/** Runs one of our own scripts; its exit code says whether it passed. */
export function runScript(title: string, script: string, ...args: readonly string[]): Tally {
  console.log(`\n▸ ${title}`);
  const command = ['tests/scripts/run.mjs', script, ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  return status === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

interface VitestSummary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

/** Runs vitest projects. A run that ends without a summary, or with a suite that did not load, has failed. */
export function runVitest(title: string, projects: readonly string[]): Tally {
  console.log(`\n▸ ${title}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-tests-'));
  const output = path.join(folder, 'summary.json');
  const args = ['vitest', 'run', ...projects.flatMap((project) => ['--project', project])];
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`];
  const { status } = spawnSync('npx', ['--no-install', ...args, ...reporters], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  try {
    const summary: VitestSummary = JSON.parse(readFileSync(output, 'utf8'));
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = summary;
    return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
  } catch {
    return { ...NOTHING, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The closing line, and the exit code that fits it. */
export function conclude({ passed, failed, skipped }: Tally): void {
  console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Lint, types and dead code: each one check. */
export function staticChecks(): Tally {
  return [
    runCommand('Lint and format', 'biome', ['ci', '.']),
    runCommand('Types', 'tsc', []),
    runCommand('Types of the engine, without a browser', 'tsc', ['-p', 'lib/engine']),
    runCommand('Dead code', 'knip', []),
  ].reduce(add, NOTHING);
}
