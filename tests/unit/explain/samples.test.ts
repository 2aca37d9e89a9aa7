/** Every sample shows the level and the findings that it was made for, in mailbox, file and both languages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../lib/explain/plain-text.ts';
import { toReport } from '../../../lib/explain/report.ts';
import { bare, partsOf } from '../../../lib/explain/translate.ts';
import { allSamples } from '../../fixtures/sample-source/all.ts';
import { examineSample, reportOf, SAMPLES, translatorFor } from '../../kit/samples.ts';

/** Mail that Gmail did not take in: nothing in it is Gmail's word. */
const NOT_TAKEN_IN = ['18-own-sent', '25-imported'];

/** Gmail's seal is on it and proves no DMARC result of its one author. */
const SEALED_WITHOUT_RESULT = [
  '04-no-dmarc-record',
  '08-no-from-domain',
  '10-published-since', // no record at the time
  '12-two-authors',
];

describe.each(allSamples())('$name', ({ name, message, zone }) => {
  it('stands in its folder as it is made', () => {
    const file = (base: string) =>
      readFileSync(path.resolve(import.meta.dirname, '../../fixtures/samples', name, base), 'latin1');
    expect(file('message.eml') === message).toBe(true);
    expect(JSON.parse(file('zone.json'))).toEqual(zone);
  });
});

describe.each(SAMPLES.filter(({ name }) => !NOT_TAKEN_IN.includes(name)))('$name', (sample) => {
  it('bears a seal of Gmail that holds', async () => {
    const { arc } = (await examineSample(sample)).facts;
    const newest = arc?.sets.at(-1);
    expect(arc).toMatchObject({ result: 'pass', highest: sample.name === '19-sealed-list' ? 2 : 1 });
    expect(newest).toMatchObject({ domain: 'google.com', authservId: 'mx.google.com' });
    expect([newest?.seal.result, newest?.messageSignature.result]).toEqual(['pass', 'pass']);
  });
});

describe.each(SAMPLES)('$name', (sample) => {
  it('shows its level and its findings', async () => {
    const { level, findings } = await reportOf(sample, 'en');
    expect({ level, findings: findings.map(({ code }) => code) }).toEqual({
      level: sample.level,
      findings: sample.findings,
    });
  });

  it('decides nothing by its own receiver block when it is only a file', async () => {
    const report = await reportOf(sample, 'en', { id: 'detect', basis: 'file' });
    const sealed = SEALED_WITHOUT_RESULT.includes(sample.name) ? 'file' : 'sealed';
    expect(report.reported.basis).toBe(NOT_TAKEN_IN.includes(sample.name) ? null : sealed);
    expect(report.rule).not.toMatch(/^(?:reported|worked-out)/);
    expect(report.level).toBe(report.from.domain === null ? 'unknown' : report.checked.level);
  });

  it('points from every reason into the fields and answers of the report', async () => {
    const { explanation, fields, dns } = await reportOf(sample, 'en');
    for (const { because } of explanation.reasons) {
      for (const field of because.fields) expect(fields[field]?.name).toBeTypeOf('string');
      for (const answer of because.dns) expect(dns[answer]?.name).toBeTypeOf('string');
    }
  });

  it('names the receiver’s verdict at once, before any answer, and never takes it back', async () => {
    const levels: string[] = [];
    await examineSample(sample, undefined, ({ verdict }) =>
      levels.push(verdict.rule === 'pending' ? 'pending' : verdict.level),
    );
    const [first] = levels;
    const settled = levels.filter((level) => level !== 'pending');
    expect(new Set(settled).size).toBeLessThanOrEqual(1);
    // Where the receiver's word decides, it does so before anybody is asked.
    const decides = /^(?:reported|author)/.test((await examineSample(sample)).verdict.rule);
    expect(first).toBe(decides ? sample.level : 'pending');
  });

  it.each(['en', 'ja'] as const)('speaks %s without a missing word', async (language) => {
    const examination = await examineSample(sample);
    const t = translatorFor(language, bare);
    const report = toReport(
      examination,
      { via: 'file', bytes: sample.octets.length, instead: null },
      language,
      t,
    );
    const text = toPlainText(report, t);
    expect(text).not.toMatch(/undefined|null|\[object|NaN|\$[a-z]+\$|(?:finding|headline|detail)_/);
    expect(text).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
    );
    if (language === 'ja') expect(report.explanation.headline).toMatch(/[ぁ-ん]/);
  });

  it('sets values apart from words', async () => {
    const { explanation, from, findings } = await reportOf(sample, 'en');
    const values = partsOf(explanation.headline).filter(({ isValue }) => isValue);
    // Own mail is about no domain.
    const isOwn = findings.some(({ code }) => code === 'not-received');
    expect(values).toHaveLength(from.domain === null || isOwn ? 0 : 1);
  });
});
