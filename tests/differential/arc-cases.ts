/** Generated chains of ARC sets: most of them good, some with one thing wrong. Text is binary strings. */
import fc from 'fast-check';
import { NOW } from '../fixtures/sample-source/sample.ts';
import {
  bodyIn,
  digest,
  type Form,
  fieldIn,
  type KeyName,
  type Layout,
  PLAIN,
  publicKey,
  signedField,
  signedFields,
  type Tags,
} from './signer.ts';

/** What one hop does: perhaps it changes the message, then it seals. */
export interface Hop {
  readonly key: KeyName;
  readonly forms: readonly [Form, Form];
  /** Whether `c=` is written where it could be left out. */
  readonly statesForms: boolean;
  readonly names: readonly string[];
  readonly unsignedTail: number | null;
  readonly layout: Layout;
  readonly changes: 'nothing' | 'body' | 'subject';
  readonly messageEdits: Edits;
  readonly sealEdits: Edits;
  readonly results: string;
}

type Edits = readonly (readonly [tag: string, value: string | null])[];

export interface ArcCase {
  readonly hops: readonly Hop[];
  readonly flaw: Flaw;
  readonly keys:
    | 'published'
    | 'one missing'
    | 'one revoked'
    | 'one of another'
    | 'one unanswered'
    | 'for testing';
}

/** What becomes of the chain after the last hop. */
export type Flaw =
  | 'none'
  | 'body'
  | 'subject'
  | 'unsigned field'
  | 'results'
  | 'old message signature'
  | 'old seal'
  | 'field gone'
  | 'field twice'
  | 'set gone'
  | 'refolded';

const LETTER = [
  'Date: Fri, 20 Nov 2026 08:04:12 +0100',
  'From: Bank <statements@bank.example>',
  'To: naomi@lakeside.example',
  'Subject: Your  statement',
];

const FIELDS = ['ARC-Authentication-Results', 'ARC-Message-Signature', 'ARC-Seal'];

export interface Built {
  readonly text: string;
  readonly zone: Readonly<Record<string, unknown>>;
}

export function build({ hops, flaw, keys }: ArcCase): Built {
  let fields: readonly string[] = LETTER;
  let body = 'Dear reader,\r\n\r\nall  is well. \r\n';
  for (const [index, hop] of hops.entries()) {
    if (hop.changes === 'body') body += `-- hop ${index + 1}\r\n`;
    if (hop.changes === 'subject')
      fields = fields.map((raw) => raw.replace(/^Subject: /, 'Subject: [list] '));
    fields = [...setOf(index + 1, hop, fields, body).toReversed(), ...fields];
  }
  [fields, body] = spoil(flaw, fields, body);
  const text = `${fields.join('\r\n')}\r\n\r\n${body}`;
  const zone = Object.fromEntries(
    hops.map(({ key }, index) => [
      `s._domainkey.hop${index + 1}.example`,
      keyEntry(key, index, keys, hops.length),
    ]),
  );
  return { text, zone };
}

/** Results, message signature, seal (RFC 8617 §5.1). */
function setOf(
  instance: number,
  hop: Hop,
  fields: readonly string[],
  body: string,
): readonly [string, string, string] {
  const { key, forms, statesForms, names, unsignedTail, layout, messageEdits, sealEdits } = hop;
  const algorithm = key === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256';
  const signer = [
    ['i', `${instance}`],
    ['a', algorithm],
    ['d', `hop${instance}.example`],
    ['s', 's'],
  ] as const;
  const results = `ARC-Authentication-Results: i=${instance}; ${hop.results}`;
  const content = bodyIn(forms[1], body);
  const length = unsignedTail === null ? null : Math.max(0, content.length - unsignedTail);
  const isDefault = forms.join('/') === 'simple/simple' && !statesForms;
  const messageTags = edited(
    [
      ...signer,
      ['c', isDefault ? null : forms.join('/')],
      ['l', length === null ? null : `${length}`],
      ['h', names.join(':')],
      ['bh', digest('sha256', content.slice(0, length ?? content.length))],
      ['b', ''],
    ],
    messageEdits,
  );
  const signed = signedFields(fields, messageTags, forms[0]);
  const message = signedField('ARC-Message-Signature', messageTags, layout, forms[0], signed, key, 'sha256');
  const sealTags = edited([...signer, ['cv', instance === 1 ? 'none' : 'pass'], ['b', '']], sealEdits);
  const below = sealTags.some(([tag, value]) => tag === 'cv' && value === 'fail') ? [] : chainIn(fields);
  const sealed = [...below, results, message].map((raw) => fieldIn('relaxed', raw)).join('');
  return [results, message, signedField('ARC-Seal', sealTags, layout, 'relaxed', sealed, key, 'sha256')];
}

