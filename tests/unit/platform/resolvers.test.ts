/** Which addresses of resolvers are read, and the hosts that they need. */
import { describe, expect, it } from 'vitest';
import { PRESET_RESOLVERS } from '../../../lib/platform/doh.ts';
import { REQUIRED_HOSTS } from '../../../lib/platform/required-hosts.ts';
import { hostPattern, KNOWN_RESOLVERS, readResolverUrl } from '../../../lib/platform/resolvers.ts';

const URL = 'https://dns.bank.example/dns-query';

describe('the address of a resolver', () => {
  it.each([
    { why: 'as it stands', text: URL, want: URL },
    { why: 'with a template’s end', text: `${URL}{?dns}`, want: URL },
    { why: 'with white space around it', text: ` \t${URL}\n`, want: URL },
    { why: 'with white space around a template', text: ` ${URL}{?dns} `, want: URL },
    { why: 'at a port', text: 'https://dns.bank.example:8443/q', want: 'https://dns.bank.example:8443/q' },
    { why: 'at the usual port', text: 'https://dns.bank.example:443/q', want: 'https://dns.bank.example/q' },
    { why: 'in capitals', text: 'HTTPS://DNS.Bank.Example/Q', want: 'https://dns.bank.example/Q' },
    { why: 'without a path', text: 'https://dns.bank.example', want: 'https://dns.bank.example/' },
    { why: 'with a question of its own', text: `${URL}?tenant=1`, want: `${URL}?tenant=1` },
    {
      why: 'at an internationalised name',
      text: 'https://dns.bücher.example/q',
      want: 'https://dns.xn--bcher-kva.example/q',
    },
    { why: 'at an address', text: 'https://192.0.2.53/q', want: 'https://192.0.2.53/q' },
  ])('is read $why', ({ text, want }) => {
    expect(readResolverUrl(text)).toBe(want);
    // What is stored is read again.
    expect(readResolverUrl(want)).toBe(want);
  });

  it.each([
    { why: 'without encryption', text: 'http://dns.bank.example/dns-query' },
    { why: 'of another protocol', text: 'tls://dns.bank.example' },
    { why: 'that is code', text: 'javascript:alert(1)' },
    { why: 'that is data', text: 'data:text/plain,https://dns.bank.example/' },
    { why: 'without a protocol', text: 'dns.bank.example/dns-query' },
    { why: 'without a host', text: 'https:///' },
    { why: 'with a name', text: 'https://user@dns.bank.example/dns-query' },
    { why: 'with a password', text: 'https://:word@dns.bank.example/dns-query' },
    { why: 'with both', text: 'https://user:word@dns.bank.example/dns-query' },
    { why: 'with a fragment', text: `${URL}#part` },
    { why: 'with a space in its name', text: 'https://dns bank.example/' },
    { why: 'with a port that is none', text: 'https://dns.bank.example:port/' },
    { why: 'with a port beyond the last', text: 'https://dns.bank.example:65536/' },
    { why: 'of nothing', text: '' },
    { why: 'of spaces', text: '   ' },
    { why: 'of a template’s end alone', text: '{?dns}' },
    // A star in a host permission would mean every host.
    { why: 'with a star for its name', text: 'https://*/dns-query' },
    { why: 'with a star in its name', text: 'https://*.bank.example/dns-query' },
  ])('is refused $why', ({ text }) => {
    expect(readResolverUrl(text)).toBeNull();
  });
});

describe('the host permission of a resolver', () => {
  it.each([
    { url: URL, want: 'https://dns.bank.example/*' },
    { url: 'https://dns.bank.example:8443/q?tenant=1', want: 'https://dns.bank.example/*' },
    { url: 'https://dns.xn--bcher-kva.example/q', want: 'https://dns.xn--bcher-kva.example/*' },
    { url: 'https://192.0.2.53/q', want: 'https://192.0.2.53/*' },
  ])('is one host without its port: $url', ({ url, want }) => {
    expect(hostPattern(url)).toBe(want);
  });
});

describe('the resolvers that are offered', () => {
  it('are addresses as they would be read, each once', () => {
    for (const { url } of KNOWN_RESOLVERS) expect(readResolverUrl(url)).toBe(url);
    expect(new Set(KNOWN_RESOLVERS.map(({ url }) => url)).size).toBe(KNOWN_RESOLVERS.length);
    expect(new Set(KNOWN_RESOLVERS.map(({ name }) => name)).size).toBe(KNOWN_RESOLVERS.length);
  });

  it('include those that are preset, and the manifest allows them', () => {
    for (const url of PRESET_RESOLVERS) {
      expect(KNOWN_RESOLVERS.map((known) => known.url)).toContain(url);
      expect(REQUIRED_HOSTS).toContain(hostPattern(url));
    }
  });
});
