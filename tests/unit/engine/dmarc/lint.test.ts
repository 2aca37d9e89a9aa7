import { describe, expect, it } from 'vitest';
import { type DmarcPlace, isDmarcAttempt, lintDmarc } from '../../../../lib/engine/dmarc/lint.ts';
import { parseDmarcRecord } from '../../../../lib/engine/dmarc/record.ts';
import { edited, editedBy } from '../../../../lib/engine/lint/lint.ts';
import { type Row, rows } from '../kit.ts';

const OWN: DmarcPlace = { purpose: 'policy', isOrganizational: true };
const RUA = 'rua=mailto:a@b.example';

/** Each remark as `code "the characters"`, those that are only told apart. */
function told(text: string, place = OWN): readonly string[] {
  return lintDmarc(text, place)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, start, end }) => `${code.slice('dmarc-'.length)} "${text.slice(start, end)}"`);
}

function mended(text: string): string | null {
  return editedBy(text, lintDmarc(text, OWN));
}

interface Fault extends Row {
  readonly text: string;
  readonly told: readonly string[];
  /** Absent where only the owner can know. */
  readonly mended?: string;
}

function holds(table: readonly Fault[]): void {
  it.each(rows(table))('%s', (_, { text, told: expected, mended: whole = null }) => {
    expect(told(text)).toEqual(expected);
    expect(mended(text)).toBe(whole);
    if (whole !== null) {
      expect(parseDmarcRecord(whole)).toMatchObject({ badValues: [] });
      expect(lintDmarc(whole, OWN).filter(({ edit }) => edit !== null)).toEqual([]);
    }
  });
}

describe('a record without a fault', () => {
  it.each([
    `v=DMARC1; p=reject; ${RUA}`,
    `v=DMARC1;p=quarantine;${RUA};`,
    `V = DMARC1 ;\tP = Reject ; ${RUA} ; `,
    `v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=r; fo=1:d:s; ${RUA}; ruf=mailto:c@d.example`,
    'v=DMARC1; p=reject; rua=mailto:a@b.example, mailto:o%27k+x@d.example?subject=report',
    "v=DMARC1; p=reject; rua=mailto:o'brien@b.example",
    'v=DMARC1; p=reject; sp=reject; psd=n; t=n; rua=MAILTO:a@B.example',
  ])('%s', (text) => {
    expect(lintDmarc(text, OWN)).toEqual([]);
  });
});

describe('the version (RFC 9989 §4.7)', () => {
  const mend = `v=DMARC1; p=reject; ${RUA}`;
  const misspelt = [
    'v=dmarc1',
    'v=DMARC',
    'DMARC1',
    'v=Dmarc1',
    'v=DMARC1,',
    'v=DMARC 1',
    'v:DMARC1',
    'v DMARC1',
  ];
  const more = ['v==DMARC1', 'v=DMARC1.', 'v=DMARC2', 'v=DMRAC1', 'version=DMARC1', 'v=DKMARC1', 'v-DMARC1'];
  it.each([...misspelt, ...more].map((one) => [one]))('misspelt: %s', (version) => {
    const text = `${version}; p=reject; ${RUA}`;
    expect(told(text)).toEqual([`version "${version}"`]);
    expect(mended(text)).toBe(mend);
  });

  holds([
    {
      why: 'missing',
      text: `p=reject; ${RUA}`,
      told: ['version-missing ""'],
      mended: mend,
    },
    {
      why: 'not first',
      text: `p=reject; v=DMARC1; ${RUA}`,
      told: ['version-missing ""', 'version-place "v=DMARC1"'],
      mended: mend,
    },
    {
      why: 'not first, and what is first is misspelt',
      text: `policy=reject; ${RUA}`,
      told: ['version-missing ""', 'misspelt-tag "policy"'],
      mended: mend,
    },
    { why: 'a blank before it', text: `  ${mend}`, told: ['start "  "'], mended: mend },
    { why: 'a semicolon before it', text: `; ${mend}`, told: ['start "; "'], mended: mend },
  ]);

  it('leaves an edit to a second look where two are about the first tag', () => {
    const text = `pct=100; p=reject; ${RUA}; v=DMARC1`;
    const once = mended(text);
    expect(once).toBe(`v=DMARC1; pct=100; p=reject; ${RUA}`);
    expect(mended(once ?? '')).toBe(mend);
  });

  it.each([
    ['an SPF record', 'v=spf1 include:_spf.b.example -all', false],
    ['a DKIM key', 'v=DKIM1; k=rsa; p=MIGf', false],
    ['a record of TLS reports', 'v=TLSRPTv1; rua=mailto:a@b.example', false],
    ['a token', 'google-site-verification=abc', false],
    ['an address', 'mailto:a@b.example', false],
    ['nothing', '', false],
    ['semicolons', ';;', false],
    ['a word', 'dmarc', true],
    ['a policy', 'p=none', true],
    ['an unknown version beside a policy', 'v=1; p=none', true],
  ])('tells %s from an attempt', (_, text, isAttempt) => {
    expect(isDmarcAttempt(text)).toBe(isAttempt);
    const [first] = lintDmarc(text, OWN);
    expect(first?.code === 'dmarc-no-record').toBe(!isAttempt);
  });
});

