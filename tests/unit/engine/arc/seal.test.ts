import { describe, expect, it } from 'vitest';
import {
  checkSeal,
  type SealCheck,
  type SealDoubt,
  sealAgrees,
  sealConfirms,
} from '../../../../lib/engine/arc/seal.ts';
import type { Evidence } from '../../../../lib/engine/authres/evidence.ts';
import { parseAuthResults } from '../../../../lib/engine/authres/parse.ts';
import { gatherEvidence } from '../../../../lib/engine/authres/trust.ts';
import { readAuthors } from '../../../../lib/engine/message/author.ts';
import { GMAIL_MAILBOX, gmailBlock, keys, letter, mail, ports, type Row, rows, toMessage } from '../kit.ts';
import { arcOf, LETTER, SEALED_AT, SEALERS, type SealOptions, seal } from './sealed-mail.ts';

const GMAIL_SAID = [
  'mx.google.com',
  'dkim=pass header.i=@bank.example header.s=s1 header.b=AbCdEfGh',
  'spf=pass (google.com: domain of a@bank.example designates 192.0.2.25 as permitted sender) smtp.mailfrom=a@bank.example',
  'dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=bank.example',
];
const MICROSOFT_SAID = [
  'mx.microsoft.com 1',
  'spf=pass (sender ip is 192.0.2.25) smtp.rcpttodomain=lakeside.example smtp.mailfrom=bank.example',
  'dmarc=fail (p=reject sp=reject pct=100) action=none header.from=bank.example',
  'dkim=none (message not signed)',
  'arc=none (0)',
];

function byGmail(message = LETTER, options: SealOptions = {}): string {
  const results = GMAIL_SAID.join('; ');
  return seal(message, {
    key: keys.rsaA,
    domain: 'google.com',
    selector: 'arc-20240605',
    results,
    ...options,
  });
}

function byMicrosoft(message = LETTER, options: SealOptions = {}): string {
  const results = MICROSOFT_SAID.join('; ');
  const selector = 'arcselector10001';
  return seal(message, { key: keys.rsaA, domain: 'microsoft.com', selector, results, ...options });
}

type Circumstances = Parameters<typeof arcOf>[1] & { readonly authors?: readonly string[] };

async function sealOf(
  text: string,
  { authors = ['bank.example'], ...how }: Circumstances = {},
): Promise<SealCheck> {
  return checkSeal(await arcOf(text, how), { message: toMessage(text), authorDomains: authors }, ports);
}

describe('a seal that proves what the receiver found', () => {
  it('of Gmail', async () => {
    expect(await sealOf(byGmail())).toEqual({
      kind: 'proven',
      receiver: 'gmail',
      instance: 1,
      dmarc: 'pass',
      sealedAt: SEALED_AT,
      fields: { seal: 0, messageSignature: 1, results: 2 },
      dns: [0],
    });
  });

  it('of Microsoft, a fail as well as a pass', async () => {
    expect(await sealOf(byMicrosoft())).toMatchObject({
      kind: 'proven',
      receiver: 'microsoft',
      dmarc: 'fail',
    });
  });

  it.each(
    rows<Row & { text: string; zone?: Readonly<Record<string, unknown>>; authors?: readonly string[] }>([
      { why: 'above the sets of others', text: byGmail(seal(seal(LETTER))) },
      {
        why: 'over a chain that it found broken, where it seals its own set alone (§5.1.2)',
        text: byGmail(seal(LETTER).replace('all is well', 'all is changed'), { cv: 'fail' }),
      },
      {
        why: 'above a set whose key nobody has any more: the newest seal signs that set too',
        text: byGmail(seal(LETTER, { selector: 'gone' })),
      },
      {
        why: 'above a set whose key goes unanswered',
        text: byGmail(seal(LETTER, { selector: 'gone' })),
        zone: { ...SEALERS, 'gone._domainkey.list.example': { RCODE: 'SERVFAIL' } },
      },
      {
        why: 'with From signed twice: none can be added',
        text: byGmail(LETTER, { headers: ['From', 'From'] }),
      },
      {
        why: 'for an author domain that the result writes in U-labels',
        text: byGmail(LETTER, {
          results: 'mx.google.com; dmarc=pass header.from=Bücher.example',
        }),
        authors: ['xn--bcher-kva.example'],
      },
      {
        why: 'with a MAIL FROM that has to be quoted',
        text: byGmail(LETTER, {
          results:
            'mx.google.com; spf=pass (google.com: domain of "a=b"@bank.example designates 192.0.2.25 as permitted sender) smtp.mailfrom="a=b"@bank.example; dmarc=pass (p=REJECT) header.from=bank.example',
        }),
      },
    ]),
  )('%s', async (_, { text, zone = SEALERS, authors = ['bank.example'] }) => {
    expect(await sealOf(text, { zone, authors })).toMatchObject({
      kind: 'proven',
      receiver: 'gmail',
      dmarc: 'pass',
    });
  });

  it('without the time where the seal has none', async () => {
    expect(await sealOf(byGmail(LETTER, { time: null }))).toMatchObject({ kind: 'proven', sealedAt: null });
  });
});

