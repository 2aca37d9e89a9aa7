import { describe, expect, it } from 'vitest';
import { parseAuthResults, propertyOf } from '../../../../lib/engine/authres/parse.ts';
import { rows } from '../kit.ts';
import { type Case, read } from './parse-kit.ts';

describe('what only looks like a result is none', () => {
  it.each(
    rows<Case & { warnings?: readonly string[] }>([
      {
        why: 'in a comment',
        value: 'a.example; spf=fail (; dmarc=pass header.from=b.example)',
        id: 'a.example',
        results: ['spf=fail (; dmarc=pass header.from=b.example)'],
      },
      {
        why: 'in a nested comment',
        value: 'a.example; spf=fail (x (y) ; dmarc=pass)',
        id: 'a.example',
        results: ['spf=fail (x (y) ; dmarc=pass)'],
      },
      {
        why: 'behind an escaped parenthesis',
        value: 'a.example; spf=fail (x \\) ; dmarc=pass)',
        id: 'a.example',
        results: ['spf=fail (x ) ; dmarc=pass)'],
      },
      {
        why: 'in a quoted string',
        value: 'a.example; spf=fail reason="; dmarc=pass"',
        id: 'a.example',
        results: ['spf=fail reason=; dmarc=pass'],
      },
      {
        why: 'behind an escaped quote',
        value: 'a.example; spf=fail reason="\\"; dmarc=pass"',
        id: 'a.example',
        results: ['spf=fail reason="; dmarc=pass'],
      },
      {
        why: 'in a comment before the id',
        value: '(b.example; dmarc=pass) a.example; none',
        id: 'a.example',
        results: [],
      },
      {
        why: 'in a comment that never closes',
        value: 'a.example; spf=fail (; dmarc=pass',
        id: 'a.example',
        results: ['spf=fail (; dmarc=pass)'],
        warnings: ['unclosed-comment'],
      },
      {
        why: 'in a quoted string that never closes',
        value: 'a.example; spf=fail reason="; dmarc=pass',
        id: 'a.example',
        results: ['spf=fail reason='],
        warnings: ['unclosed-quote'],
      },
      {
        why: 'in a segment of stray words',
        value: 'a.example; x y "z; dmarc=pass"; spf=fail',
        id: 'a.example',
        results: ['spf=fail'],
        warnings: ['stray-text'],
      },
    ]),
  )('%s', (_, { value, id, version = null, results, warnings = [] }) => {
    expect(read(value)).toEqual({ id, version, results, warnings });
  });
});

describe('the authserv-id (RFC 8601 §2.5)', () => {
  it.each(
    rows<Case & { warnings?: readonly string[] }>([
      { why: 'keeps its case', value: 'MX.Google.com; none', id: 'MX.Google.com', results: [] },
      {
        why: 'is a whole token',
        value: 'mx.google.com.evil.example; none',
        id: 'mx.google.com.evil.example',
        results: [],
      },
      {
        why: 'is told when it is quoted',
        value: '"mx.google.com"; none',
        id: 'mx.google.com',
        results: [],
        warnings: ['quoted-id'],
      },
      {
        why: 'may be a U-label (RFC 8616)',
        value: 'bücher.example; none',
        id: 'bücher.example',
        results: [],
      },
      { why: 'stands alone where nothing follows', value: 'a.example', id: 'a.example', results: [] },
      {
        why: 'is not taken from behind other words',
        value: 'evil.example mx.google.com x; spf=pass',
        id: 'evil.example',
        version: 'mx.google.com',
        results: ['spf=pass'],
        warnings: ['stray-text'],
      },
      {
        why: 'a quote that never closes is none',
        value: '"a.example; spf=pass',
        id: null,
        results: [],
        warnings: ['stray-text', 'unclosed-quote'],
      },
    ]),
  )('%s', (_, { value, id, version = null, results, warnings = [] }) => {
    expect(read(value)).toEqual({ id, version, results, warnings });
  });
});

it('does not decode an encoded word (RFC 2047): nothing in it passes', () => {
  const { results } = parseAuthResults('=?utf-8?Q?spf=3Dpass;dmarc=3Dpass?=');
  expect(results.map(({ method, result }) => `${method}=${result}`)).toEqual([
    '=?utf-8?q?spf',
    'dmarc=3dpass?',
  ]);
});

it('lower-cases methods, results and property names, never values', () => {
  expect(read('a.example; SPF=Pass SMTP.MailFrom=Bank.example').results).toEqual([
    'spf=pass smtp.mailfrom=Bank.example',
  ]);
});

it('takes the first of two properties with one name', () => {
  const [result] = parseAuthResults(
    'a.example; dmarc=pass header.from=a.example header.from=b.example',
  ).results;
  expect(propertyOf(result?.properties ?? [], 'header', 'from')).toBe('a.example');
});

it('reads at most two hundred results', () => {
  const { results, warnings } = parseAuthResults(`a.example${'; dkim=pass'.repeat(300)}`);
  expect(results).toHaveLength(200);
  expect(warnings).toEqual(['too-many-results']);
});