describe('characters that have no place', () => {
  const mend = `v=DMARC1; p=reject; ${RUA}`;
  holds([
    { why: 'smart quotes', text: `“${mend}”`, told: ['quotes "“"', 'quotes "”"'], mended: mend },
    { why: 'literal quotes', text: `"${mend}"`, told: ['quotes """', 'quotes """'], mended: mend },
    {
      why: 'quotes of a value',
      text: `v=DMARC1; p=“reject”; ${RUA}`,
      told: ['quotes "“"', 'quotes "”"'],
      mended: mend,
    },
    {
      why: 'single quotes',
      text: `v=DMARC1; p='reject'; ${RUA}`,
      told: [`quotes "'"`, `quotes "'"`],
      mended: mend,
    },
    {
      why: 'quotes of Windows-1252, which are no UTF-8',
      text: `\x93${mend}\x94`,
      told: ['quotes "\x93"', 'quotes "\x94"'],
      mended: mend,
    },
    {
      why: 'the seam of two strings, in a word',
      text: '"v=DMARC1; p=reject; rua=mailto:a@" "b.example"',
      told: ['quotes """', 'quotes "" ""', 'quotes """'],
      mended: mend,
    },
    {
      why: 'the seam of two strings, behind a semicolon',
      text: `"v=DMARC1;" "p=reject; ${RUA}"`,
      told: ['quotes """', 'quotes """', 'quotes """', 'quotes """'],
      mended: mend,
    },
    {
      why: 'backslashes of a panel',
      text: `v=DMARC1\\; p=reject\\; ${RUA}`,
      told: ['escape "\\"', 'escape "\\"'],
      mended: mend,
    },
    {
      why: 'a space that does not break',
      text: `v=DMARC1;\xA0p=reject; ${RUA}`,
      told: ['bad-character "\xA0"'],
      mended: mend,
    },
    {
      why: 'a character that nobody sees',
      text: `\uFEFF${mend}`,
      told: ['bad-character "\uFEFF"'],
      mended: mend,
    },
    {
      why: 'full-width letters, a run of which is one remark',
      text: `v=DMARC1；　ｐ＝reject; ${RUA}`,
      told: ['bad-character "；　ｐ＝"'],
      mended: mend,
    },
    {
      why: 'a letter that only its owner can replace',
      text: 'v=DMARC1; p=reject; rua=mailto:a@bücher.example',
      told: ['uri-bad "mailto:a@bücher.example"', 'bad-character "ü"'],
    },
    {
      why: 'a line end',
      text: `v=DMARC1;\r\np=reject; ${RUA}`,
      told: ['line-end "\r\n"'],
      mended: `v=DMARC1;  p=reject; ${RUA}`,
    },
    {
      why: 'a line end where a semicolon should be',
      text: `v=DMARC1\np=reject; ${RUA}`,
      told: ['separator "\n"', 'line-end "\n"'],
      mended: mend,
    },
  ]);

  it('names a character by its number', () => {
    expect(lintDmarc(`v=DMARC1;\u3000p=reject; ${RUA}`, OWN)[0]?.params).toEqual({ character: 'U+3000' });
  });
});