it('may say the policy that was applied (RFC 9989 §9.2)', async () => {
  const results = `${GMAIL_SAID.join('; ')} policy.dmarc=reject`;
  expect(await sealOf(byGmail(LETTER, { results }))).toMatchObject({ kind: 'proven' });
});

describe('no seal of the receiver', () => {
  it.each(
    rows<Row & { text: string }>([
      { why: 'nobody sealed', text: LETTER },
      { why: 'a forwarder sealed', text: seal(LETTER, { results: GMAIL_SAID.join('; ') }) },
      { why: 'Gmail’s is a lower one: a stranger took the mail from it', text: seal(byGmail()) },
      {
        why: 'a lower one under a stranger’s set that is not whole',
        text: `ARC-Authentication-Results: i=2; evil.example; none\r\n${byGmail()}`,
      },
      {
        why: 'a lower one under a number beyond every chain',
        text: `ARC-Authentication-Results: i=77; evil.example; none\r\n${byGmail()}`,
      },
      { why: 'a set with two seals', text: byGmail().replace(/^ARC-Seal:.*\r\n/m, '$&$&') },
      {
        why: 'the seal is Gmail’s and the message signature another’s',
        text: byGmail(LETTER, { messageTags: { d: 'list.example', s: 's1' } }),
      },
      {
        why: 'the message signature is Gmail’s and the seal another’s',
        text: byGmail(LETTER, { sealTags: { d: 'list.example', s: 's1' } }),
      },
      { why: 'a domain below Gmail’s', text: byGmail(LETTER, { domain: 'mail.google.com' }) },
      { why: 'a look-alike', text: byGmail(LETTER, { domain: 'google.com.example' }) },
      {
        why: 'Google’s, but not of the server that delivers to mailboxes',
        text: byGmail(LETTER, {
          results: 'gmr-mx.google.com; dmarc=pass header.from=bank.example',
        }),
      },
      { why: 'Microsoft’s, in Gmail’s name', text: byMicrosoft(LETTER, { results: GMAIL_SAID.join('; ') }) },
    ]),
  )('%s', async (_, { text }) => {
    expect(await sealOf(text)).toEqual({ kind: 'none' });
  });
});

interface Attempt extends Circumstances {
  readonly why: string;
  readonly text: string;
}

const SAID_FROM = (mailFrom: string, rest = ''): string =>
  `mx.google.com; spf=pass (google.com: domain of ${mailFrom}@evil.example designates 192.0.2.25 as permitted sender) smtp.mailfrom=${mailFrom}@evil.example${rest}`;
const FAILED = '; dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=bank.example';

