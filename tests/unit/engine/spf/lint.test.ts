import { describe, expect, it } from 'vitest';
import { isSpfAttempt, lintSpf } from '../../../../lib/engine/spf/lint.ts';
import { type Row, rows } from '../kit.ts';
import { corrected, lines } from './lint-kit.ts';

interface Case extends Row {
  readonly text: string;
  /** Every remark: severity, code and the very characters. */
  readonly found: readonly string[];
  /** The record with all edits made; null where nothing can be mended. */
  readonly mended: string | null;
}

function each(table: readonly Case[]): void {
  it.each(rows(table))('%s', (_, { text, found, mended }) => {
    expect(lines(text)).toEqual(found);
    expect(corrected(text)).toBe(mended);
  });
}

describe('a good record', () => {
  it.each([
    'v=spf1 include:_spf.google.com ~all',
    'v=spf1 include:spf.protection.outlook.com -all',
    'v=spf1 -all',
    'V=SPF1 IP4:192.0.2.1 -ALL',
    'v=spf1  mx   -all  ',
    'v=spf1 redirect=_spf.bank.example',
    'v=spf1 +mx/24//64 a:mail.bank.example. ip6:2001:db8::/32 exists:%{ir}.%{v}.%{l1r-}._spf.%{d} ~all',
    'v=spf1 include:%{d2}._spf.bank.example ?include:other.example -all exp=why.%{d}',
    'v=spf1 exists:%{l}=sender._spf.%{d} -all',
    'v=spf1 a:a.bank.example a:b.bank.example -ip4:0.0.0.0/0 -all',
  ])('has no remark: %s', (text) => {
    expect(lines(text)).toEqual([]);
    expect(isSpfAttempt(text)).toBe(true);
  });
});