describe('separators and equals signs (§4.8)', () => {
  const mend = `v=DMARC1; p=none; ${RUA}`;
  holds([
    {
      why: 'spaces',
      text: `v=DMARC1 p=none ${RUA}`,
      told: ['separator " "', 'separator " "'],
      mended: mend,
    },
    { why: 'one of them', text: `v=DMARC1; p=none ${RUA}`, told: ['separator " "'], mended: mend },
    {
      why: 'commas',
      text: `v=DMARC1, p=none, ${RUA}`,
      told: ['separator ", "', 'separator ", "'],
      mended: mend,
    },
    {
      why: 'a comma without a space',
      text: `v=DMARC1,p=none;${RUA}`,
      told: ['separator ","'],
      mended: `v=DMARC1; p=none;${RUA}`,
    },
    {
      why: 'colons',
      text: `v=DMARC1: p=none:${RUA}`,
      told: ['separator ": "', 'separator ":"'],
      mended: mend,
    },
    { why: 'nothing', text: `v=DMARC1p=none${RUA}`, told: ['separator ""', 'separator ""'], mended: mend },
    {
      why: 'behind a list of addresses',
      text: `v=DMARC1; ${RUA}, p=none`,
      told: ['separator ", "'],
      mended: `v=DMARC1; ${RUA}; p=none`,
    },
    {
      why: 'a mailbox that reads like a tag is none',
      text: 'v=DMARC1; p=none; rua=mailto:p=x@b.example,mailto:t=y@b.example',
      told: [],
    },
    {
      why: 'a colon for the equals sign',
      text: `v=DMARC1; p:none; rua:mailto:a@b.example`,
      told: ['equals ":"', 'equals ":"'],
      mended: mend,
    },
    {
      why: 'both',
      text: `v=DMARC1 p:none ${RUA}`,
      told: ['separator " "', 'equals ":"', 'separator " "'],
      mended: mend,
    },
    { why: 'two equals signs', text: `v=DMARC1; p==none; ${RUA}`, told: ['equals "=="'], mended: mend },
    { why: 'no equals sign', text: `v=DMARC1; p none; ${RUA}`, told: ['equals " "'], mended: mend },
    {
      why: 'semicolons without a tag',
      text: `v=DMARC1;; ; p=none; ${RUA};;`,
      told: ['empty-tag "; ;"', 'empty-tag ";"'],
      mended: `v=DMARC1; p=none; ${RUA};`,
    },
  ]);
});