/** One table for each doubt: a doubt without one does not compile. */
const ATTEMPTS: Readonly<Record<SealDoubt, readonly Attempt[]>> = {
  unanswered: [
    {
      why: 'DNS gives no answer today',
      text: byGmail(),
      zone: { 'arc-20240605._domainkey.google.com': { RCODE: 'SERVFAIL' } },
    },
    {
      why: 'DNS gives no answer for the message signature alone',
      text: byGmail(LETTER, { messageTags: { s: 'other' } }),
      zone: { ...SEALERS, 'other._domainkey.google.com': { RCODE: 'TIMEOUT' } },
    },
  ],
  'key-gone': [
    { why: 'the receiver no longer publishes the key', text: byGmail(), zone: {} },
    {
      why: 'the receiver withdrew the key',
      text: byGmail(),
      zone: { 'arc-20240605._domainkey.google.com': 'v=DKIM1; p=' },
    },
    {
      why: 'the key of the message signature is gone',
      text: byGmail(LETTER, { messageTags: { s: 'old' } }),
    },
  ],
  'seal-broken': [
    { why: 'anybody can write d=google.com', text: byGmail(LETTER, { key: keys.rsaB }) },
    { why: 'the results under the seal were changed', text: byGmail().replace(/dmarc=pass/, 'dmarc=none') },
    {
      why: 'a lower set was changed',
      text: byGmail(seal(LETTER)).replace('i=1; list.example; dmarc=pass', 'i=1; list.example; dmarc=fail'),
    },
    {
      why: 'the set under it was taken away',
      text: byGmail(seal(LETTER)).replace(/^ARC-Authentication-Results: i=1;.*\r\n/m, ''),
    },
    { why: 'the seal is unreadable', text: byGmail(LETTER, { sealTags: { t: 'now' } }) },
    { why: 'the message signature is unreadable', text: byGmail(LETTER, { messageTags: { c: 'x' } }) },
  ],
  'message-changed': [
    { why: 'a sealed header set under another body', text: byGmail().replace('all is well', 'pay here') },
    { why: 'another subject', text: byGmail().replace('Subject: Your', 'Subject: My') },
    {
      why: 'a sealed header set over another author',
      text: byGmail().replace('statements@bank.example', 'statements@other.example'),
      authors: ['other.example'],
    },
    {
      why: 'a From added below, where the signature looks first',
      text: byGmail().replace('To: Naomi', 'From: a@evil.example\r\nTo: Naomi'),
    },
    { why: 'a body cut short', text: byGmail(LETTER, { length: 31 }) },
  ],
  'body-not-checkable': [
    { why: 'headers alone: shown, never counted', text: byGmail(), completeness: 'headers' },
    {
      why: 'octets that the webmail may have altered',
      text: byGmail().replace('all is well', 'all is lost'),
      completeness: 'reencoded',
    },
  ],
  'partial-body': [
    {
      why: 'l=, and something after it',
      text: byGmail(LETTER, { length: 30 }).replace('well.\r\n', 'well.\r\nPay here\r\n'),
    },
    { why: 'l=, whatever stands after it', text: byGmail(LETTER, { length: 30 }) },
  ],
  'from-not-signed': [{ why: 'h= without From', text: byGmail(LETTER, { headers: ['To', 'Subject'] }) }],
  'from-added': [
    { why: 'a second From on top', text: `From: Boss <boss@bank.example>\r\n${byGmail()}` },
    {
      why: 'a second From on top, of somebody else',
      text: `From: a@evil.example\r\n${byGmail()}`,
      authors: ['bank.example', 'evil.example'],
    },
  ],
  'sender-side': [
    {
      why: 'Exchange sealed what a customer sent out, and nobody checked it',
      text: byMicrosoft(LETTER, {
        results:
          'mx.microsoft.com 1; spf=pass smtp.mailfrom=bank.example; dmarc=pass action=none header.from=bank.example; dkim=pass header.d=bank.example; arc=none',
      }),
    },
    {
      why: 'without the client’s address',
      text: byMicrosoft(LETTER, {
        results: MICROSOFT_SAID.join('; ').replace('(sender ip is 192.0.2.25) ', ''),
      }),
    },
    {
      why: 'without the recipient’s domain',
      text: byMicrosoft(LETTER, {
        results: MICROSOFT_SAID.join('; ').replace('smtp.rcpttodomain=lakeside.example ', ''),
      }),
    },
  ],
  ambiguous: [
    {
      why: 'MAIL FROM ends the comment and writes a result before the receiver’s',
      text: byGmail(LETTER, {
        results: SAID_FROM('"x); dmarc=pass header.from=bank.example (y"', FAILED),
      }),
    },
    {
      why: 'MAIL FROM writes the only DMARC result, where the domain has no record',
      text: byGmail(LETTER, { results: SAID_FROM('"x); dmarc=pass header.from=bank.example (y"') }),
    },
    {
      why: 'the same where the receiver takes the quotes away',
      text: byGmail(LETTER, { results: SAID_FROM('x); dmarc=pass header.from=bank.example (y') }),
    },
    {
      why: 'MAIL FROM opens a comment that swallows the receiver’s result',
      text: byGmail(LETTER, { results: SAID_FROM('"x); dmarc=pass header.from=bank.example ((("', FAILED) }),
    },
    {
      why: 'an escape before the end of a comment',
      text: byGmail(LETTER, { results: SAID_FROM('"x\\"', FAILED) }),
    },
    {
      why: 'i= of a DKIM signature writes the only DMARC result',
      text: byGmail(LETTER, {
        results:
          'mx.google.com; dkim=pass header.i=x; dmarc=pass header.from=bank.example header.y=@evil.example header.s=s1',
      }),
    },
    {
      why: 'two DMARC results, though they agree',
      text: byGmail(LETTER, { results: `${GMAIL_SAID.join('; ')}; ${GMAIL_SAID[3]}` }),
    },
    {
      why: 'two DMARC results, of which one names no author',
      text: byGmail(LETTER, { results: `${GMAIL_SAID.join('; ')}; dmarc=fail` }),
    },
    {
      why: 'a DMARC result about two domains',
      text: byGmail(LETTER, { results: `${GMAIL_SAID.join('; ')} header.from=evil.example` }),
    },
  ],
  'no-dmarc': [
    {
      why: 'the receiver found no record',
      text: byGmail(LETTER, { results: GMAIL_SAID.slice(0, 3).join('; ') }),
    },
  ],
  'other-author': [
    {
      why: 'another customer’s seal: it is about another author',
      text: byGmail(LETTER, {
        results: GMAIL_SAID.join('; ').replace('header.from=bank', 'header.from=evil'),
      }),
    },
    {
      why: 'a domain below the author’s',
      text: byGmail(LETTER, { results: GMAIL_SAID.join('; ').replace('header.from=', 'header.from=mail.') }),
    },
    {
      why: 'no domain',
      text: byGmail(LETTER, { results: GMAIL_SAID.join('; ').replace('header.from=bank.example', '') }),
    },
    {
      why: 'something that is no domain',
      text: byGmail(LETTER, {
        results: GMAIL_SAID.join('; ').replace('from=bank.example', 'from=bank..example'),
      }),
    },
    {
      why: 'a message by authors of two domains',
      text: byGmail(),
      authors: ['bank.example', 'other.example'],
    },
    { why: 'a message by nobody', text: byGmail(), authors: [] },
    {
      why: 'a message by nobody, and a result about nobody',
      text: byGmail(LETTER, { results: 'mx.google.com; dmarc=fail' }),
      authors: [],
    },
  ],
};

