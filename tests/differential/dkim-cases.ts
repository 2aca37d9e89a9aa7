/** Generated messages with DKIM signatures: most of them good, some with one thing wrong. Text is binary strings. */
import fc from 'fast-check';
import { NOW } from '../fixtures/sample-source/sample.ts';
import type { Change, DkimCase, KeyRecordSpec, SignatureSpec } from './dkim-mail.ts';
import { type Form, type KeyName, type Layout, nameOf, PLAIN } from './signer.ts';

const word = fc.constantFrom(
  'one',
  'two  three',
  'a\tb',
  ' ',
  'gr\xc3\xbc\xc3\x9fe',
  '\xa0',
  'tail ',
  'x'.repeat(70),
  '.',
  ';b=1',
);
const breaks = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n\r\n', ' \r\n', '\t\r\n', '\r\n \r\n');

const body = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(fc.tuple(word, breaks), { minLength: 1, maxLength: 5 })
      .map((lines) => lines.flat().join('')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '\r\n',
      '\r\n\r\n\r\n',
      ' \r\n',
      ' ',
      'no line end',
      'no line end ',
      'a\rb\r\n',
      '\r',
      'a\r\n\r\n\r',
    ),
  },
);

const froms = fc.constantFrom(
  'From: Bank <statements@bank.example>',
  'FROM:statements@bank.example',
  'From: "A  B"\r\n\t<statements@bank.example> \t',
  'from : a@bank.example',
);
const others = fc.constantFrom(
  'To: reader@lakeside.example',
  'Subject: one\r\n  two \t three ',
  'Subject: ',
  'subject\t:x',
  'SUBJECT: gr\xc3\xbc\xc3\x9fe\xa0',
  'Date: Fri, 20 Nov 2026 08:04:12 +0100',
  'X-Null:',
  'X-Fold:\r\n a:b;c=d',
  'X-Fold: a\r\n \r\n b',
  'Received: from a.example\r\n\tby b.example',
  'Received: second',
  'List-Id: <club.example>',
);

const fields = fc
  .tuple(
    froms,
    fc.array(others, { maxLength: 6 }),
    fc.nat(),
    fc.oneof({ weight: 20, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: froms }),
  )
  .map(([from, rest, at, second]) => {
    const place = at % (rest.length + 1);
    return [...rest.slice(0, place), from, ...rest.slice(place), ...(second === null ? [] : [second])];
  });

const signedNames = fc
  .tuple(
    fc.constantFrom('From', 'from', 'FROM'),
    fc.array(
      fc.constantFrom(
        'From',
        'To',
        'Subject',
        'subject',
        'Date',
        'X-Null',
        'X-Fold',
        'Received',
        'List-Id',
        'Cc',
        'DKIM-Signature',
      ),
      { maxLength: 8 },
    ),
  )
  .map(([from, rest]) => [...rest, from]);

const layout: fc.Arbitrary<Layout> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(PLAIN) },
  {
    weight: 3,
    arbitrary: fc.record({
      separator: fc.constantFrom(';', '; ', ';\r\n\t', ' ;\r\n ', '\t; '),
      equals: fc.constantFrom('=', '=', ' = ', '=\r\n '),
      fold: fc.constantFrom('', '\r\n\t', ' ', '\r\n  '),
      last: fc.constantFrom('', ';', '; ', ' '),
    }),
  },
);

/** `x=` and `t=` around the moment of judging. */
const moments = ['-100', '-1', '0', '1', '100'].map((shift) => `${NOW + Number(shift)}`);

const defect: fc.Arbitrary<SignatureSpec['edits'][number]> = fc.oneof(
  fc.tuple(fc.constantFrom('v', 'a', 'd', 's', 'h', 'bh', 'c'), fc.constant(null)),
  fc.constantFrom(
    ['v', '2'] as const,
    ['v', '1.0'] as const,
    ['a', 'rsa-sha512'] as const,
    ['a', 'rsa-md5'] as const,
    ['c', 'relaxed/none'] as const,
    ['c', 'nowsp'] as const,
    ['q', 'dns'] as const,
    ['q', 'http/txt'] as const,
    ['t', 'yesterday'] as const,
    ['x', '-1'] as const,
    ['x', `${NOW}.5`] as const,
    ['l', '1k'] as const,
    ['d', ''] as const,
    ['d', 'bank'] as const,
    ['s', ''] as const,
    ['h', 'To:Subject'] as const,
    ['h', ''] as const,
    ['bh', 'AAAA'] as const,
    ['i', 'someone'] as const,
    ['i', '@other.example'] as const,
    ['i', '@notbank.example'] as const,
  ),
);

