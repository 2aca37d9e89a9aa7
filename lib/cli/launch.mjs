// Starts the bundled `explain`, and rebuilds the bundle first when a source file is newer than it.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const bundle = path.join(root, '.output/cli/explain.mjs');
const sources = ['lib', 'public/_locales', 'package-lock.json'];

function newest(entry) {
  const stat = statSync(entry);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(entry).map((name) => newest(path.join(entry, name))));
}

function isStale() {
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((entry) => newest(path.join(root, entry)) > built);
}

if (isStale()) {
  const { build } = await import('vite');
  // Built aside and put in place at once: another `explain` may be starting from the same folder.
  const workshop = `${path.dirname(bundle)}-${process.pid}`;
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'lib/cli/explain.ts',
      outDir: workshop,
      target: 'node20',
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'explain.mjs', codeSplitting: false } },
    },
  });
  mkdirSync(path.dirname(bundle), { recursive: true });
  renameSync(path.join(workshop, path.basename(bundle)), bundle);
  rmSync(workshop, { recursive: true, force: true });
}
await import(pathToFileURL(bundle).href);
