import { describe, expect, it } from 'vitest';
import { httpsPath, readReportUri } from '../../../../lib/engine/dmarc/uri.ts';
import { type Row, rows } from '../kit.ts';

describe('a report address (RFC 9989 §4.8)', () => {
  it.each(
    rows<Row & { entry: string; uri: string | null; hasSize?: boolean }>([
      { why: 'an address', entry: 'mailto:a@b.example', uri: 'mailto:a@b.example' },
      { why: 'in any case', entry: 'MAILTO:A@B.example', uri: 'MAILTO:A@B.example' },
      { why: 'with a subject', entry: 'mailto:a@b.example?subject=x', uri: 'mailto:a@b.example?subject=x' },
      {
        why: 'with what has to be encoded',
        entry: 'mailto:a%21b@c.example',
        uri: 'mailto:a%21b@c.example',
      },
      { why: 'another scheme', entry: 'https://b.example/x', uri: 'https://b.example/x' },
      {
        why: 'a size of RFC 7489',
        entry: 'mailto:a@b.example!10m',
        uri: 'mailto:a@b.example',
        hasSize: true,
      },
      { why: 'a size in octets', entry: 'mailto:a@b.example!99', uri: 'mailto:a@b.example', hasSize: true },
      { why: 'a size that is none', entry: 'mailto:a@b.example!10x', uri: null },
      { why: 'nothing before the size', entry: '!10m', uri: null },
      { why: 'an exclamation mark that is not encoded', entry: 'mailto:a!b@c.example', uri: null },
      { why: 'no scheme', entry: 'a@b.example', uri: null },
      { why: 'a scheme that begins with no letter', entry: '_mailto:a@b.example', uri: null },
      { why: 'nobody (RFC 6068 §2)', entry: 'mailto:', uri: null },
      { why: 'no domain', entry: 'mailto:a@', uri: null },
      { why: 'no local part', entry: 'mailto:@b.example', uri: null },
      { why: 'two at signs', entry: 'mailto:a@b@c.example', uri: null },
      { why: 'white space within', entry: 'mailto:a b@c.example', uri: null },
      { why: 'half an encoded octet', entry: 'mailto:a%2@c.example', uri: null },
      { why: 'letters beyond ASCII', entry: 'mailto:\xe4@c.example', uri: null },
      { why: 'nothing', entry: '', uri: null },
    ]),
  )('%s', (_, { entry, uri, hasSize = false }) => {
    expect(readReportUri(entry)).toEqual(uri === null ? null : { uri, hasSize });
  });
});

describe('the path of an HTTPS URI with a domain name', () => {
  it.each(
    rows<Row & { uri: string; path: string | null }>([
      { why: 'a file', uri: 'https://b.example/logo.svg', path: '/logo.svg' },
      { why: 'in any case', uri: 'HTTPS://B.Example/Logo.SVG', path: '/Logo.SVG' },
      { why: 'without query and fragment', uri: 'https://b.example/logo.svg?v=1#x', path: '/logo.svg' },
      { why: 'a query at once', uri: 'https://b.example?logo.png', path: '' },
      { why: 'no path', uri: 'https://b.example', path: '' },
      { why: 'a port', uri: 'https://b.example:8443/x', path: '/x' },
      { why: 'the root’s dot', uri: 'https://b.example./x', path: '/x' },
      { why: 'HTTP', uri: 'http://b.example/x', path: null },
      { why: 'no host', uri: 'https:///x', path: null },
      { why: 'one label', uri: 'https://localhost/x', path: null },
      { why: 'an address', uri: 'https://192.0.2.1/x', path: null },
      { why: 'an address of IPv6', uri: 'https://[2001:db8::1]/x', path: null },
      { why: 'somebody’s password', uri: 'https://a:b@c.example/x', path: null },
      { why: 'a user', uri: 'https://a@c.example/x', path: null },
      { why: 'an empty label', uri: 'https://a..example/x', path: null },
      { why: 'a hyphen at the edge', uri: 'https://-a.example/x', path: null },
      { why: 'a port that is none', uri: 'https://b.example:x/x', path: null },
      { why: 'two ports', uri: 'https://b.example:1:2/x', path: null },
      { why: 'a comma (§4.3)', uri: 'https://b.example/a,b', path: null },
      { why: 'white space', uri: 'https://b.example/a b', path: null },
      { why: 'relative', uri: '//b.example/x', path: null },
    ]),
  )('%s', (_, { uri, path }) => {
    expect(httpsPath(uri)).toBe(path);
  });
});