function edited(tags: Edits, edits: Edits): Tags {
  return [...new Map([...tags, ...edits])].flatMap(([tag, value]) =>
    value === null ? [] : [[tag, value] as const],
  );
}

/** The sets so far, from the first; they stand in the message from the last. */
function chainIn(fields: readonly string[]): readonly string[] {
  return fields.filter((raw) => raw.startsWith('ARC-')).toReversed();
}

function spoil(flaw: Flaw, fields: readonly string[], body: string): [readonly string[], string] {
  const at = (name: string, edit: (raw: string) => readonly string[]): readonly string[] => {
    const index = fields.findLastIndex((raw) => raw.startsWith(`${name}:`));
    return fields.flatMap((raw, place) => (place === index ? edit(raw) : [raw]));
  };
  switch (flaw) {
    case 'none':
      return [fields, body];
    case 'body':
      return [fields, body.replace('well', 'lost')];
    case 'subject':
      return [at('Subject', (raw) => [`${raw}!`]), body];
    case 'unsigned field':
      return [['X-Added: later', ...fields], body];
    case 'results':
      return [at('ARC-Authentication-Results', (raw) => [`${raw}; dmarc=pass`]), body];
    case 'old message signature':
      return [at('ARC-Message-Signature', (raw) => [raw.replace(/h=/, 'h=X:')]), body];
    case 'old seal':
      return [at('ARC-Seal', (raw) => [raw.replace(/b=(\s*)./, 'b=$1A')]), body];
    case 'field gone':
      return [at('ARC-Message-Signature', () => []), body];
    case 'field twice':
      return [at('ARC-Authentication-Results', (raw) => [raw, raw]), body];
    case 'set gone':
      return [fields.filter((raw) => !/^ARC-[\w-]+:\s*i\s*=\s*1\b/.test(raw)), body];
    case 'refolded':
      return [
        fields.map((raw) =>
          FIELDS.some((name) => raw.startsWith(name)) ? raw.replace(/; /, ';\r\n\t') : raw,
        ),
        body,
      ];
  }
}

function keyEntry(key: KeyName, index: number, keys: ArcCase['keys'], count: number): unknown {
  const text = (p: string, tags = 'v=DKIM1;'): string =>
    `${tags} k=${key === 'ed25519' ? 'ed25519' : 'rsa'}; p=${p}`;
  const isMeant = index === Math.floor(count / 2);
  if (!isMeant || keys === 'published') return text(publicKey(key));
  switch (keys) {
    case 'one missing':
      return {};
    case 'one revoked':
      return text('');
    case 'one of another':
      return text(publicKey(key === 'rsa1024' ? 'other2048' : 'rsa1024'), 'v=DKIM1; n=another;');
    case 'one unanswered':
      return { RCODE: 'SERVFAIL' };
    case 'for testing':
      return text(publicKey(key), 'v=DKIM1; t=y;');
  }
}

const form = fc.constantFrom<Form>('relaxed', 'relaxed', 'simple');

const layout: fc.Arbitrary<Layout> = fc.oneof(
  fc.constant(PLAIN),
  fc.record({
    separator: fc.constantFrom(';', '; ', ';\r\n\t', ' ; '),
    equals: fc.constantFrom('=', '=', ' = '),
    fold: fc.constantFrom('', '\r\n\t', ' '),
    last: fc.constantFrom('', ';'),
  }),
);

