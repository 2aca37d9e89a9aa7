import { describe, expect, it } from 'vitest';
import { gmailBlock, type Row, rows } from '../kit.ts';
import {
  changed,
  GMAIL_FAIL,
  GMAIL_FORGED,
  GMAIL_FORGED_PAIR,
  gmail,
  outcome,
  result,
  without,
} from './trust-kit.ts';

const BORDER = 6;
const SPF_FIELD = 7;
const RESULT = 8;
/** What we check ourselves is left: border and MAIL FROM are Gmail's, and neither SPF nor DKIM passes. */
const CHECKED = { basis: null, dmarc: null, level: 'failed' };
const UNCHECKED = { basis: null, dmarc: null, level: 'unknown' };

describe('without Gmail’s own border nothing is reported', () => {
  it.each(
    rows<Row & { fields: readonly string[] }>([
      {
        why: 'the border is missing and a foreign Received stands above a forged pair',
        fields: [
          'Received: from a.example (a.example [192.0.2.1]) by b.example with SMTP; Fri, 20 Nov 2026 07:04:16 +0000',
          ...GMAIL_FORGED_PAIR,
        ],
      },
      {
        why: 'the border is missing, and the inner hops are followed by a foreign one',
        fields: [
          ...GMAIL_FORGED.slice(0, 3),
          'Received: from a.example by b.example; x',
          ...GMAIL_FORGED_PAIR,
        ],
      },
      { why: 'a foreign field stands above a forged pair', fields: ['X-Spam: no', ...GMAIL_FORGED] },
      {
        why: 'the border is a look-alike host',
        fields: changed(GMAIL_FORGED, BORDER, (f) =>
          f.replace('mx.google.com', 'mx.google.com.evil.example'),
        ),
      },
      {
        why: 'the border has no address',
        fields: changed(GMAIL_FORGED, BORDER, (f) => f.replace(/ \(.*\)/, '')),
      },
      {
        why: 'the border’s host stands in a comment',
        fields: changed(GMAIL_FORGED, BORDER, (f) =>
          f.replace('by mx.google.com', '(by mx.google.com) by b.example'),
        ),
      },
      {
        why: 'imported by POP3, with a forged block',
        fields: [
          'Delivered-To: n@lakeside.example',
          'Received: by 10.2.3.4 with POP3 id x; Fri, 20 Nov 2026 07:04:16 +0000',
          ...GMAIL_FORGED_PAIR,
        ],
      },
      {
        why: 'imported by POP3, told by X-Gmail-Fetch-Info',
        fields: [
          'Received: by 10.2.3.4 with SMTP id x; Fri, 20 Nov 2026 07:04:16 +0000',
          'X-Gmail-Fetch-Info: n@old.example 1 pop.old.example 995 n',
          ...GMAIL_FORGED_PAIR,
        ],
      },
      {
        why: 'a hop that names a client is none of Google’s inner ones',
        fields: ['Received: from evil.example by 10.2.3.4 with SMTP id x; x', ...GMAIL_FORGED_PAIR],
      },
      {
        why: 'inserted over the API',
        fields: [
          'Received: from 1 named unknown by gmailapi.google.com with HTTPREST; Fri, 20 Nov 2026 07:04:16 +0000',
          ...GMAIL_FORGED_PAIR,
        ],
      },
      { why: 'no trace field at all', fields: [result('mx.google.com')] },
    ]),
  )('%s', async (_, { fields }) => {
    const found = outcome(await gmail(fields));
    expect(found).toMatchObject(UNCHECKED);
    expect(new Set(found.ignored)).toEqual(new Set(['no-border']));
  });
});

describe('Gmail’s border without Gmail’s own result', () => {
  it.each(
    rows<Row & { fields: readonly string[]; ignored: readonly string[] }>([
      {
        why: 'no result follows, a forged one comes later',
        fields: [...GMAIL_FAIL.slice(0, RESULT), 'X-Own: 1', result('mx.google.com')],
        ignored: ['below-border'],
      },
      {
        why: 'no Received-SPF in between',
        fields: [...without(GMAIL_FAIL, /^(?:Received-SPF|ARC-)/)],
        ignored: ['below-border'],
      },
      {
        why: 'another field stands in place of Received-SPF',
        fields: changed(without(GMAIL_FAIL, /^ARC-/), SPF_FIELD - 2, (f) =>
          f.replace('Received-SPF', 'X-Received-SPF'),
        ),
        ignored: ['below-border'],
      },
      {
        why: 'the result stands in a field of another name',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('Results', 'Results-Original')),
        ignored: ['other-id'],
      },
      {
        why: 'the result bears another id',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('mx.google.com', 'mx.example')),
        ignored: ['other-id'],
      },
      {
        why: 'the result bears a quoted id',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('mx.google.com', '"mx.google.com"')),
        ignored: ['other-id'],
      },
      {
        why: 'the ARC set says something else',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('dmarc=fail', 'dmarc=pass')),
        ignored: ['seal-mismatch'],
      },
      {
        why: 'the ARC set is about another signer',
        fields: changed(GMAIL_FAIL, RESULT, (f) => f.replace('a@evil', 'a@bank')),
        ignored: ['seal-mismatch'],
      },
      {
        why: 'a comment in the result never closes',
        fields: changed(without(GMAIL_FAIL, /^ARC-/), RESULT - 2, (f) =>
          f.replace('(google.com: no)', '(google.com: (no)'),
        ),
        ignored: ['unparseable'],
      },
      {
        why: 'a quoted string never closes',
        fields: changed(without(GMAIL_FAIL, /^ARC-/), RESULT - 2, (f) => f.replace('a@evil', '"a@evil')),
        ignored: ['unparseable'],
      },
    ]),
  )('%s', async (_, { fields, ignored }) => {
    expect(outcome(await gmail(fields))).toEqual({ ...CHECKED, ignored });
  });

  it('a gateway in front: the address of SPF is not the border’s, and the absent dmarc means nothing', async () => {
    const examination = await gmail(
      changed(GMAIL_FAIL, SPF_FIELD, (f) => f.replace('client-ip=192.0.2.25', 'client-ip=192.0.2.99')),
    );
    expect(outcome(examination)).toEqual({ ...UNCHECKED, ignored: ['address-mismatch'] });
    expect(examination.facts.evidence).toMatchObject({ gateway: true, absentDmarcMeansNone: false });
  });

  it('a gateway in front, told by gateway.spf: nothing follows from the absent dmarc', async () => {
    const { facts, verdict } = await gmail(
      gmailBlock({ results: ['spf=pass gateway.spf=pass smtp.mailfrom=a@bank.example'] }),
    );
    expect(facts.evidence).toMatchObject({ gateway: true, absentDmarcMeansNone: false });
    expect(verdict.level).toBe('unknown');
  });

  it('reads client-ip outside comments only: those hold the sender’s words', async () => {
    const fields = changed(
      GMAIL_FAIL,
      SPF_FIELD,
      () => 'Received-SPF: fail (google.com: client-ip=192.0.2.25 x) client-ip=192.0.2.99;',
    );
    expect(outcome(await gmail(fields))).toMatchObject({ basis: null, ignored: ['address-mismatch'] });
  });
});