describe('tags (§4.7)', () => {
  holds([
    { why: 'a name alone', text: `v=DMARC1; p=none; ${RUA}; adkim`, told: ['not-a-tag "adkim"'] },
    { why: 'a value alone', text: `v=DMARC1; p=none; ${RUA}; oops`, told: ['not-a-tag "oops"'] },
    { why: 'a name that is none', text: `v=DMARC1; p=none; ${RUA}; x-1=y`, told: ['not-a-tag "x-1=y"'] },
    {
      why: 'a policy alone',
      text: `v=DMARC1; reject; ${RUA}`,
      told: ['bare-policy "reject"'],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    },
    {
      why: 'a policy alone beside p',
      text: `v=DMARC1; p=none; reject; ${RUA}`,
      told: ['not-a-tag "reject"'],
    },
    { why: 'unknown', text: `v=DMARC1; p=none; ${RUA}; xyz=foo`, told: ['unknown-tag "xyz"'] },
    {
      why: 'unknown, whatever it is called',
      text: `v=DMARC1; p=none; ${RUA}; constructor=1`,
      told: ['unknown-tag "constructor"'],
    },
    {
      why: 'a letter too many',
      text: 'v=DMARC1; p=none; ruas=mailto:a@b.example',
      told: ['misspelt-tag "ruas"'],
      mended: `v=DMARC1; p=none; ${RUA}`,
    },
    {
      why: 'letters swapped',
      text: 'v=DMARC1; p=none; rau=mailto:a@b.example',
      told: ['misspelt-tag "rau"'],
      mended: `v=DMARC1; p=none; ${RUA}`,
    },
    {
      why: 'a letter left out',
      text: `v=DMARC1; p=none; ${RUA}; adkm=s`,
      told: ['misspelt-tag "adkm"'],
      mended: `v=DMARC1; p=none; ${RUA}; adkim=s`,
    },
    {
      why: 'a sign in the name',
      text: `v=DMARC1; p=none; ${RUA}; adkim*=s`,
      told: ['misspelt-tag "adkim*"'],
      mended: `v=DMARC1; p=none; ${RUA}; adkim=s`,
    },
    {
      why: 'the value decides which tag is near',
      text: `v=DMARC1; p=none; ${RUA}; spf=s`,
      told: ['misspelt-tag "spf"'],
      mended: `v=DMARC1; p=none; ${RUA}; aspf=s`,
    },
    {
      why: 'a slip of what is there is none',
      text: `v=DMARC1; p=none; ${RUA}; ruas=mailto:c@d.example`,
      told: ['unknown-tag "ruas"'],
    },
    {
      why: 'two slips of one tag',
      text: `v=DMARC1; p=none; ${RUA}; adkm=s; adki=r`,
      told: ['misspelt-tag "adkm"', 'unknown-tag "adki"'],
      mended: `v=DMARC1; p=none; ${RUA}; adkim=s; adki=r`,
    },
    {
      why: 'twice, with another value',
      text: `v=DMARC1; p=reject; p=none; ${RUA}`,
      told: ['repeated-tag "p=none"'],
    },
    {
      why: 'twice, with the same',
      text: `v=DMARC1; p=reject; P=Reject; ${RUA}`,
      told: ['repeated-tag "P=Reject"'],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    },
    {
      why: 'two lists side by side',
      text: `v=DMARC1; p=none; ${RUA}; rua=mailto:c@d.example`,
      told: ['repeated-tag "rua=mailto:c@d.example"'],
      mended: `v=DMARC1; p=none; ${RUA},mailto:c@d.example`,
    },
    {
      why: 'two lists apart',
      text: `v=DMARC1; ${RUA}; p=none; rua=mailto:c@d.example`,
      told: ['repeated-tag "rua=mailto:c@d.example"'],
    },
  ]);
});

describe('policies (§4.10.1)', () => {
  holds([
    ...['qurantine', 'Quarentine', 'quarantine%', 'quarantined', 'qaurantine', 'quarantine.'].map(
      (value) => ({
        why: value,
        text: `v=DMARC1; p=${value}; ${RUA}`,
        told: [`policy-value "${value}"`],
        mended: `v=DMARC1; p=quarantine; ${RUA}`,
      }),
    ),
    ...['rejct', 'rejected', 'reject,', 'rejetc'].map((value) => ({
      why: value,
      text: `v=DMARC1; p=${value}; ${RUA}`,
      told: [`policy-value "${value}"`],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    })),
    ...['block', 'foo', 'no', 'monitor', 'none quarantine'].map((value) => ({
      why: value,
      text: `v=DMARC1; p=${value}; ${RUA}`,
      told: [`policy-value "${value}"`],
    })),
    { why: 'an empty one', text: `v=DMARC1; p=; ${RUA}`, told: ['policy-value "p="'] },
    {
      why: 'none, with a report address',
      text: `v=DMARC1; ${RUA}`,
      told: ['no-policy-reports ""'],
      mended: `v=DMARC1; p=none; ${RUA}`,
    },
    {
      why: 'none, and the next tag is to go',
      text: `v=DMARC1; ri=1; ${RUA}`,
      told: ['no-policy-reports ""'],
      mended: `v=DMARC1; p=none; ${RUA}`,
    },
    { why: 'none, without a report address', text: 'v=DMARC1; adkim=s', told: ['no-policy ""'] },
    {
      why: 'none, with a report address that is none',
      text: 'v=DMARC1; rua=nobody',
      told: ['no-policy ""', 'uri-bad "nobody"'],
    },
    {
      why: 'one by another name',
      text: `v=DMARC1; policy=reject; ${RUA}`,
      told: ['misspelt-tag "policy"'],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    },
    {
      why: 'weaker below',
      text: `v=DMARC1; p=reject; sp=none; np=quarantine; ${RUA}`,
      told: ['sp-weaker "sp=none"', 'sp-weaker "np=quarantine"'],
    },
  ]);

  it('are judged one by one', () => {
    expect(told(`v=DMARC1; p=reject; sp=nonee; np=invalid; ${RUA}`)).toEqual([
      'policy-value "nonee"',
      'policy-value "invalid"',
    ]);
  });
});

