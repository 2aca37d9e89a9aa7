/** What the search may cost, and what it must not be led to say. */
import { describe, expect, it } from 'vitest';
import { keys, letter, mail, ports, rows } from '../kit.ts';
import { inBody, inHeader, inTurn, replacing, trace } from './altered-mail.ts';

/** Counts what is asked of the platform. */
function counting() {
  const calls = { verify: 0, importKey: 0, ed25519: 0, digest: 0 };
  const counted = <Given extends unknown[], Answer>(
    name: keyof typeof calls,
    ask: (...given: Given) => Answer,
  ) => {
    return (...given: Given): Answer => {
      calls[name]++;
      return ask(...given);
    };
  };
  const { crypto, verifyEd25519 } = ports;
  return {
    calls,
    ports: {
      crypto: {
        digest: counted('digest', crypto.digest.bind(crypto)),
        importKey: counted('importKey', crypto.importKey.bind(crypto)),
        verify: counted('verify', crypto.verify.bind(crypto)),
      },
      verifyEd25519: counted('ed25519', verifyEd25519),
    },
  };
}

const LOST = replacing('Your statement', 'Pay now');
const MANY = [
  ...letter('Anna via Board <board@list.example>'),
  'Reply-To: Anna <anna@bank.example>, Board <board@list.example>',
  'Sender: board@list.example',
  'Cc: A <A@B.example>, C <c@d.example>',
  'Content-Type: text/plain; charset=utf-8; format=flowed',
  'Content-Transfer-Encoding: 8bit',
  'MIME-Version: 1.0',
];
const NAMES = MANY.map((field) => field.slice(0, field.indexOf(':')));

describe('the cost', () => {
  it('is one verification with RSA, and one key, however many suppositions there are', async () => {
    const { calls, ports: counted } = counting();
    await trace(mail(MANY), LOST, { headers: NAMES, header: 'simple', ports: counted });
    expect(calls).toEqual({ verify: 0, importKey: 0, ed25519: 0, digest: 1 });
    await trace(mail(MANY), replacing('Subject: ', 'Subject: [x] '), { headers: NAMES, ports: counted });
    expect(calls).toEqual({ verify: 1, importKey: 1, ed25519: 0, digest: 2 });
  });

  it('is at most 400 verifications with Ed25519', async () => {
    const { calls, ports: counted } = counting();
    await trace(mail(MANY), LOST, { key: keys.ed25519, headers: NAMES, header: 'simple', ports: counted });
    expect(calls.ed25519).toBe(401);
  });

  it('is nothing for a key that did not make the signature', async () => {
    const { calls, ports: counted } = counting();
    await trace(mail(MANY), LOST, { published: [keys.rsaB], ports: counted });
    expect(calls.verify).toBe(0);
  });

  const LONG = 'All is well, dear reader, and https://bank.example/a?b=1 tells you\tmore.\r\n';
  const part = (type: string, text: string): string => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
  it.each(
    rows([
      { why: 'a long text', fields: [], body: LONG.repeat(6000) },
      { why: 'a text too long to search', fields: [], body: LONG.repeat(80_000) },
      { why: 'one long line', fields: [], body: `${'x '.repeat(200_000)}\r\n` },
      { why: 'nothing but line ends', fields: [], body: `${'\r\n'.repeat(200_000)}x\r\n` },
      {
        why: 'nothing but tags',
        fields: ['Content-Type: text/html'],
        body: `${'<br><div'.repeat(30_000)}\r\n`,
      },
      { why: 'links without end', fields: [], body: `${'https://urldefense.com/v3/__'.repeat(15_000)}\r\n` },
      {
        why: 'many parts',
        fields: ['Content-Type: multipart/mixed; boundary=b'],
        body: `${part('multipart/mixed; boundary=c', '--c\r\n\r\nx').repeat(3000)}--b--\r\n`,
      },
      { why: 'long recipients', fields: [`Cc: ${'a@b.example, '.repeat(20_000)}c@d.example`], body: 'x\r\n' },
      {
        why: 'many subjects',
        fields: Array.from({ length: 1500 }, (_, at) => `Subject: [${at}] [x] Re: é`),
        body: 'x\r\n',
      },
      { why: 'a subject of brackets', fields: [`Subject: ${'[({<*_'.repeat(3000)}`], body: 'x\r\n' },
      {
        why: 'a white field',
        fields: [`Comments: a${' '.repeat(9000)}\r\n ${'\t'.repeat(500_000)}b`],
        body: 'x\r\n',
      },
    ]),
  )(
    'is bounded: %s',
    async (_, { fields, body }) => {
      const begun = performance.now();
      const signing = {
        headers: ['From', 'Cc', 'Subject', 'Subject', 'Subject', 'Comments'],
        header: 'simple',
        body: 'simple',
      } as const;
      const found = await trace(
        mail([...letter(), ...fields], body),
        inTurn(LOST, (text) => text.replace(/bh=..../, 'bh=AAAA')),
        signing,
      );
      expect(found.header.kind).toBe('unexplained');
      expect(found.body.kind).toBe('unexplained');
      expect(performance.now() - begun).toBeLessThan(15_000);
    },
    30_000,
  );
});

describe('what is never said', () => {
  it('that words were signed that were not: a changed line is no addition, one put between is none at an end', async () => {
    const body = 'Pay 100 euros\r\nto us\r\nby Friday\r\n';
    const changed = await trace(mail(letter(), body), replacing('Pay 100', 'Pay 900'));
    expect(inBody(changed)).toBe('unexplained');
    const between = await trace(mail(letter(), body), replacing('to us\r\n', 'to us\r\nor to me\r\n'));
    expect(inBody(between)).toBe('unexplained');
  });

  it('that an addition on top is harmless: its words are shown', async () => {
    const found = await trace(
      mail(letter(), 'Pay 100 euros\r\n'),
      replacing('Pay 100', 'Pay 900 euros\r\nPay 100'),
    );
    expect(inBody(found)).toEqual([
      { kind: 'banner-added', lines: 1, signedLines: 1, text: 'Pay 900 euros' },
    ]);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'anything of a field named like a property of objects: %s',
    async (name) => {
      const found = await trace(
        mail([...letter(), `${name}: a b`]),
        replacing(`${name}: a b`, `${name}: a c`),
        {
          headers: ['From', name, `x-original-${name}`],
        },
      );
      expect(inHeader(found)).toBe('unexplained');
    },
  );

  it('of a signature with rsa-sha1, which counts for nothing', async () => {
    const found = await trace(mail(letter()), (text) =>
      text.replace('a=rsa-sha256', 'a=rsa-sha1').replace('Hello', 'Hallo'),
    );
    expect(found).toEqual({ header: { kind: 'unexplained' }, body: { kind: 'unexplained' } });
    const bare = await trace(mail(letter()), (text) =>
      text.replace('a=rsa-sha256', 'a=rsa-sha1').replace(/\r\n\r\nHello\r\n/, '\r\n'),
    );
    expect(bare.body.kind).toBe('absent');
  });

  it('more than the longest preview', async () => {
    const found = await trace(
      mail(letter()),
      inTurn(
        replacing('Subject: ', `Subject: [${'x'.repeat(90)}] `),
        (text) => `${text}${'footer '.repeat(300)}\r\n`,
      ),
    );
    expect(found.body).toMatchObject({
      alterations: [{ kind: 'footer-added', text: expect.stringMatching(/^.{199}…$/) }],
    });
  });

  it('the same twice differently', async () => {
    const once = () => trace(mail(MANY), replacing('Subject: ', 'Subject: [x] '), { headers: NAMES });
    expect(await once()).toEqual(await once());
  });
});