describe('a seal that proves nothing', () => {
  it.each(
    Object.entries(ATTEMPTS).flatMap(([doubt, attempts]) =>
      attempts.map((attempt) => [doubt, attempt.why, attempt] as const),
    ),
  )('%s: %s', async (because, _, { text, why, ...how }) => {
    expect(await sealOf(text, how)).toMatchObject({ kind: 'unproven', because });
  });
});

describe('a seal in the receiver’s own mailbox', () => {
  const RESULTS = GMAIL_SAID.slice(1);
  const delivered = (above: readonly string[], results = RESULTS): string => {
    const block = gmailBlock({ mailFrom: 'a@bank.example', results }).filter(
      (field) => !field.startsWith('ARC-'),
    );
    const [deliveredTo = '', by = '', xReceived = '', ...rest] = block;
    return mail([deliveredTo, by, xReceived, ...above, ...rest, ...letter()]);
  };
  /** The set that stands on top of the letter, as fields. */
  const set = byGmail(mail(letter())).split('\r\n').slice(0, 3);

  async function confirms(text: string): Promise<boolean> {
    const message = toMessage(text);
    const evidence = gatherEvidence(message, readAuthors(message, ports), GMAIL_MAILBOX, ports);
    const [found] = (await arcOf(text)).sets;
    if (found === undefined) throw new Error('no set');
    return sealConfirms(found.fields, found.results, evidence);
  }

  it('confirms the result below it', async () => {
    expect(await confirms(delivered(set))).toBe(true);
  });

  it('stands above the border, where only the receiver writes', async () => {
    const below = delivered([]).replace('Date: ', `${set.join('\r\n')}\r\nDate: `);
    expect(await confirms(below)).toBe(false);
    const half = delivered(set.slice(0, 2)).replace('Date: ', `${set[2]}\r\nDate: `);
    expect(await confirms(half)).toBe(false);
  });

  it('confirms nothing where there is no border', async () => {
    expect(await confirms(mail([...set, ...letter()]))).toBe(false);
  });
});

