/** The report's shape: whatever points at a field or an answer points at the right one of the report's own. */
import { describe, expect, it } from 'vitest';
import type { Receiver, SpfRecordTrace } from '../../../lib/engine/index.ts';
import { type MessageReport, type Origin, toReport } from '../../../lib/explain/report.ts';
import { examineSample, SAMPLES, translatorFor } from '../../kit/samples.ts';
import { LETTER, SEALERS, seal, setOf } from '../engine/arc/sealed-mail.ts';
import { signed, ZONE } from '../engine/dkim/signed-mail.ts';
import { keys, letter, look, mail, type Row, rows } from '../engine/kit.ts';
import { BY_INCLUDE, delivered, reportFor, type Zone } from './report-kit.ts';

const ORIGIN: Origin = { via: 'file', bytes: 0, instead: null };
const READERS: readonly Receiver[] = [
  { id: 'gmail', basis: 'mailbox' },
  { id: 'detect', basis: 'file' },
];

/** Every place of the report that points at one of its fields, with the name that the field must have. */
function* fieldPointers({ reported, checked, findings, explanation }: MessageReport) {
  for (const result of [reported.spf, reported.dmarc, reported.arc, ...reported.dkim]) {
    if (result !== null)
      yield { from: 'reported', to: result.field, name: /^(?:Authentication-Results|Received-SPF)/i };
  }
  for (const { field } of reported.ignored)
    yield { from: 'ignored', to: field, name: /Authentication-Results/i };
  for (const signature of checked.dkim) {
    yield { from: 'dkim', to: signature.field, name: /^DKIM-Signature$/i };
    const header = signature.alterations?.header;
    for (const change of header?.kind === 'explained' ? header.alterations : []) {
      const name = new RegExp(`^${change.name}$`, 'i');
      if ('field' in change) yield { from: change.kind, to: change.field, name };
      for (const to of 'fields' in change ? change.fields : []) yield { from: change.kind, to, name };
    }
  }
  const sets = [
    ...(checked.arc?.sets ?? []),
    ...(checked.seal === null || checked.seal.kind === 'none' ? [] : [checked.seal]),
  ];
  for (const { fields } of sets) {
    yield { from: 'ARC set', to: fields.seal, name: /^ARC-Seal$/i };
    yield { from: 'ARC set', to: fields.messageSignature, name: /^ARC-Message-Signature$/i };
    yield { from: 'ARC set', to: fields.results, name: /^ARC-Authentication-Results$/i };
  }
  for (const { code, because } of [...findings, ...explanation.reasons]) {
    for (const to of because.fields) yield { from: code, to, name: /./ };
  }
}

/** Every place that points at an answer, with the question that it must be the answer to. */
function* answerPointers({ checked, findings, explanation }: MessageReport) {
  for (const check of [checked.spf, checked.spf.helo]) yield* tracePointers(check?.trace ?? null);
  for (const { domain, selector, dns } of checked.dkim) {
    if (dns !== null)
      yield { from: 'dkim', to: dns, question: `${selector.toLowerCase()}._domainkey.${domain} TXT` };
  }
  for (const { domain, selector, dns } of checked.arc?.sets ?? []) {
    for (const to of dns) yield { from: 'ARC set', to, question: `${selector}._domainkey.${domain} TXT` };
  }
  if (checked.seal !== null && checked.seal.kind !== 'none') {
    for (const to of checked.seal.dns)
      yield { from: 'seal', to, question: /\._domainkey\.(?:google|microsoft)\.com TXT$/ };
  }
  for (const { code, because } of [...findings, ...explanation.reasons]) {
    for (const to of because.dns) yield { from: code, to, question: /./ };
  }
}

function* tracePointers(
  trace: SpfRecordTrace | null,
): Generator<{ from: string; to: number; question: string | RegExp }> {
  if (trace === null) return;
  for (const to of trace.dns) yield { from: trace.domain, to, question: `${trace.domain} TXT` };
  for (const { text, name, dns, record } of trace.terms) {
    const [first, ...more] = dns;
    if (first !== undefined) yield { from: text, to: first, question: new RegExp(`^${name} `) };
    for (const to of more) yield { from: text, to, question: /./ };
    yield* tracePointers(record);
  }
}

