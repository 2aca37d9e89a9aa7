/** More of the small things: names that are made to deceive, published vectors, charsets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAscii } from '../../../lib/platform/idna.ts';
import { platformPorts, systemClock } from '../../../lib/platform/ports.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const ports = platformPorts(
  () => Promise.reject(new Error('no DNS here')),
  () => 42,
);

describe('IDNA gives', () => {
  it.each([
    {
      given: '日本語.example',
      want: 'xn--wgv71a119e.example',
      mapped: false,
      why: 'a name of Kanji its A-label',
    },
    { given: 'faß.example', want: 'xn--fa-hia.example', mapped: false, why: 'ß its own name, never ss' },
    { given: 'ς.example', want: 'xn--3xa.example', mapped: false, why: 'a final sigma its own name' },
    {
      given: 'bu\u0308cher.example',
      want: 'xn--bcher-kva.example',
      mapped: false,
      why: 'decomposed letters the same name',
    },
    {
      given: '_dmarc.bücher.example',
      want: '_dmarc.xn--bcher-kva.example',
      mapped: false,
      why: 'an underscore label beside a U-label',
    },
    {
      given: 'pay\u00adpal.example',
      want: 'paypal.example',
      mapped: true,
      why: 'a soft hyphen away, and says so',
    },
    { given: 'ﬁrst.example', want: 'first.example', mapped: true, why: 'a ligature as letters, and says so' },
    {
      given: 'ⅷ.example',
      want: 'viii.example',
      mapped: true,
      why: 'a Roman numeral as letters, and says so',
    },
    {
      given: 'ｘｎ--bcher-kva.example',
      want: 'xn--bcher-kva.example',
      mapped: true,
      why: 'a disguised A-label, and says so',
    },
    {
      given: 'XN--BCHER-KVA.Example',
      want: 'xn--bcher-kva.example',
      mapped: false,
      why: 'an A-label in lower case',
    },
    {
      given: `${'a'.repeat(63)}.example`,
      want: `${'a'.repeat(63)}.example`,
      mapped: false,
      why: 'a longest label',
    },
  ])('$why: $given', ({ given, want, mapped }) => {
    expect(toAscii(given)).toEqual({ domain: want, mapped });
  });

  it.each([
    { given: 'bank。example', why: 'where a foreign full stop would cut it' },
    { given: 'bank．example', why: 'where a full-width full stop would cut it' },
    { given: 'ｂank／evil.example', why: 'where a full-width slash becomes one' },
    { given: '℀.example', why: 'where a sign stands for a/c' },
    { given: 'ü\\evil.example', why: 'with a backslash, which a URL reads as a slash' },
    { given: 'ü:80.example', why: 'with a port' },
    { given: 'ü%2f.example', why: 'with an escape' },
    { given: 'ü\t.example', why: 'with a tab, which a URL drops' },
    { given: 'ü\n.example', why: 'with a line end, which a URL drops' },
    { given: '\u202ebank.example', why: 'with an override' },
    { given: 'a\u200db.example', why: 'with a joiner out of place' },
    { given: 'xn--.example', why: 'for an A-label of nothing' },
    { given: 'xn--a.example', why: 'for an A-label that does not decode' },
    { given: 'xn--paypal-.example', why: 'for an A-label of plain ASCII, which would read as another name' },
    { given: `${'ü'.repeat(60)}.example`, why: 'for a U-label whose A-label is too long' },
    { given: '.', why: 'for the root' },
    { given: 'bank.example..', why: 'with two dots at the end' },
    { given: '.bank.example', why: 'with a dot before it' },
    { given: '[192.0.2.1]', why: 'for an address literal' },
  ])('no name $why: $given', ({ given }) => {
    expect(toAscii(given)).toBeNull();
  });

  it('the same again for what it gave', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('ü', '日本', 'ａ', '①'), (domain, label) => {
        const once = toAscii(`${label}.${domain}`);
        if (once !== null) expect(toAscii(once.domain)).toEqual({ domain: once.domain, mapped: false });
      }),
    );
  });
});

describe('the ports', () => {
  // RFC 8032 §7.1, TEST 2.
  const key = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );

  it('verify the vector of RFC 8032, and no other message', async () => {
    expect(await ports.verifyEd25519(key, hex('72'), signature)).toBe(true);
    expect(await ports.verifyEd25519(key, hex('73'), signature)).toBe(false);
    expect(await ports.verifyEd25519(key, hex('72'), new Uint8Array(64))).toBe(false);
    expect(await ports.verifyEd25519(new Uint8Array(), hex('72'), new Uint8Array())).toBe(false);
  });

  it('verify what is a view into a larger buffer', async () => {
    const padded = Uint8Array.of(9, 9, ...key, 9);
    expect(await ports.verifyEd25519(padded.subarray(2, 34), hex('72'), signature)).toBe(true);
  });

  it.each([
    { charset: 'utf-8', octets: [0xe6, 0x97, 0xa5], want: '日' },
    { charset: 'UTF-8', octets: [0xff], want: '\ufffd' },
    { charset: 'shift_jis', octets: [0x93, 0xfa], want: '日' },
    { charset: 'euc-jp', octets: [0xc6, 0xfc], want: '日' },
    { charset: 'iso-8859-1', octets: [0xe9], want: 'é' },
    { charset: 'utf-7', octets: [0x2b], want: null },
    { charset: '', octets: [0x41], want: null },
    { charset: 'x\u0000y', octets: [0x41], want: null },
  ])('read $charset as $want', ({ charset, octets, want }) => {
    expect(ports.decodeCharset(charset, Uint8Array.from(octets))).toBe(want);
  });

  it('know names, and the time that they are given', () => {
    expect(ports.toAscii('Bücher.example')).toEqual(ports.toAscii('Bücher.example'));
    expect(ports.toAscii('a b')).toBeNull();
    expect(ports.toAscii('a b')).toBeNull();
    expect(ports.now()).toBe(42);
    expect(systemClock()).toBe(Math.floor(Date.now() / 1000));
  });
});
