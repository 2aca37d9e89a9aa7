import { describe, expect, it } from 'vitest';
import { A_FILE, GMAIL_MAILBOX, gmailBlock, letter, look, mail, type Row, rows } from '../kit.ts';
import { GMAIL_FORGED, gmail, outcome, ZONE } from './trust-kit.ts';

const NOTHING = { basis: null, dmarc: null };

describe('MAIL FROM is the sender’s word, wherever Gmail repeats it', () => {
  it.each(
    rows<Row & { mailFrom: string; ignored: readonly string[] }>([
      { why: 'it may look like a result', mailFrom: 'dmarc=pass@evil.example', ignored: [] },
      {
        why: 'it may close the comment and go on',
        mailFrom:
          '"x) smtp.mailfrom=a@bank.example; dmarc=pass header.from=bank.example; x=y (z"@evil.example',
        ignored: ['unparseable'],
      },
      {
        why: 'it may open a comment and hide dmarc=fail',
        mailFrom: '"x("@evil.example',
        ignored: ['unparseable'],
      },
      {
        why: 'it may escape the end of the comment',
        mailFrom: '"x\\\\"@evil.example',
        ignored: ['unparseable'],
      },
    ]),
  )('%s', async (_, { mailFrom, ignored }) => {
    const results = [
      `spf=pass (google.com: domain of ${mailFrom} designates 192.0.2.25 as permitted sender) smtp.mailfrom=${mailFrom}`,
    ];
    const examination = await gmail(
      gmailBlock({ mailFrom, results: [...results, 'dmarc=fail header.from=bank.example'] }),
    );
    expect(outcome(examination).ignored).toEqual(ignored);
    expect(examination.verdict.level).not.toBe('authenticated');
    expect(examination.verdict.level).not.toBe('unprotected');
  });
});

describe('the result must be about this mail', () => {
  it.each(
    rows<Row & { results: readonly string[]; from?: string; because: string; level?: string }>([
      { why: 'another From', results: ['dmarc=pass header.from=evil.example'], because: 'from-mismatch' },
      {
        why: 'an organizational domain is another name',
        results: ['dmarc=pass header.from=bank.example'],
        from: 'a@mail.bank.example',
        because: 'from-mismatch',
      },
      { why: 'an empty header.from', results: ['dmarc=pass header.from='], because: 'from-mismatch' },
      { why: 'no header.from', results: ['dmarc=pass'], because: 'from-mismatch' },
      {
        why: 'a From that cannot be read',
        results: ['dmarc=pass header.from=bank.example'],
        from: '"Bank <a@bank.example>',
        because: 'from-mismatch',
        level: 'unknown',
      },
      {
        why: 'a look-alike From',
        results: ['dmarc=pass header.from=bank.example'],
        from: 'a@\uff42ank.example',
        because: 'from-mismatch',
        level: 'unknown',
      },
      {
        why: 'circled digits that map onto a brand',
        results: ['dmarc=pass header.from=bank1.example'],
        from: 'a@bank\u2460.example',
        because: 'from-mismatch',
        level: 'unknown',
      },
      {
        why: 'two results that differ',
        results: ['dmarc=fail header.from=bank.example', 'dmarc=pass header.from=bank.example'],
        because: 'contradiction',
      },
    ]),
  )('%s', async (_, { results, from, because, level = 'failed' }) => {
    // Nothing is reported, and our own check of this mail finds neither SPF nor DKIM to pass.
    expect(outcome(await gmail(gmailBlock({ results }), from))).toEqual({
      ...NOTHING,
      ignored: [because],
      level,
    });
  });

  it.each(
    rows<Row & { header: string; from: string }>([
      { why: 'in other letters', header: 'BANK.Example', from: 'a@bank.example' },
      { why: 'as a U-label', header: 'bücher.example', from: 'a@xn--bcher-kva.example' },
      { why: 'as an address (Mail.ru)', header: 'a@bank.example', from: 'a@bank.example' },
    ]),
  )('and may name the author domain %s', async (_, { header, from }) => {
    const block = gmailBlock({ results: [`dmarc=pass header.from=${header}`] });
    expect(outcome(await gmail(block, from))).toMatchObject({ basis: 'mailbox', dmarc: 'pass' });
  });

  it('never vouches for a second From of another domain', async () => {
    const text = mail([
      ...gmailBlock({ results: ['dmarc=pass header.from=bank.example'] }),
      ...letter(),
      'From: a@evil.example',
    ]);
    const { verdict } = await look(text, { zone: ZONE, receiver: GMAIL_MAILBOX });
    expect(verdict).toMatchObject({ level: 'unknown', rule: 'authors-several' });
  });
});

describe('a file can be made up', () => {
  it.each(['gmail', 'detect'] as const)(
    'a perfect block is never more than what a file says (%s)',
    async (id) => {
      const examination = await gmail(GMAIL_FORGED, undefined, { id, basis: 'file' });
      expect(outcome(examination)).toEqual({ basis: 'file', dmarc: 'pass', ignored: [], level: 'unknown' });
      expect(examination.verdict.findings.map(({ code }) => code)).toContain('file-basis');
    },
  );

  it('SPF from a made-up border does not count', async () => {
    const { verdict } = await gmail(GMAIL_FORGED, undefined, A_FILE);
    expect(verdict.checkedLevel).toBe('unknown');
    expect(verdict.findings.find(({ code }) => code === 'spf-aligned')?.severity).toBe('info');
  });
});