describe('other values', () => {
  holds([
    {
      why: 'a word for a letter',
      text: `v=DMARC1; p=none; ${RUA}; adkim=strict; aspf=Relaxed; t=no`,
      told: ['bad-value "strict"', 'bad-value "Relaxed"', 'bad-value "no"'],
      mended: `v=DMARC1; p=none; ${RUA}; adkim=s; aspf=r; t=n`,
    },
    {
      why: 'what only the owner knows',
      text: `v=DMARC1; p=none; ${RUA}; adkim=x; psd=x; t=x; aspf=`,
      told: ['bad-value "x"', 'bad-value "x"', 'bad-value "x"', 'bad-value "aspf="'],
    },
    {
      why: 'a test that would weaken the policy',
      text: `v=DMARC1; p=reject; ${RUA}; t=yes`,
      told: ['bad-value "yes"'],
    },
    {
      why: 'fo=0:1',
      text: `v=DMARC1; p=none; ${RUA}; ruf=mailto:a@b.example; fo=0:1`,
      told: ['failure-options "0:1"'],
      mended: `v=DMARC1; p=none; ${RUA}; ruf=mailto:a@b.example; fo=1`,
    },
    {
      why: 'fo with commas',
      text: `v=DMARC1; p=none; ${RUA}; ruf=mailto:a@b.example; fo=1,d,d`,
      told: ['failure-options "1,d,d"'],
      mended: `v=DMARC1; p=none; ${RUA}; ruf=mailto:a@b.example; fo=1:d`,
    },
    {
      why: 'fo with anything else',
      text: `v=DMARC1; p=none; ${RUA}; ruf=mailto:a@b.example; fo=x`,
      told: ['failure-options "x"'],
    },
    {
      why: 'a share of the mail',
      text: `v=DMARC1; p=reject; pct=50; ${RUA}`,
      told: ['obsolete-percentage "pct=50"'],
    },
    {
      why: 'no share of the mail',
      text: `v=DMARC1; p=none; sp=quarantine; pct=0; ${RUA}`,
      told: ['obsolete-percentage "pct=0"'],
    },
    {
      why: 'a share of nothing',
      text: `v=DMARC1; p=none; pct=50; ${RUA}`,
      told: [],
      mended: `v=DMARC1; p=none; ${RUA}`,
    },
    {
      why: 'what is history goes',
      text: `v=DMARC1; p=reject; pct=100; rf=afrf; ${RUA}; ri=86400`,
      told: [],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    },
    {
      why: 'also with a value that is none',
      text: `v=DMARC1; p=reject; pct=; ri=abc; ${RUA}`,
      told: [],
      mended: `v=DMARC1; p=reject; ${RUA}`,
    },
  ]);
});

