import { describe, expect, it } from 'vitest';
import { lintKey } from '../../../../lib/engine/dkim/lint.ts';
import { keys, type Row, rows } from '../kit.ts';
import { base64, ED25519, lines, mended, rsaKey, WRAPPED } from './lint-kit.ts';

const K = rsaKey(2048);

interface Case extends Row {
  readonly text: string;
  readonly said: readonly string[];
  readonly becomes?: string;
}

describe('what p= holds', () => {
  it.each(
    rows<Case>([
      {
        why: 'a character that base64 lacks',
        text: `p=${K.slice(0, 40)}*${K.slice(40)}`,
        said: ['error key-broken-base64 "*"'],
        becomes: `p=${K}`,
      },
      {
        why: 'one beyond U+FFFF is pointed at whole',
        text: `p=${K.slice(0, 40)}🔑${K.slice(41)}`,
        said: ['error key-broken-base64 "🔑"'],
      },
      {
        why: 'the alphabet of URLs',
        text: `p=${K.replaceAll('+', '-').replaceAll('/', '_')}`,
        said: ['error key-broken-base64 "_"'],
        becomes: `p=${K}`,
      },
      {
        why: 'as URLs encode it',
        text: `p=${encodeURIComponent(K)}`,
        said: ['error key-broken-base64 "%"'],
        becomes: `p=${K}`,
      },
      {
        why: 'padding in the middle: two keys in one',
        text: 'p=QUI=QUI=',
        said: ['error key-broken-base64 "="'],
      },
      { why: 'padding alone', text: 'p==', said: ['error key-broken-base64 "="'] },
      { why: 'too much padding', text: 'p=QUI===', said: ['error key-broken-base64 "="'] },
      {
        why: 'padding that was lost',
        text: `k=ed25519; p=${ED25519.replace('=', '')}`,
        said: ['warn key-padding at 56'],
        becomes: `k=ed25519; p=${ED25519}`,
      },
      { why: 'one character too many', text: 'p=QUJDQ', said: ['error key-base64-length at 7'] },
      {
        why: 'a key cut at 255 characters',
        text: `v=DKIM1; p=${K.slice(0, 255)}`,
        said: ['error key-cut at 266'],
      },
      {
        why: 'cut in the middle of an octet',
        text: `v=DKIM1; p=${K.slice(0, 253)}`,
        said: ['error key-cut at 264'],
      },
      {
        why: 'what is left without it is no whole key',
        text: `p=${K}*AAAA`,
        said: ['error key-broken-base64 "*"'],
      },
      { why: 'a few octets of DER', text: 'p=MBAC', said: ['error key-not-a-key "MBAC"'] },
      { why: 'no key', text: 'p=QUJD', said: ['error key-not-a-key "QUJD"'] },
      {
        why: 'the lines of its file',
        text: `p=-----BEGIN PUBLIC KEY----- ${K} -----END PUBLIC KEY-----`,
        said: [`error key-pem "-----BEGIN PUBLIC KEY----- ${K} -----END PUBLIC KEY-----"`],
        becomes: `p=${K}`,
      },
      {
        why: 'the file without p=',
        text: `-----BEGIN PUBLIC KEY-----${K}-----END PUBLIC KEY-----`,
        said: [
          `error key-bare-value "-----BEGIN PUBLIC KEY-----${K}-----END PUBLIC KEY-----"`,
          `error key-pem "-----BEGIN PUBLIC KEY-----${K}-----END PUBLIC KEY-----"`,
        ],
        becomes: `p=${K}`,
      },
      {
        why: 'a file that holds no key',
        text: 'p=-----BEGIN CERTIFICATE-----QUJD-----END CERTIFICATE-----',
        said: ['error key-pem "-----BEGIN CERTIFICATE-----QUJD-----END CERTIFICATE-----"'],
      },
      {
        why: 'a private key by its file',
        text: 'p=-----BEGIN RSA PRIVATE KEY-----QUJD',
        said: ['error key-private "-----BEGIN RSA PRIVATE KEY-----QUJD"'],
      },
    ]),
  )('%s', (_, { text, said, becomes = text }) => {
    expect(lines(lintKey, text)).toEqual(said);
    expect(mended(lintKey, text)).toBe(becomes);
  });

  it.each(['pkcs1', 'pkcs8'] as const)('warns of a private key (%s)', (type) => {
    const octets = keys.rsa1024.export({ type, format: 'der' });
    expect(lintKey(`p=${octets.toString('base64')}`).map(({ code }) => code)).toEqual(['key-private']);
  });

  it('warns of a private Ed25519 key', () => {
    const octets = keys.ed25519.export({ type: 'pkcs8', format: 'der' });
    expect(lintKey(`k=ed25519; p=${octets.toString('base64')}`).map(({ code }) => code)).toEqual([
      'key-private',
    ]);
  });

  it('counts what is missing of a key that was cut', () => {
    expect(lintKey(`p=${K.slice(0, 256)}`)).toMatchObject([{ params: { octets: 192, expected: 294 } }]);
  });
});

