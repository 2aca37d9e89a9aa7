// Writes the sample messages, their zones and their descriptions under tests/fixtures/samples.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allSamples } from '../fixtures/sample-source/all.ts';
import { NOW } from '../fixtures/sample-source/sample.ts';

const root = path.join(import.meta.dirname, '../fixtures/samples');

/** The findings of a description that stands already; they are kept by hand, not made here. */
function keptFindings(file: string): unknown {
  if (!existsSync(file)) return [];
  const described: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof described === 'object' && described !== null && 'findings' in described
    ? described.findings
    : [];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

for (const { name, title, level, why, hostileBody, message, zone } of allSamples()) {
  const folder = path.join(root, name);
  const description = path.join(folder, 'sample.json');
  const findings = keptFindings(description);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'message.eml'), message, 'latin1');
  writeFileSync(path.join(folder, 'zone.json'), json(zone));
  // hostileBody is absent, not false, where the body is ordinary: JSON leaves undefined out.
  writeFileSync(description, json({ title, receiver: 'gmail', now: NOW, level, findings, why, hostileBody }));
  console.log(`${name}: ${message.length} octets`);
}