const harmless: fc.Arbitrary<SignatureSpec['edits'][number]> = fc.oneof(
  fc.tuple(fc.constantFrom('t', 'x'), fc.constantFrom(...moments)),
  fc.constantFrom(
    ['q', 'dns/txt'] as const,
    ['q', 'http:dns/txt'] as const,
    ['z', 'From:a|b=c'] as const,
    ['unknown', 'b=1'] as const,
    ['B', 'AAAA'] as const,
    ['r', 'y'] as const,
    ['i', 'a=40b@bank.example'] as const,
    ['i', '"a b"@mail.bank.example'] as const,
    ['i', '@MAIL.Bank.example'] as const,
  ),
);

const edits = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  { weight: 8, arbitrary: fc.array(harmless, { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.tuple(defect) },
);

const keyTags = fc.oneof(
  { weight: 10, arbitrary: fc.constant('v=DKIM1; k=%; ') },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      '',
      'k=%;',
      'v=DKIM1;k=%;h=sha256;',
      'h=sha1:sha256; k=%; ',
      's=email; k=%; ',
      's=other:*; k=%; ',
      'v=DKIM1; n=a=b; k=%; x=y; ',
      ' v = DKIM1 ; k = % ; ',
      't=s; k=%; ',
      'v=DKIM1; t=y; k=%;',
      't=y:s; k=%; ',
      'v=DKIM1; k=%; t=; ',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'v=DKIM2; k=%; ',
      'k=%; v=DKIM1; ',
      'v=dkim1; k=%; ',
      'k=dsa; ',
      'k=rsa; ',
      'k=ed25519; ',
      'h=sha1; k=%; ',
      's=other; k=%; ',
      'k=%; k=%; ',
      ';;k=%; ',
      'no tag; k=%; ',
    ),
  },
);

const record: fc.Arbitrary<KeyRecordSpec> = fc.record({
  kind: fc.oneof(
    { weight: 24, arbitrary: fc.constant('published' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'missing' as const,
        'empty' as const,
        'SERVFAIL' as const,
        'TIMEOUT' as const,
      ),
    },
  ),
  tags: keyTags,
  p: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('own' as const, 'bare' as const, 'spaced' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'another' as const,
        'revoked' as const,
        'garbage' as const,
        'not-base64' as const,
      ),
    },
  ),
  before: fc.oneof(
    { weight: 30, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constantFrom(['v=spf1 -all'], ['v=DKIM1; p=']) },
  ),
  after: fc.oneof(
    { weight: 20, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(['a stray record']) },
  ),
});

const domain = fc.oneof(
  { weight: 6, arbitrary: fc.constant(['bank.example', 'bank.example'] as const) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['Bank.EXAMPLE', 'bank.example'] as const,
      ['b\xc3\xbccher.example', 'xn--bcher-kva.example'] as const,
      ['mail.bank.example', 'mail.bank.example'] as const,
    ),
  },
);

const form = fc.constantFrom<Form>('simple', 'relaxed');

/** What `c=` may say for these forms. */
function writings([header, body]: readonly [Form, Form]): readonly (string | null)[] {
  const full = [`${header}/${body}`, `${header}/${body}`.toUpperCase()];
  const short = body === 'simple' ? [header] : [];
  return [...full, ...short, ...(header === 'simple' && body === 'simple' ? [null] : [])];
}

const key = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<KeyName>('rsa2048', 'rsa1024', 'rsa1024', 'ed25519', 'ed25519') },
  { weight: 1, arbitrary: fc.constantFrom<KeyName>('rsa512', 'rsa1023') },
);

