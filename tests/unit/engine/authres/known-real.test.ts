/** Real messages hold the profiles to what receivers write; they are read from the suites and copied nowhere. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ABSENT, suitesFolder } from '../../../conformance/suites/suite.ts';
import { evidenceOf } from './trust-kit.ts';

const suites = suitesFolder();

describe.skipIf(suites === null)(suites === null ? ABSENT : 'Fastmail, as it writes', () => {
  const folder = path.join(suites ?? '', 'dkim/test/data/original');
  const files =
    suites === null ? [] : readdirSync(folder).filter((file) => file.startsWith('Fastmail from '));

  it('has five messages', () => {
    expect(files).toHaveLength(5);
  });

  it.each(files)('%s', (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const evidence = evidenceOf(text, { id: 'fastmail', basis: 'mailbox' });
    // Fastmail's own mail comes from inside, and is judged for the address that it would have outside.
    const remote = text.includes('Received: from mailout.')
      ? /^Received: from mailout\.\S+ \(\S+ \[([\d.]+)\]/m.exec(text)?.[1]
      : /smtp\.remote-ip=(\S+)/.exec(text)?.[1];
    expect(evidence).toMatchObject({
      basis: 'mailbox',
      profile: 'fastmail',
      dmarc: { result: 'pass' },
      spf: { result: 'pass' },
      border: { address: remote ?? 'none found' },
      ignored: [],
      gatewayInFront: { kind: 'none' },
    });
    expect(text).toContain(`X-Mail-from: ${evidence.mailFrom?.address}`);
    expect(evidence.dkim.length).toBeGreaterThan(0);
    expect(evidenceOf(text, { id: 'detect', basis: 'file' })).toMatchObject({
      basis: 'file',
      profile: 'fastmail',
    });
  });
});