describe('report addresses (§4.6)', () => {
  const record = (list: string): string => `v=DMARC1; p=none; rua=${list}`;
  const at = (list: string, expected: readonly string[], whole?: string): Fault => ({
    why: list,
    text: record(list),
    told: expected,
    ...(whole === undefined ? {} : { mended: record(whole) }),
  });
  holds([
    at('a@b.example', ['uri-no-mailto "a@b.example"'], 'mailto:a@b.example'),
    at('mailto=a@b.example', ['uri-no-mailto "mailto=a@b.example"'], 'mailto:a@b.example'),
    at(
      '__mailto:a@b.example,mailto:c@d.example',
      ['uri-no-mailto "__mailto:a@b.example"'],
      'mailto:a@b.example,mailto:c@d.example',
    ),
    at('maito:a@b.example', ['uri-no-mailto "maito:a@b.example"'], 'mailto:a@b.example'),
    at('mailto://a@b.example', ['uri-no-mailto "mailto://a@b.example"'], 'mailto:a@b.example'),
    at('mailto:mailto:a@b.example', ['uri-no-mailto "mailto:mailto:a@b.example"'], 'mailto:a@b.example'),
    at('email:a@b.example', ['uri-no-mailto "email:a@b.example"'], 'mailto:a@b.example'),
    at('mailto:<a@b.example>', ['uri-no-mailto "mailto:<a@b.example>"'], 'mailto:a@b.example'),
    at('<a@b.example>', ['uri-no-mailto "<a@b.example>"'], 'mailto:a@b.example'),
    at('mailto: a@b.example', ['uri-space " "'], 'mailto:a@b.example'),
    at('mailto:a@ b.example', ['uri-space " "'], 'mailto:a@b.example'),
    at(
      'mailto:a@b.example mailto:c@d.example',
      ['uri-separator " "'],
      'mailto:a@b.example,mailto:c@d.example',
    ),
    at(
      'mailto:a@b.example; mailto:c@d.example',
      ['uri-separator ";"'],
      'mailto:a@b.example, mailto:c@d.example',
    ),
    at(
      'a@b.example; c@d.example',
      ['uri-no-mailto "a@b.example"', 'uri-separator ";"', 'uri-no-mailto "c@d.example"'],
      'mailto:a@b.example, mailto:c@d.example',
    ),
    at('mailto:a@b.example,', ['uri-empty ","'], 'mailto:a@b.example'),
    at(',mailto:a@b.example', ['uri-empty ","'], 'mailto:a@b.example'),
    at('mailto:a@b.example,,mailto:c@d.example', ['uri-empty ","'], 'mailto:a@b.example,mailto:c@d.example'),
    at(',', ['uri-empty ","', 'uri-empty ","']),
    at('', ['uri-empty "rua="']),
    at('https://b.example/dmarc', ['uri-scheme "https://b.example/dmarc"']),
    at('mailto:b.example', ['uri-bad "mailto:b.example"']),
    at('mailto:a@b', ['uri-bad "mailto:a@b"']),
    at('mailto:a@-b.example', ['uri-bad "mailto:a@-b.example"']),
    at('mailto:a!b@c.example', ['uri-bad "mailto:a!b@c.example"']),
    at('nobody here', ['uri-bad "nobody here"']),
    at('mailto:a@b@c.example', ['uri-bad "mailto:a@b@c.example"']),
    at('mailto:a@b.example!10m', [], 'mailto:a@b.example'),
    at('a@b.example!10m', ['uri-no-mailto "a@b.example"'], 'mailto:a@b.example'),
  ]);

  it('end where the next tag begins', () => {
    const text = `v=DMARC1; p=none; ${RUA}; ruf:mailto:c@d.example`;
    expect(told(text)).toEqual(['equals ":"']);
    expect(mended(text)).toBe(`v=DMARC1; p=none; ${RUA}; ruf=mailto:c@d.example`);
  });

  it('are read in ruf as well', () => {
    expect(told(`v=DMARC1; p=none; ${RUA}; ruf=c@d.example`)).toEqual(['uri-no-mailto "c@d.example"']);
  });
});