describe('the length of an RSA key (RFC 8301 §3.2)', () => {
  it.each([
    [512, 'error key-too-short'],
    [768, 'error key-too-short'],
    [1016, 'error key-too-short'],
    [1024, 'warn key-short'],
    [2040, 'warn key-short'],
    [2048, ''],
    [4096, ''],
    [4104, 'warn key-long'],
  ])('%i bits', (bits, said) => {
    const found = lintKey(`v=DKIM1; k=rsa; p=${rsaKey(bits)}`);
    expect(found.map(({ severity, code }) => `${severity} ${code}`).join()).toBe(said);
    for (const { params, section } of found) {
      expect(params).toEqual({ bits });
      expect(section).toBe('RFC 8301 §3.2');
    }
  });
});

describe('the type of a key', () => {
  it.each(
    rows<Case>([
      { why: 'Ed25519 (RFC 8463)', text: `v=DKIM1; k=ed25519; p=${ED25519}`, said: [] },
      {
        why: 'padding behind a blank looks like a tag, and is none',
        text: `k=ed25519; p=${ED25519.replace(/k=$/, ' k=')}`,
        said: [],
      },
      {
        why: 'Ed25519 under the name of RSA',
        text: `k=rsa; p=${ED25519}`,
        said: ['error key-wrong-type "rsa"'],
        becomes: `k=ed25519; p=${ED25519}`,
      },
      {
        why: 'Ed25519 without a name',
        text: `v=DKIM1; p=${ED25519}`,
        said: [`error key-wrong-type "p=${ED25519}"`],
        becomes: `v=DKIM1; k=ed25519; p=${ED25519}`,
      },
      {
        why: 'RSA under the name of Ed25519',
        text: `k=ed25519; p=${K}`,
        said: ['error key-wrong-type "ed25519"'],
        becomes: `k=rsa; p=${K}`,
      },
      {
        why: 'Ed25519 as key files have it',
        text: `k=ed25519; p=${WRAPPED}`,
        said: [`error key-wrapped "${WRAPPED}"`],
        becomes: `k=ed25519; p=${ED25519}`,
      },
      {
        why: 'the same under the name of RSA',
        text: `k=rsa; p=${WRAPPED}`,
        said: ['error key-wrong-type "rsa"', `error key-wrapped "${WRAPPED}"`],
        becomes: `k=ed25519; p=${ED25519}`,
      },
      {
        why: 'an algorithm in the place of a type',
        text: `k=rsa-sha256; p=${K}`,
        said: ['error key-unknown-type "rsa-sha256"'],
        becomes: `k=rsa; p=${K}`,
      },
      {
        why: 'another type, with what nobody knows',
        text: 'k=dsa; p=QUJD',
        said: ['error key-unknown-type "dsa"', 'error key-not-a-key "QUJD"'],
      },
      {
        why: 'an empty type and an Ed25519 key',
        text: `k=; p=${ED25519}`,
        said: ['error key-empty-tag "k="', 'error key-wrong-type at 2'],
        becomes: `k=ed25519; p=${ED25519}`,
      },
      {
        why: 'octets that are too few for Ed25519',
        text: 'k=ed25519; p=QUJD',
        said: ['error key-wrong-length "QUJD"'],
      },
      {
        why: 'any 32 octets are an Ed25519 key, also those that look like DER',
        text: `k=ed25519; p=${base64([0x30, 0x82, 1, 2, 0x30, ...Array.from({ length: 27 }, () => 1)])}`,
        said: [],
      },
      {
        why: 'the bare form of an RSA key (RFC 8017 A.1.1)',
        text: `p=${Buffer.from(K, 'base64').subarray(24).toString('base64')}`,
        said: [],
      },
    ]),
  )('%s', (_, { text, said, becomes = text }) => {
    expect(lines(lintKey, text)).toEqual(said);
    expect(mended(lintKey, text)).toBe(becomes);
  });
});
