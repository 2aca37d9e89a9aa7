/** The command line, word by word. */
import { describe, expect, it } from 'vitest';
import { languageOf, parseCommandLine, type Request } from '../../../lib/cli/arguments.ts';
import { bare } from '../../../lib/explain/translate.ts';
import { translatorFor } from '../../kit/samples.ts';

const PLAIN: Request = {
  file: 'mail.eml',
  zoneFile: null,
  resolver: null,
  now: null,
  receivers: [],
  trust: false,
  json: false,
};

describe('a command line', () => {
  it.each([
    { words: ['mail.eml'], want: {}, why: 'a file is enough' },
    { words: ['-'], want: { file: '-' }, why: 'a dash is standard input' },
    { words: ['--json', 'mail.eml'], want: { json: true }, why: 'options may stand before the file' },
    { words: ['mail.eml', '--json'], want: { json: true }, why: 'or behind it' },
    { words: ['mail.eml', '--dns', 'zone.json'], want: { zoneFile: 'zone.json' }, why: 'DNS out of a file' },
    {
      words: ['mail.eml', '--dns', '-x.json'],
      want: { zoneFile: '-x.json' },
      why: 'a value may begin with a dash',
    },
    {
      words: ['mail.eml', '--resolver', 'https://dns.example/q'],
      want: { resolver: 'https://dns.example/q' },
      why: 'a resolver of one’s own',
    },
    { words: ['mail.eml', '--now', '0'], want: { now: 0 }, why: 'the beginning of time is a time' },
    { words: ['mail.eml', '--now', '1795500000'], want: { now: 1_795_500_000 }, why: 'a time in seconds' },
    {
      words: ['mail.eml', '--receiver', 'mx.example.org'],
      want: { receivers: ['mx.example.org'] },
      why: 'a receiver by its authserv-id',
    },
    {
      words: ['mail.eml', '--receiver', 'gmail', '--trust'],
      want: { receivers: ['gmail'], trust: true },
      why: 'a mailbox of Gmail',
    },
    {
      words: ['mail.eml', '--receiver', 'gw.example.org 192.0.2.0/24 2001:db8::/32', '--receiver', 'gmail'],
      want: { receivers: ['gw.example.org 192.0.2.0/24 2001:db8::/32', 'gmail'] },
      why: 'a gateway with its addresses, and the mailbox behind it, in any order',
    },
    {
      words: [
        'mail.eml',
        '--receiver',
        'gw.example.org 192.0.2.7',
        '--receiver',
        '*.gw.example.net 192.0.2.9',
      ],
      want: { receivers: ['gw.example.org 192.0.2.7', '*.gw.example.net 192.0.2.9'] },
      why: 'several gateways before a mailbox that is detected',
    },
    { words: ['mail.eml', '--lang', 'ja'], want: {}, why: 'the language is read apart' },
    { words: ['mail.eml', '--now', '1', '--now', '2'], want: { now: 2 }, why: 'the last of two counts' },
  ])('$words: $why', ({ words, want }) => {
    expect(parseCommandLine(words)).toEqual({ kind: 'request', request: { ...PLAIN, ...want } });
  });

  it.each([
    { words: ['--domain', 'bank.example'], want: {}, why: 'a domain is enough' },
    { words: ['--domain', 'Bank.Example.'], want: {}, why: 'in any case, with the root’s dot' },
    {
      words: ['--domain', 'bücher.example'],
      want: { domain: 'xn--bcher-kva.example' },
      why: 'A-labels are what DNS holds',
    },
    { words: ['--domain', 'naomi@bank.example'], want: {}, why: 'an address has a domain' },
    {
      words: ['--selector', 's1', '--domain', 'bank.example', '--selector', 'S2.mail', '--selector', 's1'],
      want: { selectors: ['s1', 's2.mail'] },
      why: 'selectors in any place, each once',
    },
    {
      words: ['--domain', 'bank.example', '--dns', 'zone.json', '--json', '--lang', 'ja'],
      want: { zoneFile: 'zone.json', json: true },
      why: 'what a message takes as well',
    },
    {
      words: ['--domain', 'bank.example', '--resolver', 'https://dns.example/q'],
      want: { resolver: 'https://dns.example/q' },
      why: 'a resolver of one’s own',
    },
    { words: ['--domain', 'a.example', '--domain', 'bank.example'], want: {}, why: 'the last of two counts' },
  ])('for a domain, $words: $why', ({ words, want }) => {
    const plain = { domain: 'bank.example', selectors: [], zoneFile: null, resolver: null, json: false };
    expect(parseCommandLine(words)).toEqual({ kind: 'domain', request: { ...plain, ...want } });
  });

  it.each([
    { words: ['--help'], why: 'alone' },
    { words: ['mail.eml', '--help', '--json'], why: 'beside anything' },
    { words: ['a', 'b', '--help'], why: 'even where the rest is wrong' },
  ])('asks for help $why', ({ words }) => {
    expect(parseCommandLine(words)).toEqual({ kind: 'help' });
  });

  it.each([
    { words: [], says: 'Name exactly one file', why: 'no file' },
    { words: ['--json'], says: 'Name exactly one file', why: 'only options' },
    { words: ['a.eml', 'b.eml'], says: 'Name exactly one file', why: 'two files' },
    { words: ['-', '-'], says: 'Name exactly one file', why: 'standard input twice' },
    { words: ['a.eml', '-j'], says: 'Unknown option: -j', why: 'a short option' },
    { words: ['a.eml', '--Json'], says: 'Unknown option: --Json', why: 'another case' },
    { words: ['a.eml', '--lang=ja'], says: 'Unknown option: --lang=ja', why: 'a value with an equals sign' },
    { words: ['a.eml', '--'], says: 'Unknown option: --', why: 'two dashes' },
    {
      words: ['--\u001b[31m\u202e'],
      says: 'Unknown option: --<U+001B>[31m<U+202E>',
      why: 'an option that would act on the terminal',
    },
    {
      words: ['a.eml', '--lang', '\u001b[2J'],
      says: 'does not take “<U+001B>[2J”',
      why: 'a value that would',
    },
    ...['--dns', '--resolver', '--domain', '--selector', '--now', '--receiver', '--lang'].map((option) => ({
      words: ['a.eml', option],
      says: `The option ${option} needs a value.`,
      why: `${option} at the end`,
    })),
    ...['', 'en-US', 'EN', 'fr'].map((value) => ({
      words: ['a.eml', '--lang', value],
      says: 'The option --lang does not take',
      why: `the language “${value}”`,
    })),
    ...['', '-1', '1.5', '1e9', '2026-01-01', '1234567890123'].map((value) => ({
      words: ['a.eml', '--now', value],
      says: 'The option --now does not take',
      why: `the time “${value}”`,
    })),
    ...['', 'dns.example', 'http://dns.example/', 'file:///etc/passwd', 'https://'].map((value) => ({
      words: ['a.eml', '--resolver', value],
      says: 'The option --resolver does not take',
      why: `the resolver “${value}”`,
    })),
    ...[
      '',
      ' ',
      'a b',
      'a;b',
      'mx\n',
      'münchen',
      'gw.example.org 192.0.2',
      'gw.example.org 192.0.2.0/33',
      'gw 192.0.2.0/24',
      '192.0.2.0/24 gw.example.org',
      'a.example.org 192.0.2.1\nb.example.org 192.0.2.2',
    ].map((value) => ({
      words: ['a.eml', '--receiver', value],
      says: 'The option --receiver does not take',
      why: `the receiver “${value}”`,
    })),
    {
      words: ['a.eml', '--receiver', 'gw.example.org 192.0.2', '--receiver', 'gmail'],
      says: 'does not take “gw.example.org 192.0.2”',
      why: 'the first of two receivers, which is the one that is told',
    },
    { words: ['a.eml', '--trust'], says: '--receiver', why: 'trust in nobody' },
    {
      words: ['a.eml', '--trust', '--receiver', 'gw.example.org 192.0.2.0/24'],
      says: '--receiver',
      why: 'trust in a gateway alone: it is no mailbox',
    },
    ...[
      '',
      'bank',
      '.',
      'bank..example',
      '192.0.2.1',
      'a b.example',
      'https://bank.example/',
      `${'x'.repeat(64)}.example`,
      '\u202e.example',
    ].map((value) => ({
      words: ['--domain', value],
      says: 'is no domain name',
      why: `the domain “${value}”`,
    })),
    {
      words: ['--domain', '\u001b[2J'],
      says: '“<U+001B>[2J” is no domain name',
      why: 'a domain that would act on the terminal',
    },
    ...['', 's 1', 's..1', 'é', '.'].map((value) => ({
      words: ['--domain', 'bank.example', '--selector', value],
      says: 'is no selector',
      why: `the selector “${value}”`,
    })),
    {
      words: [
        '--domain',
        'bank.example',
        ...Array.from({ length: 11 }, (_, at) => ['--selector', `s${at}`]).flat(),
      ],
      says: 'At most 10 selectors',
      why: 'more selectors than are asked for',
    },
    { words: ['a.eml', '--domain', 'bank.example'], says: 'not both', why: 'a domain and a file' },
    { words: ['a.eml', '--selector', 's1'], says: 'needs --domain', why: 'a selector without a domain' },
    {
      words: ['--domain', 'bank.example', '--receiver', 'gmail', '--trust'],
      says: '--receiver is about a message',
      why: 'a receiver of a domain',
    },
    {
      words: ['--domain', 'bank.example', '--now', '1'],
      says: '--now is about a message',
      why: 'a time for a domain',
    },
    {
      words: ['--domain', 'bank.example', '--dns', 'z', '--resolver', 'https://dns.example/'],
      says: 'not both',
      why: 'two sources of DNS for a domain',
    },
    {
      words: ['a.eml', '--dns', 'z', '--resolver', 'https://dns.example/'],
      says: 'not both',
      why: 'two sources of DNS',
    },
  ])('is refused with a sentence: $why', ({ words, says }) => {
    const line = parseCommandLine(words);
    expect(line.kind).toBe('misuse');
    if (line.kind !== 'misuse') return;
    expect(line.say(translatorFor('en', bare))).toContain(says);
    expect(line.say(translatorFor('ja', bare))).toMatch(/[ぁ-ん]/);
  });
});

describe('the language', () => {
  it.each([
    { words: ['--lang', 'ja'], environment: 'en_US.UTF-8', want: 'ja', why: 'what was asked for counts' },
    { words: ['--lang', 'en'], environment: 'ja_JP.UTF-8', want: 'en', why: 'in either direction' },
    {
      words: ['--lang', 'fr'],
      environment: 'ja_JP.UTF-8',
      want: 'ja',
      why: 'a wrong one is told in the environment’s',
    },
    { words: ['--lang'], environment: undefined, want: 'en', why: 'a missing one too' },
    { words: ['a.eml'], environment: 'ja', want: 'ja', why: 'else the environment’s' },
    { words: ['a.eml'], environment: 'ja_JP.eucJP', want: 'ja', why: 'of any encoding' },
    { words: ['ja'], environment: 'C', want: 'en', why: 'a file is no language' },
    { words: [], environment: '', want: 'en', why: 'else English' },
  ])('of $words in “$environment” is $want: $why', ({ words, environment, want }) => {
    expect(languageOf(words, environment)).toBe(want);
  });
});