describe('what is only told', () => {
  function notes(text: string, place = OWN): readonly string[] {
    return lintDmarc(text, place)
      .filter(({ severity }) => severity === 'info')
      .map(({ code, start, end }) => `${code.slice('dmarc-'.length)} "${text.slice(start, end)}"`);
  }
  it.each<[string, string, readonly string[]]>([
    ['monitoring', `v=DMARC1; p=none; ${RUA}`, ['p-none "p=none"']],
    ['no reports', 'v=DMARC1; p=reject', ['no-rua ""']],
    ['no reports yet', 'v=DMARC1; p=reject; ruas=mailto:a@b.example', []],
    ['a test', `v=DMARC1; p=reject; t=Y; ${RUA}`, ['testing "t=Y"']],
    ['a public suffix', `v=DMARC1; p=reject; psd=y; ${RUA}`, ['psd "psd=y"']],
    ['p is not the second tag', `v=DMARC1; sp=reject; p=reject; ${RUA}`, ['tag-order "p=reject"']],
    ['options without ruf', `v=DMARC1; p=reject; fo=1; ${RUA}`, ['options-unused "fo=1"']],
    [
      'many addresses',
      `v=DMARC1; p=reject; ${RUA},mailto:c@d.example, mailto:e@f.example`,
      ['many-uris "mailto:e@f.example"'],
    ],
    ['two addresses', `v=DMARC1; p=reject; ${RUA},mailto:c@d.example,`, []],
    [
      'what is history',
      `v=DMARC1; p=reject; pct=100; ${RUA}!5k`,
      ['obsolete-tag "pct=100"', 'obsolete-size "!5k"'],
    ],
    ['another text', 'hello', ['no-record "hello"']],
  ])('%s', (_, text, expected) => {
    expect(notes(text)).toEqual(expected);
  });

  it('sp and np say something at an organizational domain only', () => {
    const text = `v=DMARC1; p=reject; sp=none; np=none; ${RUA}`;
    const below = { purpose: 'policy', isOrganizational: false } as const;
    expect(notes(text, below)).toEqual(['sp-unused "sp=none"', 'sp-unused "np=none"']);
    expect(told(text, below)).toEqual([]);
    expect(told(text, { purpose: 'policy', isOrganizational: null })).toHaveLength(2);
  });

  it('a consent needs neither policy nor address (RFC 9990 §4)', () => {
    const consent = { purpose: 'report-consent', isOrganizational: null } as const;
    expect(lintDmarc('v=DMARC1', consent)).toEqual([]);
    expect(told('v=DMARC', consent)).toEqual(['version "v=DMARC"']);
  });
});

describe('edits', () => {
  it('of one place go together: what is taken out takes with it what is in it', () => {
    expect(mended(`v=DMARC1; p=reject; pct="100"; ${RUA}`)).toBe(`v=DMARC1; p=reject; ${RUA}`);
  });

  it('are offered by themselves only where they do no harm by themselves', () => {
    const text = `v=DMARC1; p=reject; adkim=r sp=reject; aspf=r sp=none; ${RUA}`;
    expect(mended(text)).toBe(`v=DMARC1; p=reject; adkim=r; sp=reject; aspf=r sp=none; ${RUA}`);
  });

  it.each([
    ['a separator that would bring a weaker policy to life', 'v=DMARC1; p=reject; adkim=r sp=none'],
    ['a name that would', 'v=DMARC1; p=reject; ps=none'],
    ['quotes that would', 'v=DMARC1; p=reject; "sp=none'],
    ['an equals sign that would', 'v=DMARC1; p=reject; t:y'],
  ])('are not offered for %s', (_, text) => {
    expect(mended(`${text}; ${RUA}`)).toBeNull();
    expect(told(`${text}; ${RUA}`)).not.toEqual([]);
  });

  it('are offered all the same where nothing is weakened', () => {
    expect(mended(`v=DMARC1; p=none; adkim=r sp=none; ${RUA}`)).toBe(
      `v=DMARC1; p=none; adkim=r; sp=none; ${RUA}`,
    );
  });

  it('mend one thing each', () => {
    const text = `v=DMARC1 p=qurantine; rua=a@b.example`;
    const each = lintDmarc(text, OWN).map(({ edit }) => edited(text, [edit]));
    expect(each).toEqual([
      'v=DMARC1; p=qurantine; rua=a@b.example',
      'v=DMARC1 p=quarantine; rua=a@b.example',
      'v=DMARC1 p=qurantine; rua=mailto:a@b.example',
    ]);
  });

  it('are bounded', () => {
    expect(lintDmarc(`v=DMARC1; p=none;${' x=1;'.repeat(1000)}`, OWN)).toHaveLength(64);
  });
});