const messageEdits = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(['t', `${NOW}`], ['x', `${NOW + 100}`], ['q', 'dns/txt'], ['unknown', 'b=1'])
      .map(([tag = '', value = '']) => [[tag, value] as const]),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.tuple(fc.constantFrom('a', 'd', 's', 'h', 'bh'), fc.constant(null)),
        fc.constantFrom(
          ['i', '0'] as const,
          ['i', '51'] as const,
          ['a', 'rsa-sha1'] as const,
          ['h', 'From:ARC-Seal'] as const,
          ['h', 'From:ARC-Seal'] as const,
          ['h', 'ARC-Seal : From'] as const,
          ['h', 'From:arc-seal:To'] as const,
          ['h', 'To:Subject'] as const,
          ['c', 'nowsp'] as const,
          ['t', 'now'] as const,
          ['x', `${NOW - 5}`] as const,
          ['l', '1k'] as const,
          ['bh', 'AAAA'] as const,
          ['v', '1'] as const,
        ),
      )
      .map((edit) => [edit]),
  },
);

const sealEdits = fc.oneof(
  { weight: 10, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(['t', `${NOW}`], ['unknown', 'h=1'], ['cv', 'PASS'])
      .map(([tag = '', value = '']) => [[tag, value] as const]),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.tuple(fc.constantFrom('a', 'd', 's', 'cv', 'i'), fc.constant(null)),
        fc.constantFrom(
          ['cv', 'fail'] as const,
          ['cv', 'none'] as const,
          ['cv', 'unknown'] as const,
          ['h', 'From'] as const,
          ['bh', 'AAAA'] as const,
          ['a', 'rsa-sha1'] as const,
          ['i', '7'] as const,
          ['i', '1'] as const,
          ['t', 'now'] as const,
          ['c', 'simple/simple'] as const,
        ),
      )
      .map((edit) => [edit]),
  },
);

const hop: fc.Arbitrary<Hop> = fc.record({
  key: fc.oneof(
    { weight: 14, arbitrary: fc.constantFrom<KeyName>('rsa1024', 'rsa1024', 'rsa2048', 'ed25519') },
    { weight: 1, arbitrary: fc.constantFrom<KeyName>('rsa512', 'rsa1023') },
  ),
  forms: fc.tuple(form, form),
  statesForms: fc.boolean(),
  names: fc
    .tuple(
      fc.oneof({ weight: 15, arbitrary: fc.constant(['From']) }, { weight: 1, arbitrary: fc.constant([]) }),
      fc.array(
        fc.constantFrom(
          'To',
          'Subject',
          'Date',
          'From',
          'Cc',
          'ARC-Authentication-Results',
          'DKIM-Signature',
        ),
        { maxLength: 5 },
      ),
    )
    .map((names) => names.flat()),
  unsignedTail: fc.oneof(
    { weight: 12, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(0, 2, 1000, -1) },
  ),
  layout,
  changes: fc.oneof(
    { weight: 3, arbitrary: fc.constant('nothing' as const) },
    { weight: 1, arbitrary: fc.constantFrom('body' as const, 'subject' as const) },
  ),
  messageEdits,
  sealEdits,
  results: fc.constantFrom(
    'mx.example; none',
    'mx.example; spf=pass smtp.mailfrom=bank.example;\r\n dkim=pass header.d=bank.example',
    'mx.example (a; comment); dmarc=fail (p=none) header.from=bank.example',
  ),
});

export const arcCases: fc.Arbitrary<ArcCase> = fc.record({
  hops: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 20, arbitrary: fc.array(hop, { minLength: 1, maxLength: 4 }) },
  ),
  flaw: fc.oneof(
    { weight: 12, arbitrary: fc.constant<Flaw>('none') },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Flaw>(
        'body',
        'subject',
        'unsigned field',
        'results',
        'old message signature',
        'old seal',
        'field gone',
        'field twice',
        'set gone',
        'refolded',
      ),
    },
  ),
  keys: fc.oneof(
    { weight: 10, arbitrary: fc.constant('published' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'one missing' as const,
        'one revoked' as const,
        'one of another' as const,
        'one unanswered' as const,
        'for testing' as const,
      ),
    },
  ),
});
