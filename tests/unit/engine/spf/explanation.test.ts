import { describe, expect, it } from 'vitest';
import type { SpfTask } from '../../../../lib/engine/spf/trace.ts';
import { type Row, rows } from '../kit.ts';
import { checked, lines, type Records } from './spf-kit.ts';

const WHY = { 'why.example': 'Not from %{c}.' };
const SAID = 'Not from 192.0.2.25.';

describe('what the domain says of a fail (RFC 7208 §6.2)', () => {
  it.each(
    rows<Row & { zone: Records; task?: Partial<SpfTask>; says: string | null }>([
      {
        why: 'its text, expanded',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', ...WHY },
        says: SAID,
      },
      {
        why: 'before the mechanisms too',
        zone: { 'bank.example': 'v=spf1 exp=why.example -all', ...WHY },
        says: SAID,
      },
      {
        why: 'not of a softfail',
        zone: { 'bank.example': 'v=spf1 ~all exp=why.example', ...WHY },
        says: null,
      },
      { why: 'without exp', zone: { 'bank.example': 'v=spf1 -all', ...WHY }, says: null },
      { why: 'no such name', zone: { 'bank.example': 'v=spf1 -all exp=gone.example' }, says: null },
      {
        why: 'no answer',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': { RCODE: 'TIMEOUT' } },
        says: null,
      },
      {
        why: 'two records',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': { TXT: ['a', 'b'] } },
        says: null,
      },
      {
        why: 'strings are joined',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': { TXT: [['a ', 'b']] } },
        says: 'a b',
      },
      {
        why: 'a broken macro in the text',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': 'The %{x}-files' },
        says: null,
      },
      {
        why: 'a text beyond US-ASCII',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': '\xef' },
        says: null,
      },
      {
        why: 'a name that DNS cannot hold',
        zone: { 'bank.example': 'v=spf1 -all exp=a..example' },
        says: null,
      },
      {
        why: 'the record that redirect leads to speaks',
        zone: {
          'bank.example': 'v=spf1 redirect=o.example exp=gone.example',
          'o.example': 'v=spf1 -all exp=why.example',
          ...WHY,
        },
        says: SAID,
      },
      {
        why: 'the one that redirects is silent',
        zone: {
          'bank.example': 'v=spf1 redirect=o.example exp=why.example',
          'o.example': 'v=spf1 -all',
          ...WHY,
        },
        says: null,
      },
      {
        why: 'an included one is silent, the including one speaks',
        zone: {
          'bank.example': 'v=spf1 -include:o.example exp=why.example',
          'o.example': 'v=spf1 +all exp=gone.example',
          ...WHY,
        },
        says: SAID,
      },
      {
        why: 'an included fail has no words, and matches nothing',
        zone: {
          'bank.example': 'v=spf1 include:o.example ~all',
          'o.example': 'v=spf1 -all exp=why.example',
          ...WHY,
        },
        says: null,
      },
      {
        why: 'not of a result that may be another',
        zone: {
          'bank.example': 'v=spf1 exists:%{l}.x.example redirect=o.example',
          'o.example': 'v=spf1 -all exp=why.example',
          ...WHY,
        },
        task: { mayReveal: false },
        says: null,
      },
      {
        why: 'a HELO name beyond what SMTP has is not repeated',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': '<%{h}>' },
        task: { helo: 'h'.repeat(300) },
        says: '<>',
      },
      {
        why: 'the local part may stand in the text, which is asked of nobody',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': '%{S} %{r} %{t}' },
        task: { mayReveal: false },
        says: 'jane%40bank.example mx.receiver.example 1795158256',
      },
      {
        why: 'not one that is not known',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': 'Who is %{l}?' },
        task: { mailFrom: 'bank.example' },
        says: null,
      },
      {
        why: 'not one beyond US-ASCII',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': 'Who is %{l}?' },
        task: { mailFrom: 'jané@bank.example' },
        says: null,
      },
      {
        why: 'the client by its confirmed name',
        zone: {
          'bank.example': 'v=spf1 -all exp=why.example',
          'why.example': 'Not from %{p}.',
          '25.2.0.192.in-addr.arpa': { PTR: ['Host.example.'] },
          'host.example': { A: ['192.0.2.25'] },
        },
        says: 'Not from host.example.',
      },
      {
        why: 'an IPv6 client',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', 'why.example': '%{c} %{v} %{i}' },
        task: { ip: '2001:DB8:0::25' },
        says: '2001:db8::25 ip6 2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.5',
      },
    ]),
  )('%s', async (_, { zone, task, says }) => {
    expect((await checked(zone, task)).check.explanation).toBe(says);
  });

  it.each([
    ['of an included record', 'v=spf1 include:o.example ~all', 'v=spf1 -all exp=why.example'],
    ['of a record behind an included one', 'v=spf1 include:o.example ~all', 'v=spf1 redirect=p.example'],
  ])('is not asked for %s', async (_, record, included) => {
    const zone = {
      'bank.example': record,
      'o.example': included,
      'p.example': 'v=spf1 -all exp=why.example',
      ...WHY,
    };
    const { check, asked } = await checked(zone);
    expect(check.result).toBe('softfail');
    expect(asked).not.toContain('why.example TXT');
  });

  it.each(
    rows<Row & { zone: Records; exp: string; task?: Partial<SpfTask> }>([
      {
        why: 'followed',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example', ...WHY },
        exp: 'followed exp=why.example (why.example)',
      },
      {
        why: 'without a usable text',
        zone: { 'bank.example': 'v=spf1 -all exp=why.example' },
        exp: 'ignored exp=why.example (why.example)',
      },
      {
        why: 'not needed',
        zone: { 'bank.example': 'v=spf1 ?all exp=why.example' },
        exp: 'not-reached exp=why.example',
      },
      {
        why: 'a name made from the local part is not asked without consent',
        zone: { 'bank.example': 'v=spf1 -all exp=%{l}.example', 'jane.example': 'x' },
        task: { mayReveal: false },
        exp: 'withheld exp=%{l}.example',
      },
    ]),
  )('the trace of exp: %s', async (_, { zone, exp, task }) => {
    const { check, asked } = await checked(zone, task);
    expect(lines(check.trace).at(-1)).toBe(exp);
    expect(asked).not.toContain('jane.example TXT');
  });
});
