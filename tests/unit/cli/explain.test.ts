/** `explain` as a user runs it: the real launcher, its exit codes, its words. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AT_GMAIL, BEHIND_GATEWAY } from '../platform/letters.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SAMPLE = path.join(ROOT, 'tests/fixtures/samples/02-service-not-aligned');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailvouch-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function explain(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'lib/cli/launch.mjs'), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
      ...(input === undefined ? {} : { input }),
    },
  );
  return { status, stdout, stderr };
}

function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

const MAIL = path.join(SAMPLE, 'message.eml');
const ZONE = ['--dns', path.join(SAMPLE, 'zone.json')];
const SIMPLE = 'From: a@bank.example\r\nSubject: x\r\n\r\nHello\r\n';

// The first run may have to build the bundle.
beforeAll(() => {
  explain(['--help']);
}, 60_000);

describe('a report', () => {
  it('is text on standard output with status 0', () => {
    const { status, stdout, stderr } = explain([MAIL, ...ZONE, '--receiver', 'gmail', '--trust']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^\[failed\] shop\.example does not vouch for this mail\.\n/);
  });

  it('is JSON when asked for, and points only at what it holds', () => {
    const { status, stdout } = explain([MAIL, ...ZONE, '--receiver', 'gmail', '--trust', '--json']);
    const report = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(report).toMatchObject({ version: 1, kind: 'message', level: 'failed', bounce: null });
    expect(report.reported).toMatchObject({
      basis: 'mailbox',
      profile: 'gmail',
      authservId: 'mx.google.com',
    });
    expect(report.checked.dkim).toMatchObject([{ result: 'pass', domain: 'mailer.example', aligned: false }]);
    for (const { because } of [...report.findings, ...report.explanation.reasons]) {
      for (const at of because.fields) expect(report.fields[at]).toBeDefined();
      for (const at of because.dns) expect(report.dns[at]).toBeDefined();
    }
  });

  it('does not believe a file that nobody vouches for', () => {
    const report = JSON.parse(explain([MAIL, ...ZONE, '--json']).stdout);
    // The receiver's seal may prove who wrote the result, and it decides nothing either.
    expect(['file', 'sealed']).toContain(report.reported.basis);
    expect(report.level).toBe('unknown');
  });

  it.each([
    { why: 'nobody vouches for the gateway', receivers: ['gmail'], profile: 'gmail', reported: null },
    {
      why: 'its addresses are given',
      receivers: ['gmail', 'gw.lakeside.example 192.0.2.0/24'],
      profile: 'gw.lakeside.example',
      reported: 'fail',
    },
    {
      why: 'it stands before the mailbox',
      receivers: ['gw.lakeside.example 192.0.2.0/24', 'gmail'],
      profile: 'gw.lakeside.example',
      reported: 'fail',
    },
    {
      why: 'it is one of several',
      receivers: ['gw.else.example 198.51.100.0/24', 'gmail', '*.lakeside.example 2001:db8::/32 192.0.2.25'],
      profile: '*.lakeside.example',
      reported: 'fail',
    },
    {
      why: 'the mail came from elsewhere',
      receivers: ['gmail', 'gw.lakeside.example 198.51.100.0/24'],
      profile: 'gmail',
      reported: null,
    },
    {
      why: 'of two mailboxes the last one counts',
      receivers: ['mx.example.org', 'gmail'],
      profile: 'gmail',
      reported: null,
    },
  ])(
    'believes $profile about a mail that came through a gateway: $why',
    ({ receivers, profile, reported }) => {
      const named = receivers.flatMap((receiver) => ['--receiver', receiver]);
      const zone = file('nothing.json', '{}');
      const { status, stdout } = explain(['-', '--dns', zone, ...named, '--trust', '--json'], BEHIND_GATEWAY);
      const report = JSON.parse(stdout);
      const basis = reported === null ? null : 'mailbox';
      expect({ status, basis: report.reported.basis }).toEqual({ status: 0, basis });
      expect({ profile: report.reported.profile, reported: report.reported.dmarc?.result ?? null }).toEqual({
        profile,
        reported,
      });
    },
  );

  it('has the ways to the results in text', () => {
    const zone = file(
      'nested.json',
      JSON.stringify({
        'mail.bank.example': 'v=spf1 include:o.example',
        'o.example': 'v=spf1 ip4:192.0.2.25',
      }),
    );
    const { stdout } = explain(['-', '--dns', zone, '--receiver', 'gmail', '--trust'], AT_GMAIL);
    expect(stdout).toContain(
      [
        'SPF, term by term',
        '  mail.bank.example  (pass)',
        '    include:o.example  (matches · lookup 1 of 10)',
        '      o.example  (pass)',
        '        ip4:192.0.2.25  (matches)',
        '',
      ].join('\n'),
    );
    expect(stdout).not.toMatch(/[\u2066-\u2069]/);
  });

  it('asks a zone file also for names that hold the sender’s address: it learns nothing', () => {
    const zone = file(
      'local-part.json',
      JSON.stringify({
        'mail.bank.example': 'v=spf1 exists:%{l}.names.example -all',
        'bounce.names.example': { A: ['127.0.0.2'] },
      }),
    );
    const { stdout } = explain(['-', '--dns', zone, '--receiver', 'gmail', '--trust', '--json'], AT_GMAIL);
    expect(JSON.parse(stdout).checked.spf).toMatchObject({ result: 'pass', counts: true });
  });

  it('is Japanese when asked for', () => {
    const { stdout } = explain([MAIL, ...ZONE, '--lang', 'ja']);
    expect(stdout).toMatch(/^\[不明\] shop\.example のメールかどうかは分かりません。/);
  });

  it('is made of standard input for “-”', () => {
    const { status, stdout } = explain(['-', ...ZONE], SIMPLE);
    expect(status).toBe(0);
    expect(stdout).toContain('bank.example');
  });

  it('judges by the time that it is told', () => {
    const late =
      'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s; h=from; t=1; x=2; bh=aGk=; b=aGk=\r\n';
    expect(explain(['-', ...ZONE, '--now', '1795500000', '--json'], late + SIMPLE).status).toBe(0);
  });

  it('says so when DNS is silent, and never calls it no record', () => {
    const zone = file('silent.json', JSON.stringify({ '_dmarc.bank.example': { RCODE: 'TIMEOUT' } }));
    const report = JSON.parse(explain(['-', '--dns', zone, '--json'], SIMPLE).stdout);
    expect(report).toMatchObject({ level: 'unknown', rule: 'unanswered', checked: { state: 'partial' } });
  });

  it('never acts on the terminal, whatever the mail holds', () => {
    const hostile = `From: "\u001b[2J\u202e" <a@bank.example>\r\nAuthentication-Results: \u001b]0;x\u0007; dmarc=pass\r\n\r\n`;
    const { status, stdout } = explain(['-', ...ZONE], hostile);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(stdout).toContain('<U+001B>');
  });
});

describe('the records of a domain', () => {
  const records = {
    'bank.example': { TXT: ['v=spf1 include: mailer.example -all'], MX: [[10, 'mx.bank.example']] },
    'mx.bank.example': { A: ['192.0.2.25'] },
    '_dmarc.bank.example': 'v=DMARC1; p=reject; rua=dmarc@bank.example',
    's1._domainkey.bank.example': 'v=DKIM1; k=rsa; p=',
  };
  const asked = () => ['--domain', 'bank.example', '--dns', file('records.json', JSON.stringify(records))];

  it('are a report in text, with carets under what is wrong', () => {
    const { status, stdout, stderr } = explain([...asked(), '--selector', 's1']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^The mail records of bank\.example have 2 errors\.\n/);
    expect(stdout).toContain(
      [
        '    v=DMARC1; p=reject; rua=dmarc@bank.example',
        '                            ^^^^^^^^^^^^^^^^^^',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('    v=DMARC1; p=reject; rua=mailto:dmarc@bank.example\n');
    expect(stdout).not.toMatch(/[\u2066-\u2069]/);
  });

  it('are JSON with every remark and its correction', () => {
    const { status, stdout } = explain([...asked(), '--selector', 's1', '--json']);
    const report = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(report).toMatchObject({
      version: 1,
      kind: 'domain',
      state: 'done',
      domain: { name: 'bank.example' },
    });
    expect(report.domain.records.map(({ kind }: { kind: string }) => kind)).toEqual([
      'dmarc',
      'spf',
      'dkim',
      'mx',
    ]);
    expect(report.domain.records[0].lint).toMatchObject([
      {
        code: 'dmarc-uri-no-mailto',
        severity: 'error',
        start: 24,
        end: 42,
        correction: 'v=DMARC1; p=reject; rua=mailto:dmarc@bank.example',
      },
    ]);
    for (const { because } of report.findings)
      for (const at of because.dns) expect(report.dns[at]).toBeDefined();
  });

  it('are open where DNS is silent, and the report names the question', () => {
    const zone = file(
      'silent-domain.json',
      JSON.stringify({ ...records, '_dmarc.bank.example': { RCODE: 'TIMEOUT' } }),
    );
    const { status, stdout } = explain(['--domain', 'bank.example', '--dns', zone, '--json']);
    const report = JSON.parse(stdout);
    expect({ status, state: report.state }).toEqual({ status: 0, state: 'partial' });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: 'unanswered',
        severity: 'open',
        params: expect.objectContaining({ other: '_dmarc.bank.example' }),
      }),
    );
    expect(report.findings.map(({ code }: { code: string }) => code)).not.toContain('dmarc-missing');
  });

  it('are told apart from a name that is none, with status 2', () => {
    const { status, stdout, stderr } = explain(['--domain', 'not a domain', '--lang', 'ja']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^「not a domain」はドメイン名ではありません。/);
  });
});

describe('unreadable input has status 2 and a sentence that says what to do', () => {
  const cases: readonly { why: string; args: () => readonly string[]; says: RegExp }[] = [
    {
      why: 'an empty file',
      args: () => [file('empty.eml', '')],
      says: /The message is empty\.\nIt holds nothing\. Paste or download the whole mail/,
    },
    {
      why: 'a page',
      args: () => [file('page.eml', '<!doctype html><p>x')],
      says: /web page.*\n.*Download original/,
    },
    {
      why: 'a picture',
      args: () => [file('x.png', Uint8Array.of(0x89, 0x50, 0, 0, 1))],
      says: /some other kind of file/,
    },
    { why: 'a text', args: () => [file('x.txt', 'just words')], says: /No header fields were found/ },
    { why: 'no such file', args: () => [path.join(folder, 'none.eml')], says: /cannot be read: ENOENT/ },
    { why: 'a folder', args: () => [folder], says: /cannot be read: EISDIR/ },
    {
      why: 'a zone that is no JSON',
      args: () => [MAIL, '--dns', file('z1', 'x')],
      says: /is not a zone file/,
    },
    {
      why: 'a zone of another form',
      args: () => [MAIL, '--dns', file('z2', '{"a":{"TXT":1}}')],
      says: /a: TXT has another form/,
    },
    {
      why: 'an unknown type',
      args: () => [MAIL, '--dns', file('z3', '{"a":{"SPF":[]}}')],
      says: /unknown type SPF/,
    },
  ];
  it.each(cases)('$why', ({ args, says }) => {
    const { status, stdout, stderr } = explain(args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.mjs|Error:/);
  });
});

describe('wrong usage has status 2', () => {
  it.each([
    { args: [], says: 'Name exactly one file' },
    { args: ['a', 'b'], says: 'Name exactly one file' },
    { args: ['a', '--wrong'], says: 'Unknown option: --wrong' },
    { args: ['a', '--dns'], says: 'The option --dns needs a value.' },
    { args: ['a', '--lang', 'fr'], says: 'The option --lang does not take “fr”.' },
    { args: ['a', '--now', 'soon'], says: 'The option --now does not take “soon”.' },
    { args: ['a', '--resolver', 'http://x/'], says: 'The option --resolver does not take' },
    { args: ['a', '--receiver', 'x y'], says: 'The option --receiver does not take' },
    { args: ['a', '--trust'], says: 'together with --receiver' },
    { args: ['a', '--dns', 'z', '--resolver', 'https://x/'], says: 'not both' },
  ])('$args', ({ args, says }) => {
    const { status, stdout, stderr } = explain(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toContain('Usage: explain');
  });

  it('and help has status 0', () => {
    const { status, stdout } = explain(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('--receiver ID');
  });
});