describe('the version (§4.5)', () => {
  each([
    {
      why: 'missing',
      text: 'include:a.example ~all',
      found: ['error spf-version-missing ""'],
      mended: 'v=spf1 include:a.example ~all',
    },
    {
      why: 'behind terms',
      text: 'mx v=spf1 -all',
      found: ['error spf-version-misplaced "v=spf1"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'behind a space',
      text: ' v=spf1 mx -all',
      found: ['error spf-space " "'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'without v=',
      text: 'spf1 mx -all',
      found: ['error spf-version-misspelt "spf1"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'without a number',
      text: 'v=spf mx -all',
      found: ['error spf-version-misspelt "v=spf"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'another number',
      text: 'v=spf2 mx -all',
      found: ['error spf-version-misspelt "v=spf2"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'one digit too many',
      text: 'v=spf10 -all',
      found: ['error spf-version-misspelt "v=spf10"'],
      mended: 'v=spf1 -all',
    },
    {
      why: 'letters in the wrong order',
      text: 'v=sfp1 -all',
      found: ['error spf-version-misspelt "v=sfp1"'],
      mended: 'v=spf1 -all',
    },
    {
      why: 'spaces around the sign',
      text: 'v = spf1 -all',
      found: ['error spf-version-misspelt "v = spf1"'],
      mended: 'v=spf1 -all',
    },
    {
      why: 'a semicolon behind it',
      text: 'v=spf1; mx -all',
      found: ['error spf-version-misspelt "v=spf1;"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'a semicolon for the space',
      text: 'v=spf1;mx -all',
      found: ['error spf-version-misspelt "v=spf1;"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'no space behind it',
      text: 'v=spf1include:a.example -all',
      found: ['error spf-space-missing ""'],
      mended: 'v=spf1 include:a.example -all',
    },
    {
      why: 'with letters that mean nothing',
      text: 'v=spf1foo -all',
      found: ['error spf-version-misspelt "v=spf1foo"'],
      mended: null,
    },
    {
      why: 'a second time',
      text: 'v=spf1 mx v=spf1 a -all',
      found: ['warn spf-version-again "v=spf1"'],
      mended: 'v=spf1 mx a -all',
    },
    {
      why: 'a second time, behind the end of the first record',
      text: 'v=spf1 mx -all v=spf1 a -all',
      found: ['warn spf-version-again "v=spf1"', 'warn spf-after-all "a"', 'warn spf-after-all "-all"'],
      mended: null,
    },
    {
      why: 'of Sender ID',
      text: 'spf2.0/mfrom,pra mx -all',
      found: ['info spf-sender-id "spf2.0/mfrom,pra"'],
      mended: null,
    },
  ]);

  it.each([
    'google-site-verification=abc',
    'v=DMARC1; p=none',
    'v=STSv1; id=1',
    'v=TLSRPTv1; rua=mailto:a@b.example',
    'v=BIMI1; l=',
    'v=DKIM1; p=',
    'v=verifydomain MS=1',
    'SPF note for administrators',
    'MS=ms12345678',
    '',
  ])('is not looked for in another record: %j', (text) => {
    expect(isSpfAttempt(text)).toBe(false);
    expect(lines(text)).toEqual(['error spf-version-missing ""']);
    expect(corrected(text)).toBeNull();
  });
});

describe('characters', () => {
  each([
    {
      why: 'quotes around the record',
      text: '"v=spf1 mx -all"',
      found: ['error spf-quotes """', 'error spf-quotes """'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'smart quotes',
      text: '“v=spf1 mx -all”',
      found: ['error spf-quotes "“"', 'error spf-quotes "”"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'pieces as zone files have them',
      text: 'v=spf1 ip4:192.0.2.1 " "mx -all',
      found: ['error spf-quotes "" ""'],
      mended: 'v=spf1 ip4:192.0.2.1 mx -all',
    },
    {
      why: 'pieces without a space between them',
      text: 'v=spf1 ip4:192.0.2.1" "2 -all',
      found: ['error spf-quotes "" ""', 'error spf-malformed-term "2"'],
      mended: null,
    },
    {
      why: 'quotes around a name',
      text: 'v=spf1 include:"a.example" -all',
      found: ['error spf-quotes """', 'error spf-quotes """'],
      mended: 'v=spf1 include:a.example -all',
    },
    {
      why: 'a dash of a word processor',
      text: 'v=spf1 mx –all',
      found: ['error spf-bad-character "–"'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'a wide colon',
      text: 'v=spf1 ip4：192.0.2.1 -all',
      found: ['error spf-bad-character "："'],
      mended: 'v=spf1 ip4:192.0.2.1 -all',
    },
    {
      why: 'one that cannot be seen',
      text: 'v=spf1 include:a.\u200bexample -all',
      found: ['error spf-bad-character "\u200b"'],
      mended: 'v=spf1 include:a.example -all',
    },
    {
      why: 'a byte order mark',
      text: '\ufeffv=spf1 -all',
      found: ['error spf-bad-character "\ufeff"'],
      mended: 'v=spf1 -all',
    },
    {
      why: 'one that nobody can mend',
      text: 'v=spf1 a☺ -all',
      found: ['error spf-bad-character "☺"'],
      mended: null,
    },
    {
      why: 'letters of a name as it is read',
      text: 'v=spf1 include:bücher.example -all',
      found: ['error spf-international "ü"'],
      mended: null,
    },
    {
      why: 'tabs',
      text: 'v=spf1\tmx\u00a0-all\n',
      found: ['error spf-blank "\t"', 'error spf-blank "\u00a0"', 'error spf-blank "\n"'],
      mended: 'v=spf1 mx -all',
    },
  ]);
});

describe('spaces and separators (§4.6.1)', () => {
  each([
    {
      why: 'a space behind the colon',
      text: 'v=spf1 include: a.example -all',
      found: ['error spf-space " "'],
      mended: 'v=spf1 include:a.example -all',
    },
    {
      why: 'spaces around the sign of a modifier',
      text: 'v=spf1 redirect  =  a.example',
      found: ['error spf-space "  "', 'error spf-space "  "'],
      mended: 'v=spf1 redirect=a.example',
    },
    {
      why: 'a space behind the qualifier does not make +all',
      text: 'v=spf1 mx - all',
      found: ['error spf-space " "'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'a space before the slash',
      text: 'v=spf1 ip4:192.0.2.0 /24 -all',
      found: ['error spf-space " "'],
      mended: 'v=spf1 ip4:192.0.2.0/24 -all',
    },
    {
      why: 'none before all, behind an address',
      text: 'v=spf1 ip4:192.0.2.1~all',
      found: ['error spf-space-missing ""'],
      mended: 'v=spf1 ip4:192.0.2.1 ~all',
    },
    {
      why: 'none before all, where a name takes it in',
      text: 'v=spf1 include:a.example-all',
      found: ['error spf-space-missing ""'],
      mended: 'v=spf1 include:a.example -all',
    },
    {
      why: 'commas and semicolons behind terms',
      text: 'v=spf1 mx, a; -all;',
      found: ['error spf-separator ","', 'error spf-separator ";"', 'error spf-separator ";"'],
      mended: 'v=spf1 mx a -all',
    },
    {
      why: 'one between spaces',
      text: 'v=spf1 mx , -all',
      found: ['error spf-separator ","'],
      mended: 'v=spf1 mx -all',
    },
    {
      why: 'in place of spaces',
      text: 'v=spf1 mx,ip4:192.0.2.1;-all',
      found: ['error spf-separator ","', 'error spf-separator ";"'],
      mended: 'v=spf1 mx ip4:192.0.2.1 -all',
    },
    {
      why: 'a list of addresses',
      text: 'v=spf1 ip4:192.0.2.1,192.0.2.2 -all',
      found: ['error spf-separator ","'],
      mended: 'v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all',
    },
    {
      why: 'a list of names, which is a name to the standard',
      text: 'v=spf1 include:a.example,b.example -all',
      found: ['error spf-separator ","'],
      mended: 'v=spf1 include:a.example include:b.example -all',
    },
    {
      why: 'an equals sign behind a mechanism',
      text: 'v=spf1 include=a.example -ip4=192.0.2.1 -all',
      found: ['error spf-colon "="', 'error spf-colon "="'],
      mended: 'v=spf1 include:a.example -ip4:192.0.2.1 -all',
    },
    {
      why: 'a colon behind a modifier',
      text: 'v=spf1 redirect:a.example',
      found: ['error spf-equals ":"'],
      mended: 'v=spf1 redirect=a.example',
    },
    {
      why: 'a qualifier before a modifier',
      text: 'v=spf1 -redirect=a.example',
      found: ['error spf-qualified-modifier "-"'],
      mended: 'v=spf1 redirect=a.example',
    },
  ]);
});

describe('names of terms', () => {
  each([
    {
      why: 'misspelt',
      text: 'v=spf1 ipv4:192.0.2.1 ip:2001:db8::1 includ:a.example inlcude:b.example exist:c.example -al',
      found: [
        'error spf-misspelt "ipv4"',
        'error spf-misspelt "ip"',
        'error spf-misspelt "includ"',
        'error spf-misspelt "inlcude"',
        'error spf-misspelt "exist"',
        'error spf-misspelt "al"',
      ],
      mended:
        'v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 include:a.example include:b.example exists:c.example -all',
    },
    {
      why: 'misspelt, and with the other sign',
      text: 'v=spf1 includ=a.example redirct=b.example',
      found: ['error spf-misspelt "includ="', 'error spf-misspelt "redirct"'],
      mended: 'v=spf1 include:a.example redirect=b.example',
    },
    {
      why: 'unknown',
      text: 'v=spf1 foo:a.example -all',
      found: ['error spf-unknown-mechanism "foo"'],
      mended: null,
    },
    {
      why: 'unknown, with an equals sign: ignored',
      text: 'v=spf1 -all MS=83859DAEBD',
      found: ['info spf-unknown-modifier "MS=83859DAEBD"'],
      mended: null,
    },
    {
      why: 'none before a host',
      text: 'v=spf1 mail.a.example _spf.a.example -all',
      found: ['error spf-bare-name "mail.a.example"', 'error spf-bare-name "_spf.a.example"'],
      mended: null,
    },
    {
      why: 'none before an address',
      text: 'v=spf1 192.0.2.1 2001:db8::1 -all',
      found: ['error spf-bare-address ""', 'error spf-bare-address ""'],
      mended: 'v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all',
    },
    {
      why: 'no term at all',
      text: 'v=spf1 @ -all',
      found: ['error spf-malformed-term "@"'],
      mended: null,
    },
  ]);
});

describe('arguments', () => {
  each([
    {
      why: 'one where none may stand',
      text: 'v=spf1 -all:x',
      found: ['error spf-unexpected-argument ":x"'],
      mended: null,
    },
    {
      why: 'a domain is missing',
      text: 'v=spf1 include redirect=',
      found: ['error spf-missing-domain ""', 'error spf-missing-domain ""'],
      mended: null,
    },
    {
      why: 'no full domain',
      text: 'v=spf1 include:localhost -all',
      found: ['error spf-bad-domain-spec "localhost"'],
      mended: null,
    },
    {
      why: 'a macro that is none',
      text: 'v=spf1 a:%{x}.example exists:%{c}.a.example -all',
      found: ['error spf-bad-macro "%{x}"', 'error spf-bad-macro "%{c}"'],
      mended: null,
    },
    {
      why: 'no address',
      text: 'v=spf1 ip4:192.0.2 -all',
      found: ['error spf-bad-network "192.0.2"'],
      mended: null,
    },
    {
      why: 'an address in brackets',
      text: 'v=spf1 ip6:[2001:db8::1] -all',
      found: ['error spf-bad-network "[2001:db8::1]"'],
      mended: 'v=spf1 ip6:2001:db8::1 -all',
    },
    {
      why: 'an address of the other family',
      text: 'v=spf1 ip4:2001:db8::/32 ip6:192.0.2.1 -all',
      found: ['error spf-wrong-family "4"', 'error spf-wrong-family "6"'],
      mended: 'v=spf1 ip6:2001:db8::/32 ip4:192.0.2.1 -all',
    },
    {
      why: 'an address for a name',
      text: 'v=spf1 a:192.0.2.1 include:2001:db8::1 -all',
      found: ['error spf-address-as-name "a"', 'error spf-address-as-name "include"'],
      mended: 'v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all',
    },
    {
      why: 'a name for an address',
      text: 'v=spf1 ip4:relay.a.example -all',
      found: ['error spf-name-as-address "relay.a.example"'],
      mended: null,
    },
    {
      why: 'a network that is too narrow',
      text: 'v=spf1 ip4:192.0.2.1/33 -all',
      found: ['error spf-bad-prefix "/33"'],
      mended: null,
    },
    {
      why: 'lengths that can be told all the same',
      text: 'v=spf1 ip4:192.0.2.0/255.255.255.0 a/24/64 ip4:192.0.2.1/ mx/024 ip6:2001:db8::1//128 -all',
      found: ['/255.255.255.0', '/24/64', '/', '/024', '//128'].map((at) => `error spf-bad-prefix "${at}"`),
      mended: 'v=spf1 ip4:192.0.2.0/24 a/24//64 ip4:192.0.2.1 mx/24 ip6:2001:db8::1/128 -all',
    },
    {
      why: 'masks that are none',
      text: 'v=spf1 ip4:192.0.2.0/255.0.255.0 ip4:192.0.2.0/511.0.0.0 -all',
      found: ['error spf-bad-prefix "/255.0.255.0"', 'error spf-bad-prefix "/511.0.0.0"'],
      mended: null,
    },
    {
      why: 'a name with its mechanism before it, and a page',
      text: 'v=spf1 include:include:a.example a:https://b.example mx:a@b.example -all',
      found: [
        'warn spf-odd-name "include:"',
        'warn spf-odd-name "https://"',
        'warn spf-odd-name "mx:a@b.example"',
      ],
      mended: 'v=spf1 include:a.example a:b.example mx:a@b.example -all',
    },
    {
      why: 'a modifier that stands twice',
      text: 'v=spf1 redirect=a.example redirect=b.example',
      found: ['error spf-repeated-modifier "redirect=b.example"'],
      mended: null,
    },
    {
      why: 'a modifier that stands twice and says the same',
      text: 'v=spf1 redirect=a.example redirect=A.example',
      found: ['error spf-repeated-modifier "redirect=A.example"'],
      mended: 'v=spf1 redirect=a.example',
    },
  ]);
});

describe('the record as a whole', () => {
  each([
    { why: 'no end', text: 'v=spf1 mx ', found: ['warn spf-no-all ""'], mended: null },
    { why: 'nothing at all', text: 'v=spf1', found: ['warn spf-no-all ""'], mended: null },
    { why: '+all', text: 'v=spf1 +all', found: ['warn spf-pass-all "+all"'], mended: null },
    { why: 'all', text: 'v=spf1 all', found: ['warn spf-pass-all "all"'], mended: null },
    { why: '?all', text: 'v=spf1 ?all', found: ['info spf-neutral-all "?all"'], mended: null },
    {
      why: 'terms behind all',
      text: 'v=spf1 ~all mx -all exp=a.example',
      found: ['warn spf-after-all "mx"', 'warn spf-after-all "-all"'],
      mended: null,
    },
    {
      why: 'redirect beside all',
      text: 'v=spf1 redirect=a.example -all',
      found: ['warn spf-redirect-with-all "redirect=a.example"'],
      mended: null,
    },
    { why: 'ptr', text: 'v=spf1 ptr:a.example -all', found: ['warn spf-ptr "ptr:a.example"'], mended: null },
    {
      why: 'wide networks',
      text: 'v=spf1 ip4:10.0.0.0/8 ip4:10.0.0.0/9 ip6:::/0 ip6:2001:db8::/17 a/0 -all',
      found: ['ip4:10.0.0.0/8', 'ip6:::/0', 'a/0'].map((at) => `warn spf-wide-network "${at}"`),
      mended: null,
    },
    {
      why: 'terms that stand there already',
      text: 'v=spf1 ip4:192.0.2.1 include:a.example IP4:192.0.2.1 -include:A.example -all',
      found: ['info spf-duplicate-term "IP4:192.0.2.1"', 'warn spf-duplicate-term "-include:A.example"'],
      mended: 'v=spf1 ip4:192.0.2.1 include:a.example -all',
    },
  ]);

  it('is long above 450 octets, whatever the characters (§3.4)', () => {
    const long = (length: number) => `v=spf1 x=${'y'.repeat(length - 14)} -all`;
    expect(lines(long(450)).map((line) => line.split(' ')[1])).toEqual(['spf-unknown-modifier']);
    expect(lintSpf(long(451), null).find(({ code }) => code === 'spf-long')).toMatchObject({
      severity: 'info',
      params: { count: 451 },
      section: 'RFC 7208 §3.4',
    });
  });

  it('has so many remarks and no more', () => {
    expect(lintSpf(`v=spf1 ${'@ '.repeat(5000)}`, null)).toHaveLength(200);
  });
});
