/** Small things at the edge: IDNA, Ed25519, charsets. */
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toAscii } from '../../../lib/platform/idna.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';

describe('IDNA', () => {
  it.each([
    { given: 'Bank.EXAMPLE', want: { domain: 'bank.example', mapped: false }, why: 'case is no difference' },
    {
      given: 'bank.example.',
      want: { domain: 'bank.example', mapped: false },
      why: 'the root’s dot is dropped',
    },
    {
      given: 'bücher.example',
      want: { domain: 'xn--bcher-kva.example', mapped: false },
      why: 'a U-label has an A-label',
    },
    { given: 'BÜCHER.example', want: { domain: 'xn--bcher-kva.example', mapped: false }, why: 'in any case' },
    {
      given: 'xn--bcher-kva.example',
      want: { domain: 'xn--bcher-kva.example', mapped: false },
      why: 'an A-label stays',
    },
    {
      given: '_dmarc.bank.example',
      want: { domain: '_dmarc.bank.example', mapped: false },
      why: 'underscores occur',
    },
    { given: '127.0.0.1', want: { domain: '127.0.0.1', mapped: false }, why: 'digits are labels too' },
    {
      given: 'ｐａｙｐａｌ.example',
      want: { domain: 'paypal.example', mapped: true },
      why: 'full-width letters become a brand',
    },
    {
      given: 'pay①.example',
      want: { domain: 'pay1.example', mapped: true },
      why: 'a circled digit becomes a digit',
    },
    {
      given: 'ⓑank.example',
      want: { domain: 'bank.example', mapped: true },
      why: 'a circled letter becomes a letter',
    },
    { given: 'bank/evil.example', want: null, why: 'a slash cannot cut the name' },
    { given: 'bank#.example', want: null, why: 'nor can a hash' },
    { given: 'bank@evil.example', want: null, why: 'nor an at sign' },
    { given: 'ü/evil.example', want: null, why: 'not even beside a letter that needs mapping' },
    { given: 'bank%2eevil.example', want: null, why: 'nor an escape' },
    { given: 'bank evil.example', want: null, why: 'a space is no label' },
    { given: 'bank\u0000.example', want: null, why: 'NUL is no label' },
    { given: 'bank..example', want: null, why: 'a label is not empty' },
    { given: '', want: null, why: 'a name is not empty' },
    { given: `${'a'.repeat(64)}.example`, want: null, why: 'a label has at most 63 octets' },
    { given: `${'a.'.repeat(130)}example`, want: null, why: 'a name has at most 253' },
    { given: 'xn--zzzzzzzzzz99999.example', want: null, why: 'an A-label must decode' },
  ])('$why: $given', ({ given, want }) => {
    expect(toAscii(given)).toEqual(want);
  });

  it('is total, and what it gives is a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const ascii = toAscii(text);
        if (ascii !== null) expect(ascii.domain).toMatch(/^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/);
      }),
    );
  });
});

describe('Ed25519', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  const message = new TextEncoder().encode('a digest');
  const signature = new Uint8Array(sign(null, message, privateKey));
  const ports = platformPorts(
    () => Promise.reject(new Error('no DNS here')),
    () => 0,
  );
  afterEach(() => vi.restoreAllMocks());

  it.each([
    { by: 'WebCrypto', refuse: false },
    { by: 'the library, where WebCrypto does not know it', refuse: true },
  ])('is verified by $by', async ({ refuse }) => {
    if (refuse) {
      vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'));
    }
    expect(await ports.verifyEd25519(key, message, signature)).toBe(true);
    expect(await ports.verifyEd25519(key, new TextEncoder().encode('another'), signature)).toBe(false);
    expect(await ports.verifyEd25519(key, message, signature.subarray(1))).toBe(false);
    expect(await ports.verifyEd25519(key.subarray(1), message, signature)).toBe(false);
  });

  it('knows charsets by name and says so where it does not', () => {
    expect(
      ports.decodeCharset('iso-2022-jp', new Uint8Array([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42])),
    ).toBe('日');
    expect(ports.decodeCharset('x-unheard-of', new Uint8Array())).toBeNull();
  });
});
