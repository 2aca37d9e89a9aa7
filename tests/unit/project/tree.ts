/** The project's own files and imports, for the tests that hold its structure. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Source files below a folder, as paths from the root. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export function sourceFiles(): readonly string[] {
  return ['entrypoints', 'components', 'lib']
    .flatMap(filesBelow)
    .filter((file) => /\.(?:tsx?|mjs)$/.test(file));
}

/** What a file imports: own files as paths from the root, packages by name. Types count as well. */
export function importsOf(file: string): readonly string[] {
  const text = read(file);
  const specifiers = [
    /^(?:import|export)\b[^;'"=]*\bfrom\s*['"]([^'"]+)['"]/gm,
    /^import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
  );
}

/** The room of the house that a file stands in. */
export function roomOf(file: string): string {
  const [top, second] = file.split('/');
  return top === 'lib' ? `lib/${second}` : (top ?? '');
}