describe('sealed and reported results agree', () => {
  type Reported = Pick<Evidence, 'spf' | 'dkim' | 'dmarc'>;
  function reported(text: string): Reported {
    const { results } = parseAuthResults(text);
    const all = results.map((result) => ({ ...result, comment: null, field: 0 }));
    const of = (method: string) => all.filter((result) => result.method === method);
    return { spf: of('spf')[0] ?? null, dkim: of('dkim'), dmarc: of('dmarc')[0] ?? null };
  }

  it.each(
    rows<Row & { sealed: string; reported: string; agree: boolean }>([
      { why: 'word for word', sealed: GMAIL_SAID.join('; '), reported: GMAIL_SAID.join('; '), agree: true },
      {
        why: 'in another order, and with methods that are not compared',
        sealed: MICROSOFT_SAID.join('; '),
        reported:
          'spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=bank.example; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=Bank.example;compauth=none reason=451',
        agree: true,
      },
      {
        why: 'the domain of i= is that of d=',
        sealed: 'x; dkim=pass header.i=@bank.example',
        reported: 'x; dkim=pass header.d=bank.example',
        agree: true,
      },
      { why: 'another DMARC result', sealed: 'x; dmarc=pass', reported: 'x; dmarc=fail', agree: false },
      { why: 'no DMARC result', sealed: 'x; spf=pass', reported: 'x; spf=pass; dmarc=pass', agree: false },
      {
        why: 'another author',
        sealed: 'x; dmarc=pass header.from=a.example',
        reported: 'x; dmarc=pass header.from=b.example',
        agree: false,
      },
      {
        why: 'another MAIL FROM',
        sealed: 'x; spf=pass smtp.mailfrom=a.example',
        reported: 'x; spf=pass smtp.mailfrom=b.example',
        agree: false,
      },
      {
        why: 'another signer',
        sealed: 'x; dkim=pass header.d=a.example',
        reported: 'x; dkim=pass header.d=b.example',
        agree: false,
      },
      {
        why: 'another key',
        sealed: 'x; dkim=pass header.d=a.example header.s=s1',
        reported: 'x; dkim=pass header.d=a.example header.s=s2',
        agree: false,
      },
      {
        why: 'one signature more',
        sealed: 'x; dkim=pass header.d=a.example; dkim=pass header.d=a.example',
        reported: 'x; dkim=pass header.d=a.example',
        agree: false,
      },
    ]),
  )('%s', (_, { sealed, reported: text, agree }) => {
    expect(sealAgrees(parseAuthResults(sealed), reported(text))).toBe(agree);
  });
});
