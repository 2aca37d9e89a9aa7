/** Receivers whose way of writing is known, as data: the hops that they write, and where they write their results. */
import type { KnownReceiver } from './evidence.ts';

export interface KnownProfile {
  readonly id: KnownReceiver;
  /** Its authserv-ids. Hosts and field names are patterns, see `pattern.ts`. */
  readonly ids: readonly string[];
  /** Servers that take the message over inside, from an inner address or none. */
  readonly inner: readonly string[];
  /** Servers that take it from outside. */
  readonly border: readonly string[];
  /** Servers that take the mail of the receiver's own users: from an inner address, and a border all the same. */
  readonly innerBorder: readonly string[];
  /** Where its results stand, seen from the border. */
  readonly results: 'above' | 'below';
  /** Fields that may stand among the results, and between them and the border. */
  readonly between: readonly string[];
  /** A field of the receiver's own among them that must name the border's address. */
  readonly witness: 'received-spf' | 'x-originating-ip' | null;
  /** The client's address stands in place of its name: `from 192.0.2.1 (EHLO mail.example.org)`. */
  readonly writesAddressFirst: boolean;
}

const ZOHO = [
  'mx.zohomail.com',
  'mx.zohomail.com.au',
  'mx.zohomail.eu',
  'mx.zohomail.in',
  'mx.zohomail.jp',
  'mx.zoho.com',
  'mx.zoho.eu',
  'mx.zoho.in',
];

export const KNOWN: readonly KnownProfile[] = [
  {
    id: 'fastmail',
    ids: ['mx*.messagingengine.com'],
    inner: ['slot*', '*compute*.internal', 'mailmx.*.internal', 'mx*.messagingengine.com'],
    border: ['mx*.messagingengine.com', 'mailmx.*.internal'],
    innerBorder: ['mailmx.*.internal'],
    results: 'above',
    between: ['bimi-*', 'x-me-*', 'received-spf'],
    witness: null,
    writesAddressFirst: false,
  },
  {
    // A milter of Postfix writes below the Received field of its own server. The block ends with Received-SPF, which
    // may not stand between: what follows may be the sender's.
    id: 'icloud',
    ids: [
      'bimi.icloud.com',
      'arc.icloud.com',
      'dmarc.icloud.com',
      'dkim-verifier.icloud.com',
      'spf.icloud.com',
    ],
    inner: ['*-mailgateway-*'],
    border: ['*.me.com', '*-icloudmta-*', '*.apple.com'],
    innerBorder: [],
    results: 'below',
    between: ['x-arc-info', 'x-dmarc-*', 'x-icl-*'],
    witness: 'received-spf',
    writesAddressFirst: false,
  },
  {
    id: 'proton',
    ids: ['mail.protonmail.ch', 'mailin*.protonmail.ch'],
    inner: [],
    border: ['mailin*.protonmail.ch'],
    innerBorder: [],
    results: 'above',
    between: [],
    witness: null,
    writesAddressFirst: false,
  },
  {
    id: 'zoho',
    ids: ZOHO,
    inner: [],
    border: ZOHO,
    innerBorder: [],
    results: 'above',
    between: ['arc-*', 'return-path'],
    witness: null,
    writesAddressFirst: false,
  },
  {
    // The results stand below a hop from 127.0.0.1 or 10.0.0.0/8; the true border is the hop beneath them.
    id: 'yahoo',
    ids: ['*.yahoo.com'],
    inner: ['*.yahoo.com'],
    border: ['10.*.*.*'],
    innerBorder: [],
    results: 'above',
    between: ['return-path', 'received-spf', 'x-apparently-to', 'x-originating-ip', 'x-ymail*'],
    witness: 'x-originating-ip',
    writesAddressFirst: true,
  },
];