/** Whatever a reason rests on is shown once, below it. */
function expectNoneTwice({ explanation }: MessageReport): void {
  for (const { code, because } of explanation.reasons) {
    const { fields, dns } = because;
    expect({ code, fields, dns }).toEqual({ code, fields: [...new Set(fields)], dns: [...new Set(dns)] });
  }
}

function expectPointers(report: MessageReport): void {
  for (const { from, to, name } of fieldPointers(report)) {
    expect({ from, to, name: report.fields[to]?.name }).toEqual({
      from,
      to,
      name: expect.stringMatching(name),
    });
  }
  for (const { from, to, question } of answerPointers(report)) {
    const answer = report.dns[to];
    expect({ from, to, question: `${answer?.name} ${answer?.type}` }).toEqual({
      from,
      to,
      question: typeof question === 'string' ? question : expect.stringMatching(question),
    });
  }
}

describe.each(SAMPLES)('$name', (sample) => {
  it('points at its own fields and answers at every moment, at none twice, and is plain data', async () => {
    const t = translatorFor('en');
    for (const receiver of READERS) {
      const states: MessageReport[] = [];
      const last = await examineSample(sample, receiver, (examination) =>
        states.push(toReport(examination, ORIGIN, 'en', t)),
      );
      for (const report of [...states, toReport(last, ORIGIN, 'en', t)]) {
        expectPointers(report);
        expectNoneTwice(report);
        expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
      }
    }
  });
});

/** The mail as a list hands it on that puts its name into the subject. */
function tagged(text: string): string {
  return text.replace('Subject: ', 'Subject: [list] ');
}

describe('a report points at its own fields and answers', () => {
  it.each(
    rows<Row & { text: string; zone: Zone }>([
      { why: 'through the records of SPF', text: delivered(), zone: BY_INCLUDE },
      {
        why: 'in a chain of several sets',
        text: seal(seal(LETTER), { results: 'list.example; arc=pass; dmarc=pass header.from=bank.example' }),
        zone: SEALERS,
      },
      {
        why: 'in a chain that is broken below',
        text: seal(seal(LETTER, { key: keys.rsaC })),
        zone: SEALERS,
      },
      {
        why: 'in a chain whose last station is broken',
        text: seal(LETTER, { key: keys.rsaC }),
        zone: SEALERS,
      },
      { why: 'in a chain of which a set is missing', text: seal(LETTER, { instance: 2 }), zone: SEALERS },
      {
        why: 'in the receiver’s own seal',
        text: seal(LETTER, {
          key: keys.rsaA,
          domain: 'google.com',
          selector: 'arc-20240605',
          results: 'mx.google.com; dmarc=pass header.from=bank.example',
        }),
        zone: SEALERS,
      },
      {
        why: 'in what broke a signature',
        text: tagged(signed()),
        zone: ZONE,
      },
      {
        why: 'in what broke a signature, where nobody is the author',
        text: tagged(signed({}, mail(letter('nobody at all')))),
        zone: ZONE,
      },
    ]),
  )('%s', async (_, { text, zone }) => {
    for (const receiver of READERS) {
      const report = await reportFor(text, { zone, receiver });
      expectPointers(report);
      expectNoneTwice(report);
      expect([...fieldPointers(report)].length + [...answerPointers(report)].length).toBeGreaterThan(0);
    }
  });
});

it('points at the right answers also while those that were asked before them are still awaited', async () => {
  const set = setOf(LETTER).join('\r\n');
  const text = delivered().replace('\r\nDate:', `\r\n${set}\r\nDate:`);
  const { facts, verdict } = await look(text, { zone: { ...SEALERS, ...BY_INCLUDE } });
  const dns = facts.dns.map((answer) => (answer?.name.startsWith('_dmarc.') ? null : answer));
  expect(dns[0]).toBeNull();
  const report = toReport({ facts: { ...facts, dns }, verdict }, ORIGIN, 'en', translatorFor('en'));
  expect(report.checked).toMatchObject({
    spf: { result: 'pass' },
    arc: { sets: [{ domain: 'list.example' }] },
  });
  expectPointers(report);
});
