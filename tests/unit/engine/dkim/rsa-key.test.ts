import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRsaKey } from '../../../../lib/engine/dkim/rsa-key.ts';
import { keys, type Row, rows } from '../kit.ts';

const PSS = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey.export({
  type: 'spki',
  format: 'der',
});

function numbersOf(key: KeyObject) {
  const { n = '', e = '' } = key.export({ format: 'jwk' });
  const octets = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  return { modulus: octets(n), exponent: octets(e) };
}

function der(bits: 512 | 1024 | 1096 | 2048 | 4096, type: 'spki' | 'pkcs1') {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { asked: new Uint8Array(publicKey.export({ type, format: 'der' })), numbers: numbersOf(publicKey) };
}

describe('an RSA public key in p= (RFC 6376 §3.6.1)', () => {
  it.each([512, 1024, 1096, 2048] as const)('of %i bits is read in both forms', (bits) => {
    for (const type of ['spki', 'pkcs1'] as const) {
      const { asked, numbers } = der(bits, type);
      expect(readRsaKey(asked)).toEqual({ ...numbers, bits });
    }
  });

  it('of the test keys is what OpenSSL makes of it', () => {
    const key = createPublicKey(keys.rsaA);
    const pkcs1 = new Uint8Array(key.export({ type: 'pkcs1', format: 'der' }));
    expect(readRsaKey(pkcs1)).toEqual({ ...numbersOf(key), bits: 2048 });
  });

  it('may have octets behind it, which do not belong to it', () => {
    const { asked, numbers } = der(1024, 'pkcs1');
    expect(readRsaKey(Uint8Array.from([...asked, 0, 1]))).toEqual({ ...numbers, bits: 1024 });
  });

  const { asked } = der(512, 'spki');
  it.each(
    rows<Row & { octets: readonly number[] }>([
      { why: 'nothing', octets: [] },
      { why: 'one octet', octets: [0x30] },
      { why: 'an empty sequence', octets: [0x30, 0] },
      { why: 'a length of its own end', octets: [0x30, 0x80, 0, 0] },
      { why: 'a length of five octets', octets: [0x30, 0x85, 0, 0, 0, 0, 1] },
      { why: 'cut short', octets: [...asked.slice(0, -1)] },
      { why: 'another tag', octets: [0x31, ...asked.slice(1)] },
      { why: 'a modulus of zero', octets: [0x30, 6, 2, 1, 0, 2, 1, 3] },
      { why: 'no exponent', octets: [0x30, 3, 2, 1, 5] },
      { why: 'Ed25519', octets: [...createPublicKey(keys.ed25519).export({ type: 'spki', format: 'der' })] },
      { why: 'a key for RSA-PSS only', octets: [...PSS] },
      { why: 'text', octets: [...Buffer.from('hello world')] },
    ]),
  )('is no key: %s', (_, { octets }) => {
    expect(readRsaKey(Uint8Array.from(octets))).toBeNull();
  });
});
