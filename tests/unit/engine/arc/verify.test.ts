import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ArcCheck, ArcReason } from '../../../../lib/engine/arc/verify.ts';
import type { Completeness } from '../../../../lib/engine/index.ts';
import { keyRecord } from '../../../scripts/sign.ts';
import { keyEntry, keys, type Row, rows } from '../kit.ts';
import { arcOf, LETTER, SEALED_AT, SEALERS, type SealOptions, seal } from './sealed-mail.ts';

const KEY = 's1._domainkey.list.example';
const RECORD = keyRecord(keys.rsaB);

/** The letter under so many sets of list.example. */
function chain(length: number, options: SealOptions = {}): string {
  return Array.from({ length }).reduce<string>((message) => seal(message, options), LETTER);
}

/** A chain of two with a change to the text. */
function changed(from: string | RegExp, to: string): string {
  const before = chain(2);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${from} does not occur`);
  return after;
}

/** The field of that name and instance, with its line end. */
function fieldOf(name: string, instance: number): RegExp {
  return new RegExp(`^${name}: i=${instance};.*\r\n`, 'm');
}

function brief({ result, reason, instance }: ArcCheck): string {
  return [result, reason, instance].filter((word) => word !== null).join(' ');
}

describe('a chain that holds (§5.2)', () => {
  it('is none where nobody has sealed the message', async () => {
    expect(await arcOf(LETTER)).toEqual({
      result: 'none',
      reason: null,
      instance: null,
      field: null,
      sets: [],
      highest: 0,
      oldestPass: null,
    });
  });

  it.each([1, 2, 3, 50])('has %i sets', async (length) => {
    const check = await arcOf(chain(length));
    expect(brief(check)).toBe('pass');
    expect(check.sets.map(({ instance }) => instance)).toEqual(Array.from({ length }, (_, at) => at + 1));
    expect(check.sets.every((set) => set.seal.result === 'pass')).toBe(true);
    expect(check.highest).toBe(length);
  });

  it('tells what each hop said, where, and by which keys', async () => {
    const check = await arcOf(seal(chain(1), { results: 'second.example 1; arc=pass', length: 4 }));
    expect(check.sets[1]).toMatchObject({
      instance: 2,
      domain: 'list.example',
      selector: 's1',
      created: SEALED_AT,
      cv: 'pass',
      authservId: 'second.example',
      results: { version: '1', results: [{ method: 'arc', result: 'pass' }] },
      seal: { result: 'pass', reason: null },
      messageSignature: {
        result: 'pass',
        reason: null,
        domain: 'list.example',
        selector: 's1',
        bodyHolds: true,
        signedHeaders: ['from', 'to', 'subject', 'date', 'message-id'],
        bodyLength: 4,
      },
      fields: { seal: 0, messageSignature: 1, results: 2 },
      dns: [0],
    });
    expect(check.sets[0]).toMatchObject({
      instance: 1,
      cv: 'none',
      fields: { seal: 3, messageSignature: 4, results: 5 },
      messageSignature: { bodyLength: null },
    });
  });

  it.each(
    rows<Row & { text: () => string; zone?: Readonly<Record<string, unknown>>; oldestPass: number }>([
      { why: 'every message signature holds', text: () => chain(3), oldestPass: 0 },
      {
        why: 'the first hop’s does not: the second changed the message (§5.2 step 5)',
        text: () => seal(seal(chain(1).replace('all is well', 'all is very well'))),
        oldestPass: 2,
      },
      {
        why: 'the first and the second do not: it is the newest of them that ends the count',
        text: () => seal(chain(2).replace('all is well', 'all is very well')),
        oldestPass: 3,
      },
      {
        why: 'what holds below one that does not is not counted',
        text: () => seal(seal(chain(1), { messageTags: { bh: 'AAAA' } })),
        oldestPass: 3,
      },
      {
        why: 'Ed25519 (RFC 8463)',
        text: () => seal(LETTER, { key: keys.ed25519 }),
        zone: { [KEY]: keyEntry(keys.ed25519) },
        oldestPass: 0,
      },
      {
        why: 'a stray record beside the key',
        text: () => chain(1),
        zone: { [KEY]: { TXT: ['v=spf1 -all', RECORD] } },
        oldestPass: 0,
      },
      {
        why: 'a version, which ARC does not have (§4.1.2)',
        text: () => chain(1, { messageTags: { v: '1' } }),
        oldestPass: 0,
      },
      {
        why: 'unknown tags, and c= in a seal is one (§4.1.3)',
        text: () => chain(1, { sealTags: { c: 'simple', zz: '1' }, messageTags: { zz: '1' } }),
        oldestPass: 0,
      },
      {
        why: 'a sealer by ARC’s drafts, where c= was relaxed/relaxed unless written',
        text: () => chain(1, { messageTags: { c: null } }),
        oldestPass: 0,
      },
      { why: 'no time of sealing', text: () => chain(2, { time: null }), oldestPass: 0 },
      {
        why: 'a status in capitals (RFC 5234 §2.3)',
        text: () => chain(1, { sealTags: { cv: 'NONE' } }),
        oldestPass: 0,
      },
      {
        why: 'the last second of x=',
        text: () => chain(1, { messageTags: { x: `${SEALED_AT + 1}` } }),
        oldestPass: 0,
      },
      {
        why: 'an x= that is to come',
        text: () => chain(1, { messageTags: { x: `${SEALED_AT + 60}` } }),
        oldestPass: 0,
      },
    ]),
  )('%s', async (_, { text, zone = SEALERS, oldestPass }) => {
    const check = await arcOf(text(), { zone, judgedAt: SEALED_AT + 1 });
    expect([brief(check), check.oldestPass]).toEqual(['pass', oldestPass]);
  });
});

interface Case {
  readonly why: string;
  readonly text: () => string;
  readonly zone?: Readonly<Record<string, unknown>>;
  readonly completeness?: Completeness;
  readonly judgedAt?: number;
  /** `result instance`; a case of the newest set otherwise. */
  readonly found: string;
}

const withTags = (messageTags: SealOptions['messageTags'] = {}): (() => string) => {
  return () => seal(chain(1), { messageTags });
};
const withKey = (record: string): Pick<Case, 'text' | 'zone' | 'found'> => ({
  text: () => chain(1),
  zone: { [KEY]: record },
  found: 'fail 1',
});

/** One case for each reason: a reason without one does not compile. */
const BROKEN: Readonly<Record<ArcReason, Case>> = {
  syntax: { why: 'a field that is no tag list', text: () => changed('cv=pass;', 'cv=pass;;'), found: 'fail' },
  'duplicate-tag': {
    why: 'a tag twice (RFC 6376 §3.2)',
    text: () => changed('cv=pass;', 'cv=pass; cv=pass;'),
    found: 'fail',
  },
  instance: {
    why: 'a field without its number',
    text: () => changed('ARC-Seal: i=2; ', 'ARC-Seal: '),
    found: 'fail',
  },
  'too-many-sets': { why: 'more than 50 hops (§5.2 step 1)', text: () => chain(51), found: 'fail 51' },
  'duplicate-field': {
    why: 'two seals of one number',
    text: () => chain(2).replace(fieldOf('ARC-Seal', 1), '$&$&'),
    found: 'fail 1',
  },
  'missing-set': {
    why: 'a hop that skips a number',
    text: () => seal(chain(1), { instance: 3 }),
    found: 'fail 2',
  },
  'incomplete-set': {
    why: 'a set without its results',
    text: () => changed(fieldOf('ARC-Authentication-Results', 1), ''),
    found: 'fail 1',
  },
  'chain-status': {
    why: 'a first hop that says it found a chain',
    text: () => chain(1, { sealTags: { cv: 'pass' } }),
    found: 'fail 1',
  },
  'chain-failed': {
    why: 'a hop that found the chain broken: for good (§5.2.1)',
    text: () => seal(chain(1), { cv: 'fail' }),
    found: 'fail 2',
  },
  'missing-tag': { why: 'no bh=', text: withTags({ bh: null }), found: 'fail 2' },
  algorithm: { why: 'an unknown algorithm', text: withTags({ a: 'rsa-sha512' }), found: 'fail 2' },
  canonicalization: { why: 'an unknown form', text: withTags({ c: 'nofws' }), found: 'fail 2' },
  domain: { why: 'd= that is no domain', text: withTags({ d: 'list..example' }), found: 'fail 2' },
  'query-method': { why: 'keys from elsewhere', text: withTags({ q: 'https' }), found: 'fail 2' },
  encoding: { why: 'bh= that is no base64', text: withTags({ bh: '!' }), found: 'fail 2' },
  number: { why: 'a time in words', text: withTags({ t: 'now' }), found: 'fail 2' },
  'expires-before-created': {
    why: 'expired when made',
    text: withTags({ x: `${SEALED_AT}` }),
    found: 'fail 2',
  },
  'seal-tag': {
    why: 'a seal with h= (§4.1.3)',
    text: () => seal(chain(1), { sealTags: { h: 'from' } }),
    found: 'fail 2',
  },
  'signs-seal': { why: 'h= with ARC-Seal (§4.1.2)', text: withTags({ h: 'from:arc-seal' }), found: 'fail 2' },
  'weak-algorithm': { why: 'SHA-1 (RFC 8301 §3.1)', text: withTags({ a: 'rsa-sha1' }), found: 'fail 2' },
  'key-missing': { why: 'no key in DNS', text: () => chain(1), zone: {}, found: 'fail 1' },
  'key-unanswered': {
    why: 'no answer from DNS, and tomorrow there may be one',
    text: () => chain(2),
    zone: { [KEY]: { RCODE: 'SERVFAIL' } },
    found: 'temperror 2',
  },
  'key-syntax': { why: 'a record that is none', ...withKey('v=DKIM1') },
  'key-version': { why: 'a key of another version', ...withKey(RECORD.replace('DKIM1', 'DKIM2')) },
  'key-type': { why: 'a key of an unknown type', ...withKey(RECORD.replace('k=rsa', 'k=dsa')) },
  'key-service': { why: 'a key for other services', ...withKey(`${RECORD}; s=tlsrpt`) },
  'key-encoding': { why: 'a key that is no key', ...withKey('v=DKIM1; p=QUJD') },
  'key-revoked': { why: 'a key that is withdrawn', ...withKey('v=DKIM1; p=') },
  'key-unsuitable': { why: 'a key for another algorithm', ...withKey(keyRecord(keys.ed25519)) },
  'testing-key': { why: 'a key on trial', ...withKey(`${RECORD}; t=y`) },
  'short-key': (() => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 768 });
    return {
      why: 'a key under 1024 bits (RFC 8301 §3.2)',
      text: () => chain(1, { key: privateKey }),
      zone: { [KEY]: keyRecord(privateKey) },
      found: 'fail 1',
    };
  })(),
  'signature-mismatch': {
    why: 'a signed field that was changed',
    text: () => changed('Subject: Your', 'Subject: My'),
    found: 'fail 2',
  },
  expired: {
    why: 'past x= when the receiver took it',
    text: withTags({ x: `${SEALED_AT + 60}` }),
    judgedAt: SEALED_AT + 61,
    found: 'fail 2',
  },
  'body-altered': { why: 'another body', text: () => changed('all is well', 'all is lost'), found: 'fail 2' },
  'body-too-short': {
    why: 'l= beyond the body',
    text: () => seal(chain(1), { length: 31 }),
    found: 'fail 2',
  },
  'body-not-original': {
    why: 'another body, in octets that may have been altered since',
    text: () => changed('all is well', 'all is lost'),
    completeness: 'reencoded',
    found: 'not-checkable 2',
  },
  'body-absent': {
    why: 'the header alone',
    text: () => chain(2),
    completeness: 'headers',
    found: 'not-checkable 2',
  },
  // Of the older message signatures, which need not hold: told for the set and never for the chain.
  'too-many-signatures': {
    why: 'more message signatures than are tried',
    text: () => chain(21),
    found: 'pass',
  },
};

describe('a chain that does not hold, or cannot be told to', () => {
  it.each(Object.entries(BROKEN).map(([reason, one]) => [reason, one.why, one] as const))(
    '%s: %s',
    async (reason, _, { text, zone = SEALERS, completeness = 'full', judgedAt, found }) => {
      const judged = judgedAt === undefined ? {} : { judgedAt };
      const check = await arcOf(text(), { zone, completeness, ...judged });
      const [result, instance] = found.split(' ');
      if (result === 'pass') {
        expect(check.result).toBe('pass');
        expect(check.sets[0]?.messageSignature).toMatchObject({ result: 'fail', reason });
        expect(check.sets.slice(1).every((set) => set.messageSignature.result === 'pass')).toBe(true);
        return;
      }
      expect(brief(check)).toBe([result, reason, instance].filter(Boolean).join(' '));
      expect(check.oldestPass).toBeNull();
    },
  );
});

describe('where a chain breaks', () => {
  it.each(
    rows<Row & { text: () => string; found: string; zone?: Readonly<Record<string, unknown>> }>([
      {
        why: 'a status that is no word of the standard',
        text: () => chain(1, { sealTags: { cv: 'maybe' } }),
        found: 'fail chain-status 1',
      },
      { why: 'no status', text: () => chain(1, { sealTags: { cv: null } }), found: 'fail chain-status 1' },
      {
        why: 'a second hop that found no chain',
        text: () => seal(chain(1), { sealTags: { cv: 'none' } }),
        found: 'fail chain-status 2',
      },
      {
        why: 'a status of fail below the newest is out of place (§5.2 step 3)',
        text: () => seal(chain(1, { cv: 'fail' })),
        found: 'fail chain-status 1',
      },
      { why: 'a set numbered nought', text: () => seal(LETTER, { instance: 0 }), found: 'fail instance' },
      {
        why: 'a number in letters',
        text: () => changed(/ARC-Seal: i=2/, 'ARC-Seal: i=b'),
        found: 'fail instance',
      },
      {
        why: 'results without their number',
        text: () => changed('Results: i=2; ', 'Results: '),
        found: 'fail instance',
      },
      {
        why: 'results whose number is no number of its own',
        text: () => changed('Results: i=2; ', 'Results: i=2 list.example; '),
        found: 'fail instance',
      },
      {
        why: 'a number that no chain reaches',
        text: () => seal(LETTER, { instance: 999_999_999 }),
        found: 'fail too-many-sets 999999999',
      },
      {
        why: 'a seal with a body hash (§4.1.3)',
        text: () => seal(chain(1), { sealTags: { bh: 'AAAA' } }),
        found: 'fail seal-tag 2',
      },
      {
        why: 'c= as written, not as it should have been',
        text: () => chain(1, { messageTags: { c: 'simple/simple' } }),
        found: 'fail signature-mismatch 1',
      },
      {
        why: 'a changed message under a signature without c=',
        text: () => chain(1, { messageTags: { c: null } }).replace('Subject: Your', 'Subject: My'),
        found: 'fail signature-mismatch 1',
      },
      {
        why: 'the wrong key beside a record that is none: the key says more',
        text: () => chain(1),
        zone: { [KEY]: { TXT: ['v=spf1 -all', keyRecord(keys.rsaA)] } },
        found: 'fail signature-mismatch 1',
      },
      {
        why: 'a seal that was changed',
        text: () => changed(fieldOf('ARC-Seal', 1), `${chain(1, { time: 1 }).split('\r\n')[0]}\r\n`),
        found: 'fail signature-mismatch 2',
      },
      {
        why: 'results that were changed under their seal',
        text: () =>
          changed('Results: i=1; list.example; dmarc=pass', 'Results: i=1; list.example; dmarc=fail'),
        found: 'fail signature-mismatch 2',
      },
      {
        why: 'a seal by a stranger below seals that hold',
        text: () => seal(seal(LETTER, { key: keys.rsaA })),
        found: 'fail signature-mismatch 1',
      },
      {
        why: 'what is certain counts before what was not answered',
        text: () => seal(seal(LETTER, { key: keys.rsaA }), { selector: 's2' }),
        zone: { ...SEALERS, 's2._domainkey.list.example': { RCODE: 'TIMEOUT' } },
        found: 'fail signature-mismatch 1',
      },
      {
        why: 'an unanswered key below',
        text: () => seal(chain(1, { selector: 's2' })),
        zone: { ...SEALERS, 's2._domainkey.list.example': { RCODE: 'TIMEOUT' } },
        found: 'temperror key-unanswered 1',
      },
    ]),
  )('%s', async (_, { text, found, zone = SEALERS }) => {
    expect(brief(await arcOf(text(), { zone }))).toBe(found);
  });

  it('is a field that can be pointed at', async () => {
    const broken = await arcOf(seal(seal(LETTER, { key: keys.rsaA })));
    expect(broken.field).toBe(broken.sets[0]?.fields.seal);
    expect((await arcOf(changed('Subject: Your', 'Subject: My'))).field).toBe(1);
    expect((await arcOf(changed('cv=pass;', 'cv=pass;;'))).field).toBe(0);
    expect((await arcOf(seal(chain(1), { instance: 3 }))).field).toBeNull();
  });
});

describe('a broken chain still tells what can be known', () => {
  it('a hop that found it broken seals its own set alone (§5.1.2), and that can hold', async () => {
    const broken = chain(1).replace('all is well', 'all is lost').replace('t=1795158256; cv', 't=1; cv');
    const check = await arcOf(seal(broken, { cv: 'fail' }));
    expect(brief(check)).toBe('fail chain-failed 2');
    expect(check.sets[1]).toMatchObject({ seal: { result: 'pass' }, messageSignature: { result: 'pass' } });
    expect(check.sets[0]).toMatchObject({ seal: { result: 'fail', reason: 'signature-mismatch' } });
  });

  it('a seal over a set that is not there does not hold', async () => {
    const check = await arcOf(changed(fieldOf('ARC-Authentication-Results', 1), ''));
    expect(check.sets).toMatchObject([{ instance: 2, seal: { result: 'fail', reason: 'missing-set' } }]);
    expect(check.highest).toBe(2);
  });

  it('whose signature cannot be read, as far as it can', async () => {
    const check = await arcOf(chain(1, { sealTags: { a: 'x' }, messageTags: { bh: null } }));
    expect(check.sets[0]).toMatchObject({
      domain: 'list.example',
      selector: 's1',
      created: null,
      seal: { result: 'fail', reason: 'algorithm' },
      messageSignature: {
        reason: 'missing-tag',
        domain: 'list.example',
        signedHeaders: [],
        bodyLength: null,
      },
      dns: [],
    });
  });
});

describe('the body', () => {
  it.each(
    rows<Row & { text: string; completeness?: Completeness; bodyHolds: boolean | null; result: string }>([
      { why: 'fits', text: chain(1), bodyHolds: true, result: 'pass' },
      {
        why: 'fits although octets may have been altered',
        text: chain(1),
        completeness: 'reencoded',
        bodyHolds: true,
        result: 'pass',
      },
      {
        why: 'fits under a header that was changed',
        text: chain(1).replace('Subject: Your', 'Subject: My'),
        bodyHolds: true,
        result: 'fail',
      },
      { why: 'does not fit', text: chain(1).replace('well', 'lost'), bodyHolds: false, result: 'fail' },
      {
        why: 'is not at hand',
        text: chain(1),
        completeness: 'headers',
        bodyHolds: null,
        result: 'not-checkable',
      },
      {
        why: 'is not there',
        text: chain(1).slice(0, chain(1).indexOf('\r\n\r\n') + 2),
        bodyHolds: null,
        result: 'not-checkable',
      },
      {
        why: 'is not at hand, but the header alone is proof enough that it does not hold',
        text: chain(1).replace('Subject: Your', 'Subject: My'),
        completeness: 'headers',
        bodyHolds: null,
        result: 'fail',
      },
    ]),
  )('%s', async (_, { text, completeness = 'full', bodyHolds, result }) => {
    const { sets } = await arcOf(text, { completeness });
    expect(sets[0]?.messageSignature).toMatchObject({ bodyHolds, result });
  });
});
