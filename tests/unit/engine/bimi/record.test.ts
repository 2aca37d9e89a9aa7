import { describe, expect, it } from 'vitest';
import { parseBimiRecord, readBimiSelector } from '../../../../lib/engine/bimi/record.ts';
import { type Row, rows } from '../kit.ts';

const LOGO = 'https://b.example/logo.svg';
const CERTIFICATE = 'https://b.example/vmc.pem';

describe('a BIMI assertion record (draft §4.3)', () => {
  it.each(
    rows<Row & { text: string; record: Record<string, unknown> }>([
      {
        why: 'a logo with its certificate',
        text: `v=BIMI1; l=${LOGO}; a=${CERTIFICATE};`,
        record: {
          location: LOGO,
          evidence: CERTIFICATE,
          declines: false,
          avatar: 'brand',
          localParts: [],
          errors: [],
          warnings: [],
        },
      },
      {
        why: 'a logo alone',
        text: `v=BIMI1; l=${LOGO}`,
        record: { location: LOGO, evidence: null, errors: [] },
      },
      { why: 'an empty a= is none', text: `v=BIMI1; l=${LOGO}; a=`, record: { evidence: null, errors: [] } },
      {
        why: 'white space round =',
        text: `v = BIMI1 ;l = ${LOGO}\t; a\t= `,
        record: { location: LOGO, errors: [] },
      },
      { why: 'in any order after v', text: `v=BIMI1; a=${CERTIFICATE}; l=${LOGO}`, record: { errors: [] } },
      {
        why: 'declined (§4.3.1)',
        text: 'v=BIMI1; l=; a=;',
        record: { declines: true, location: null, errors: [] },
      },
      { why: 'declined without a=', text: 'v=BIMI1; l=', record: { declines: true, errors: [] } },
      {
        why: 'a certificate does not decline',
        text: `v=BIMI1; l=; a=${CERTIFICATE}`,
        record: { declines: false, evidence: CERTIFICATE, errors: ['location-missing'] },
      },
      {
        why: 'l= is required',
        text: 'v=BIMI1;',
        record: { declines: false, location: null, errors: ['location-missing'] },
      },
      { why: 'also beside a=', text: `v=BIMI1; a=${CERTIFICATE}`, record: { errors: ['location-missing'] } },
      {
        why: 'not over HTTP',
        text: 'v=BIMI1; l=http://b.example/logo.svg',
        record: { location: 'http://b.example/logo.svg', errors: ['location-not-https'] },
      },
      {
        why: 'no address at all',
        text: 'v=BIMI1; l=javascript:alert(1)',
        record: { location: 'javascript:alert(1)', errors: ['location-not-https'] },
      },
      {
        why: 'no bare address of a host',
        text: 'v=BIMI1; l=https://192.0.2.1/logo.svg',
        record: { errors: ['location-not-https'] },
      },
      {
        why: 'another image format (§4.3.2)',
        text: 'v=BIMI1; l=https://b.example/logo.PNG',
        record: { errors: ['location-not-svg'] },
      },
      { why: 'a query does not make it one', text: `v=BIMI1; l=${LOGO}?f=.png`, record: { errors: [] } },
      {
        why: 'SVG in a smaller parcel',
        text: 'v=BIMI1; l=https://b.example/logo.svgz',
        record: { errors: [] },
      },
      { why: 'no suffix says nothing', text: 'v=BIMI1; l=https://b.example/logo', record: { errors: [] } },
      {
        why: 'a certificate over HTTP',
        text: `v=BIMI1; l=${LOGO}; a=http://b.example/vmc.pem`,
        record: { evidence: 'http://b.example/vmc.pem', errors: ['evidence-not-https'] },
      },
      {
        why: 'the sender’s own picture first',
        text: `v=BIMI1; l=${LOGO}; avp=personal`,
        record: { avatar: 'personal', warnings: [] },
      },
      {
        why: 'the brand first',
        text: `v=BIMI1; l=${LOGO}; avp=brand`,
        record: { avatar: 'brand', warnings: [] },
      },
      {
        why: 'another preference is ignored',
        text: `v=BIMI1; l=${LOGO}; avp=bogus`,
        record: { avatar: 'brand', errors: [], warnings: ['avatar-unknown'] },
      },
      {
        why: 'local parts with records of their own',
        text: `v=BIMI1; l=${LOGO}; lps=News, help-desk`,
        record: { localParts: ['news', 'help-desk'], warnings: [] },
      },
      {
        why: 'local parts that are none',
        text: `v=BIMI1; l=${LOGO}; lps=a_b,c`,
        record: { localParts: ['c'], errors: [], warnings: ['local-parts-unknown'] },
      },
      {
        why: 'unknown tags are ignored',
        text: `v=BIMI1; l=${LOGO}; zz=1`,
        record: { errors: [], warnings: [] },
      },
      {
        why: 'a tag that stands twice',
        text: `v=BIMI1; l=${LOGO}; l=${LOGO}`,
        record: { location: null, declines: false, errors: ['repeated-tag'] },
      },
      {
        why: 'what is no tag is not mended',
        text: `v=BIMI1; oops; l=${LOGO}`,
        record: { location: null, errors: ['syntax'] },
      },
      {
        why: 'a tag in capitals is another tag',
        text: `v=BIMI1; L=${LOGO}`,
        record: { errors: ['location-missing'] },
      },
    ]),
  )('%s', (_, { text, record }) => {
    expect(parseBimiRecord(text)).toMatchObject({ text, ...record });
  });

  it.each([
    '',
    'v=BIMI2; l=',
    'v=bimi1; l=',
    'V=BIMI1; l=',
    ' v=BIMI1; l=',
    'l=; v=BIMI1',
    'v=BIMI1 garbage',
    'v=BIMI12; l=',
  ])('is none: %s', (text) => {
    expect(parseBimiRecord(text)).toBeNull();
  });
});

describe('the BIMI-Selector field (draft §5.1)', () => {
  it.each(
    rows<Row & { value: string; selector: string | null }>([
      { why: 'a selector', value: 'v=BIMI1; s=brand', selector: 'brand' },
      { why: 'as it stands in a field', value: ' v=BIMI1;\r\n s=Brand;\r\n', selector: 'brand' },
      { why: 'several labels', value: 'v=BIMI1; s=a.b-c', selector: 'a.b-c' },
      { why: 'no version', value: 's=brand', selector: null },
      { why: 'another version', value: 'v=BIMI2; s=brand', selector: null },
      { why: 'no selector', value: 'v=BIMI1;', selector: null },
      { why: 'an empty one', value: 'v=BIMI1; s=', selector: null },
      { why: 'an empty label', value: 'v=BIMI1; s=a..b', selector: null },
      { why: 'no name of DNS', value: 'v=BIMI1; s=a b', selector: null },
      { why: 'a hyphen at the edge', value: 'v=BIMI1; s=-a', selector: null },
      { why: 'twice', value: 'v=BIMI1; s=a; s=b', selector: null },
    ]),
  )('%s', (_, { value, selector }) => {
    expect(readBimiSelector(value)).toBe(selector);
  });
});
