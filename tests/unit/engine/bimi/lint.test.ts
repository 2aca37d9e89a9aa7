import { describe, expect, it } from 'vitest';
import { lintBimi } from '../../../../lib/engine/bimi/lint.ts';
import { lines, mended } from '../dkim/lint-kit.ts';
import { type Row, rows } from '../kit.ts';

const LOGO = 'https://b.example/logo.svg';
const CERTIFICATE = 'https://b.example/vmc.pem';
const GOOD = `v=BIMI1; l=${LOGO}; a=${CERTIFICATE}`;

describe('a BIMI record in which nothing is wrong', () => {
  it.each([
    GOOD,
    `${GOOD};`,
    `v = BIMI1;l = ${LOGO} ;a = ${CERTIFICATE} ; `,
    `v=BIMI1; a=${CERTIFICATE}; avp=personal; lps=News, help-desk; l=${LOGO}`,
    `v=BIMI1; l=https://b.example/it's?a=1,b=2; a=${CERTIFICATE}`.replace(',', '&'),
  ])('%s', (text) => {
    expect(lintBimi(text)).toEqual([]);
  });
});

describe('a BIMI record (draft §4.3)', () => {
  it.each(
    rows<Row & { text: string; said: readonly string[]; becomes?: string }>([
      {
        why: 'quotation marks',
        text: `"${GOOD}"`,
        said: ['error bimi-quotes "\\""', 'error bimi-quotes "\\""'],
        becomes: GOOD,
      },
      {
        why: 'backslashes',
        text: `v=BIMI1\\; l=${LOGO}\\; a=${CERTIFICATE}`,
        said: ['error bimi-escape "\\\\"', 'error bimi-escape "\\\\"'],
        becomes: GOOD,
      },
      {
        why: 'a blank that is none',
        text: `v=BIMI1; l=${LOGO}; a=${CERTIFICATE}\u200b`,
        said: ['error bimi-invisible "\u200b"'],
        becomes: GOOD,
      },
      {
        why: 'no semicolons, and a comma',
        text: `v=BIMI1 l=${LOGO}, a=${CERTIFICATE}`,
        said: ['error bimi-separator " "', 'error bimi-separator ", "'],
        becomes: GOOD,
      },
      {
        why: 'a semicolon too many',
        text: `v=BIMI1;; l=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-extra-separator ";"'],
        becomes: GOOD,
      },
      {
        why: 'a colon in the place of an equals sign',
        text: `v=BIMI1; l:${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-equals ":"'],
        becomes: GOOD,
      },
      {
        why: 'addresses without their tags',
        text: `BIMI1; ${LOGO}; ${CERTIFICATE}`,
        said: [
          'error bimi-bare-value "BIMI1"',
          `error bimi-bare-value "${LOGO}"`,
          `error bimi-bare-value "${CERTIFICATE}"`,
        ],
        becomes: GOOD,
      },
      {
        why: 'what is no tag',
        text: `v=BIMI1; oops; l=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-not-a-tag "oops"'],
      },
      {
        why: 'a tag in capitals',
        text: `v=BIMI1; L=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-tag-case "L"'],
        becomes: GOOD,
      },
      { why: 'an unknown tag', text: `${GOOD}; zz=1`, said: ['info bimi-unknown-tag "zz"'] },
      {
        why: 'a tag twice',
        text: `v=BIMI1; l=${LOGO}; l=https://c.example/c.svg; a=${CERTIFICATE}`,
        said: ['error bimi-repeated-tag "l=https://c.example/c.svg"'],
      },
      {
        why: 'no version',
        text: `l=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-no-version at 0'],
        becomes: GOOD,
      },
      {
        why: 'a version in small letters',
        text: `v=bimi1; l=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-version "bimi1"'],
        becomes: GOOD,
      },
      {
        why: 'a version of its own',
        text: `v=BIMI2; l=${LOGO}; a=${CERTIFICATE}`,
        said: ['error bimi-version "BIMI2"'],
      },
      {
        why: 'a version that is not the first tag',
        text: `l=${LOGO}; v=BIMI1; a=${CERTIFICATE}`,
        said: ['error bimi-version-place "v=BIMI1"'],
        becomes: GOOD,
      },
      { why: 'white space first', text: ` ${GOOD}`, said: ['error bimi-space-first " "'], becomes: GOOD },
      { why: 'another record', text: 'v=spf1 -all', said: ['error bimi-no-record "v=spf1 -all"'] },
      { why: 'another text', text: 'hello', said: ['error bimi-no-record "hello"'] },
      { why: 'nothing', text: '', said: ['error bimi-no-record at 0'] },
      { why: 'declined (§4.3.1)', text: 'v=BIMI1; l=; a=;', said: ['info bimi-declines "l="'] },
      { why: 'no logo', text: 'v=BIMI1', said: ['error bimi-no-location at 7'] },
      {
        why: 'a certificate alone',
        text: `v=BIMI1; l=; a=${CERTIFICATE}`,
        said: ['error bimi-no-location "l="'],
      },
      {
        why: 'over HTTP',
        text: `v=BIMI1; l=http://b.example/logo.svg; a=http://b.example/vmc.pem`,
        said: [
          'error bimi-location-not-https "http://b.example/logo.svg"',
          'error bimi-evidence-not-https "http://b.example/vmc.pem"',
        ],
        becomes: GOOD,
      },
      {
        why: 'without a scheme',
        text: `v=BIMI1; l=b.example/logo.svg; a=//b.example/vmc.pem`,
        said: [
          'error bimi-location-not-https "b.example/logo.svg"',
          'error bimi-evidence-not-https "//b.example/vmc.pem"',
        ],
        becomes: GOOD,
      },
      {
        why: 'no address at all',
        text: `v=BIMI1; l=javascript:alert(1); a=b.example`,
        said: [
          'error bimi-location-not-https "javascript:alert(1)"',
          'error bimi-evidence-not-https "b.example"',
        ],
      },
      {
        why: 'several logos',
        text: `v=BIMI1; l=${LOGO}, ${LOGO}; a=${CERTIFICATE}`,
        said: [`error bimi-location-list "${LOGO}, ${LOGO}"`],
      },
      {
        why: 'another format (§4.3.2)',
        text: `v=BIMI1; l=https://b.example/logo.png; a=${CERTIFICATE}`,
        said: ['error bimi-location-not-svg "https://b.example/logo.png"'],
      },
      { why: 'no certificate', text: `v=BIMI1; l=${LOGO}`, said: [`info bimi-no-evidence "l=${LOGO}"`] },
      {
        why: 'an empty one',
        text: `v=BIMI1; l=${LOGO}; a=`,
        said: ['info bimi-no-evidence "a="'],
      },
      {
        why: 'a preference in capitals',
        text: `${GOOD}; avp=Brand`,
        said: ['error bimi-avatar-unknown "Brand"'],
        becomes: `${GOOD}; avp=brand`,
      },
      {
        why: 'a preference that is none',
        text: `${GOOD}; avp=logo`,
        said: ['error bimi-avatar-unknown "logo"'],
      },
      {
        why: 'local parts that are none',
        text: `${GOOD}; lps=news, a_b,,c`,
        said: ['error bimi-local-part "a_b"', `error bimi-local-part at ${GOOD.length + 16}`],
      },
    ]),
  )('%s', (_, { text, said, becomes = text }) => {
    expect(lines(lintBimi, text)).toEqual(said);
    expect(mended(lintBimi, text)).toBe(becomes);
  });
});