const signature: fc.Arbitrary<SignatureSpec> = fc.tuple(form, form).chain((forms) =>
  fc.record({
    key,
    hash: fc.oneof(
      { weight: 20, arbitrary: fc.constant('sha256' as const) },
      { weight: 1, arbitrary: fc.constant('sha1' as const) },
    ),
    domain,
    forms: fc.constant(forms),
    writtenForms: fc.constantFrom(...writings(forms)),
    names: signedNames,
    colon: fc.constantFrom(':', ':', ' : ', ':\r\n\t'),
    unsignedTail: fc.oneof(
      { weight: 10, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constantFrom(0, 1, 3, 1000, -1) },
    ),
    edits,
    layout,
    early: fc.boolean(),
    record,
  }),
);

/** What may become of a message on its way. */
const CHANGES: readonly Change[] = [
  { name: 'a letter in the body', apply: (fields, body) => [fields, body.replace(/[a-z]/, 'Z')] },
  { name: 'a line in front of the body', apply: (fields, body) => [fields, `> quoted\r\n${body}`] },
  { name: 'a footer', apply: (fields, body) => [fields, `${body}-- list\r\n`] },
  { name: 'empty lines at the end', apply: (fields, body) => [fields, `${body}\r\n\r\n`] },
  { name: 'the last line end cut', apply: (fields, body) => [fields, body.replace(/\r\n$/, '')] },
  { name: 'spaces doubled in the body', apply: (fields, body) => [fields, body.replace(/ /g, '  ')] },
  { name: 'spaces at line ends', apply: (fields, body) => [fields, body.replace(/\r\n/g, ' \r\n')] },
  { name: 'another Subject', apply: inField('subject', (raw) => `${raw}!`) },
  { name: 'another From', apply: inField('from', (raw) => raw.replace('bank', 'bonk')) },
  { name: 'Subject folded anew', apply: inField('subject', (raw) => raw.replace(/:\s*/, ':\r\n\t')) },
  { name: 'From with more spaces', apply: inField('from', (raw) => `${raw.replace(':', ': ')} `) },
  { name: 'names in capitals', apply: inField('to', (raw) => raw.replace('To', 'TO')) },
  { name: 'a Received on top', apply: (fields, body) => [['Received: from list.example', ...fields], body] },
  { name: 'a Subject on top', apply: (fields, body) => [['Subject: added', ...fields], body] },
  { name: 'a From on top', apply: (fields, body) => [['From: added@other.example', ...fields], body] },
  { name: 'a Received below', apply: (fields, body) => [[...fields, 'Received: from below.example'], body] },
  {
    name: 'fields below the signatures in reverse',
    apply: (fields, body) => {
      const isSignature = (raw: string): boolean => nameOf(raw) === 'dkim-signature';
      const [signatures, rest] = [fields.filter(isSignature), fields.filter((raw) => !isSignature(raw))];
      return [[...signatures, ...rest.toReversed()], body];
    },
  },
  {
    name: 'no To',
    apply: (fields, body) => [fields.filter((raw) => nameOf(raw) !== 'to'), body],
  },
  { name: 'a digit in t=', apply: inField('dkim-signature', (raw) => raw.replace(/(t=.*)\d/, '$10')) },
];

function inField(name: string, edit: (raw: string) => string): Change['apply'] {
  return (fields, body) => [fields.map((raw) => (nameOf(raw) === name ? edit(raw) : raw)), body];
}

const change = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Change>({ name: 'nothing', apply: (fields, body) => [fields, body] }) },
  { weight: 4, arbitrary: fc.constantFrom(...CHANGES) },
);

export const dkimCases: fc.Arbitrary<DkimCase> = fc.record({
  fields,
  body,
  lineEnd: fc.oneof(
    { weight: 20, arbitrary: fc.constant('crlf' as const) },
    { weight: 2, arbitrary: fc.constant('lf' as const) },
    { weight: 1, arbitrary: fc.constant('mixed' as const) },
  ),
  signatures: fc.array(signature, { minLength: 1, maxLength: 3 }),
  change,
});
