import { describe, expect, it } from 'vitest';
import { rows } from '../kit.ts';
import { type Case, read } from './parse-kit.ts';

describe('Authentication-Results of RFC 8601 appendix B', () => {
  it.each(
    rows<Case>([
      {
        why: 'B.2: nothing was judged',
        value: 'example.org 1; none',
        id: 'example.org',
        version: '1',
        results: [],
      },
      {
        why: 'B.3: one method',
        value: 'example.com; spf=pass smtp.mailfrom=example.net',
        id: 'example.com',
        results: ['spf=pass smtp.mailfrom=example.net'],
      },
      {
        why: 'B.4: several methods in one field',
        value:
          'example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net',
        id: 'example.com',
        results: ['auth=pass (cram-md5) smtp.auth=sender@example.net', 'spf=pass smtp.mailfrom=example.net'],
      },
      {
        why: '§2.7.3: an address as a property',
        value: 'example.com; iprev=pass policy.iprev=192.0.2.200',
        id: 'example.com',
        results: ['iprev=pass policy.iprev=192.0.2.200'],
      },
      {
        why: 'B.5: different services',
        value:
          'example.com; sender-id=fail header.from=example.com; dkim=pass (good signature) header.d=example.com',
        id: 'example.com',
        results: [
          'sender-id=fail header.from=example.com',
          'dkim=pass (good signature) header.d=example.com',
        ],
      },
      {
        why: 'B.6: several results of one method, with reasons',
        value:
          'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad signature" header.i=@newyork.example.com',
        id: 'example.com',
        results: [
          'dkim=pass reason=good signature header.i=@mail-router.example.net',
          'dkim=fail reason=bad signature header.i=@newyork.example.com',
        ],
      },
      {
        why: 'B.7: comments in every place that allows one',
        value:
          "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
        id: 'foo.example.net',
        version: '1',
        results: [
          "dkim=fail (Because I like it) (One yay) (wait for it) (A dot can go here) (like that) (this surprised me) (as I wasn't expecting it) policy.expired=1362471462",
        ],
      },
    ]),
  )('%s', (_, { value, id, version = null, results }) => {
    expect(read(value)).toEqual({ id, version, results, warnings: [] });
  });
});

describe('Authentication-Results as receivers write it', () => {
  it.each(
    rows<Case & { warnings?: readonly string[] }>([
      {
        why: 'Microsoft: no authserv-id, no space after the semicolon, properties without a type',
        value:
          'spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=mail.bank.example; dkim=pass (signature was verified) header.d=bank.example;dmarc=pass action=none header.from=bank.example;compauth=pass reason=100',
        id: null,
        results: [
          'spf=pass (sender IP is 192.0.2.25) smtp.mailfrom=mail.bank.example',
          'dkim=pass (signature was verified) header.d=bank.example',
          'dmarc=pass .action=none header.from=bank.example',
          'compauth=pass reason=100',
        ],
      },
      {
        why: 'Microsoft, old: bare domains between results and an empty property',
        value:
          'spf=temperror (sender IP is 192.0.2.1) smtp.helo=a.example; b.example; dkim=none (message not signed) header.d=none;b.example; dmarc=none action=none header.from=;',
        id: null,
        results: [
          'spf=temperror (sender IP is 192.0.2.1) smtp.helo=a.example',
          'dkim=none (message not signed) header.d=none',
          'dmarc=none .action=none header.from=',
        ],
        warnings: ['stray-text'],
      },
      {
        why: 'Gmail: the policy stands in a comment',
        value:
          'mx.google.com;       dkim=pass header.i=@bank.example header.s=s1 header.b="Z9k/yZIA";       spf=pass (google.com: domain of a@bank.example designates 2001:db8::1 as permitted sender) smtp.mailfrom=a@bank.example;       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=bank.example',
        id: 'mx.google.com',
        results: [
          'dkim=pass header.i=@bank.example header.s=s1 header.b=Z9k/yZIA',
          'spf=pass (google.com: domain of a@bank.example designates 2001:db8::1 as permitted sender) smtp.mailfrom=a@bank.example',
          'dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=bank.example',
        ],
      },
      {
        why: 'Gmail behind a gateway',
        value:
          'mx.google.com; gateway.spf=pass (google.com: internal) smtp.mailfrom=a@b.example smtp.remote-ip=192.0.2.1',
        id: 'mx.google.com',
        results: [
          'gateway.spf=pass (google.com: internal) smtp.mailfrom=a@b.example smtp.remote-ip=192.0.2.1',
        ],
      },
      {
        why: 'Yahoo: no space before a comment',
        value:
          'atlas220.free.mail.bf1.yahoo.com; dkim=perm_fail header.i=@a.example header.s=2023a; spf=pass smtp.mailfrom=a.example; dmarc=pass(p=REJECT,sp=NULL) header.from=a.example;',
        id: 'atlas220.free.mail.bf1.yahoo.com',
        results: [
          'dkim=perm_fail header.i=@a.example header.s=2023a',
          'spf=pass smtp.mailfrom=a.example',
          'dmarc=pass (p=REJECT,sp=NULL) header.from=a.example',
        ],
      },
      {
        why: 'Fastmail: quoted strings with spaces and an address of the web as a value',
        value:
          'mx1.messagingengine.com; bimi=pass policy.mark-type="Registered Mark" policy.authority-uri= https://a.example/b.pem',
        id: 'mx1.messagingengine.com',
        results: ['bimi=pass policy.mark-type=Registered Mark policy.authority-uri=https://a.example/b.pem'],
      },
      {
        why: 'a value with = inside (VERP)',
        value: 'a.example; spf=pass smtp.mailfrom=bounce=naomi=lakeside.example@b.example',
        id: 'a.example',
        results: ['spf=pass smtp.mailfrom=bounce=naomi=lakeside.example@b.example'],
      },
      {
        why: 'a quoted local part before its domain',
        value: 'a.example; spf=pass smtp.mailfrom="x; dmarc=pass"@b.example',
        id: 'a.example',
        results: ['spf=pass smtp.mailfrom=x; dmarc=pass@b.example'],
      },
    ]),
  )('%s', (_, { value, id, version = null, results, warnings = [] }) => {
    expect(read(value)).toEqual({ id, version, results, warnings });
  });
});
