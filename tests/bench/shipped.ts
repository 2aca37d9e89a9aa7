/**
 * The engine as users run it: bundled. A script's own imports would not do, since Vite gives a script every import
 * behind an accessor, and an engine of many small files calls across files all the time.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

type Engine = typeof import('../../lib/engine/index.ts');
type Platform = typeof import('../../lib/platform/ports.ts');

export type Shipped = Pick<Engine, 'examine'> & Pick<Platform, 'platformPorts'>;

/** Bundles engine and ports as the terminal's bundle is built, and loads them. */
export async function loadShipped(): Promise<Shipped> {
  const outDir = path.join(ROOT, `.output/bench-${process.pid}`);
  try {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      publicDir: false,
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir,
        target: 'node20',
        rollupOptions: {
          input: { engine: 'lib/engine/index.ts', ports: 'lib/platform/ports.ts' },
          output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
        },
      },
    });
    const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(path.join(outDir, name)).href);
    const { examine } = (await load('engine.mjs')) as Engine;
    const { platformPorts } = (await load('ports.mjs')) as Platform;
    return { examine, platformPorts };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
