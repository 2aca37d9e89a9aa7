/** What `explain` writes: nothing that acts, the words of the asked language, and JSON that means the same. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLES } from '../../kit/samples.ts';
import { launch, ROOT } from './launch.ts';

const FOLDER = path.join(ROOT, 'tests/fixtures/samples');
const zoneOf = (name: string) => ['--dns', path.join(FOLDER, name, 'zone.json')];
const ZONE = zoneOf('02-service-not-aligned');
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

// The first run may have to build the bundle.
beforeAll(async () => {
  await launch(['--help']);
}, 60_000);

/** Every place of a mail that is told again holds the same poison. */
const POISON = '\u001b[31m\u009b2J\u202e\u2066\u200b\u00ad\u2028';
const HOSTILE = [
  `Authentication-Results: ${POISON}.example; dmarc=pass ${POISON} header.from=${POISON}`,
  `Authentication-Results: mx.google.com; dkim=pass header.d=${POISON} (${POISON}); dmarc=fail (${POISON}) header.from=bank.example`,
  `Received: from ${POISON} by ${POISON}; Tue, 1 Jan 2030 00:00:00 +0000`,
  `DKIM-Signature: v=1; a=${POISON}; d=${POISON}.example; s=${POISON}; h=from; bh=aGk=; b=aGk=`,
  `DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=${POISON}; h=from:${POISON}; bh=aGk=; b=aGk=`,
  `From: "${POISON}" <${POISON}@bank.example>`,
  `Subject: ${POISON}`,
  '',
  'x',
  '',
].join('\r\n');

describe('a mail that would act on the terminal', () => {
  it.each([
    { args: [] },
    { args: ['--lang', 'ja'] },
    { args: ['--json'] },
    { args: ['--receiver', 'gmail'] },
    { args: ['--receiver', 'gmail', '--trust'] },
    { args: ['--receiver', 'gmail', '--trust', '--json'] },
  ])('is shown and not obeyed with $args', async ({ args }) => {
    const { status, stdout, stderr } = await launch(['-', ...ZONE, ...args], { input: HOSTILE });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => ACTING.test(line))).toEqual([]);
    expect(stdout).toMatch(/<U\+001B>|\\u001b/);
  });

  it('keeps its characters in JSON, as escapes', async () => {
    const { stdout } = await launch(['-', ...ZONE, '--json'], {
      input: 'From: "a\u202e\u009b\u{e0041}b" <a@bank.example>\r\n\r\n',
    });
    expect(stdout).toContain('"a\\u202e\\u009b\\udb40\\udc41b"');
    expect(JSON.parse(stdout).from.displayName).toBe('a\u202e\u009b\u{e0041}b');
  });

  it('has no say through its name either', async () => {
    const { status, stderr } = await launch(['/nowhere/\u001b[2J\u202e.eml']);
    expect(status).toBe(2);
    expect(stderr).toContain('<U+001B>[2J<U+202E>.eml');
    expect(stderr).not.toMatch(ACTING);
  });
});

describe('every sample', () => {
  it.each(SAMPLES)(
    '$name is told in JSON that points only at what it holds',
    async ({ name, now, level }) => {
      const mail = path.join(FOLDER, name, 'message.eml');
      const { status, stdout } = await launch([
        mail,
        ...zoneOf(name),
        '--receiver',
        'gmail',
        '--trust',
        '--now',
        String(now),
        '--json',
      ]);
      const report = JSON.parse(stdout);
      expect({ status, version: report.version, kind: report.kind, level: report.level }).toEqual({
        status: 0,
        version: 1,
        kind: 'message',
        level,
      });
      const isIn = (list: unknown[]) => (at: number) => Number.isInteger(at) && at >= 0 && at < list.length;
      for (const { because } of [...report.findings, ...report.explanation.reasons]) {
        expect(because.fields.every(isIn(report.fields)), 'fields').toBe(true);
        expect(because.dns.every(isIn(report.dns)), 'dns').toBe(true);
      }
      for (const { field, dns } of report.checked.dkim) {
        expect(isIn(report.fields)(field)).toBe(true);
        expect(dns === null || isIn(report.dns)(dns)).toBe(true);
      }
      for (const { field } of [...report.reported.dkim, ...report.reported.ignored])
        expect(isIn(report.fields)(field)).toBe(true);
    },
  );
});

describe('the words', () => {
  it.each([
    {
      environment: { LC_ALL: '', LC_MESSAGES: '', LANG: 'ja_JP.UTF-8' },
      japanese: true,
      why: 'an empty LC_ALL says nothing (POSIX 8.2)',
    },
    {
      environment: { LC_ALL: '', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C' },
      japanese: true,
      why: 'LC_MESSAGES is about messages',
    },
    {
      environment: { LC_ALL: 'C', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'ja_JP.UTF-8' },
      japanese: false,
      why: 'LC_ALL comes before all',
    },
  ])('are Japanese ($japanese): $why', async ({ environment, japanese }) => {
    const { stdout } = await launch(['--help'], { environment });
    expect(/[ぁ-ん]/.test(stdout)).toBe(japanese);
  });

  it.each(['en', 'ja'])('of help name every option (%s)', async (language) => {
    const { stdout } = await launch(['--help', '--lang', language]);
    for (const option of [
      '--dns',
      '--resolver',
      '--now',
      '--receiver',
      '--trust',
      '--json',
      '--lang',
      '--help',
    ]) {
      expect(stdout).toContain(option);
    }
  });
});
