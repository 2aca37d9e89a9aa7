import { describe, expect, it } from 'vitest';
import { type BimiTask, evaluateBimi } from '../../../../lib/engine/bimi/evaluate.ts';
import { DEFAULT_SELECTOR, lookUpBimi } from '../../../../lib/engine/bimi/lookup.ts';
import { lookUpDmarc } from '../../../../lib/engine/dmarc/evaluate.ts';
import { openLedger } from '../../../../lib/engine/dns/ledger.ts';
import { portsOver, type Row, rows } from '../kit.ts';

type Zone = Record<string, unknown>;

const LOGO = 'https://b.example/logo.svg';
const FULL = `v=BIMI1; l=${LOGO}; a=https://b.example/vmc.pem`;
const REJECT = { '_dmarc.example.com': 'v=DMARC1; p=reject' };
const AT = 'default._bimi.example.com';

async function check(
  authorDomain: string,
  zone: Zone,
  task: Partial<BimiTask> = {},
  selector = DEFAULT_SELECTOR,
) {
  const ledger = openLedger(portsOver(zone).resolve);
  const dmarc = await lookUpDmarc(authorDomain, [], ledger);
  const { organizationalDomain } = dmarc.walk;
  const answer = await lookUpBimi({ authorDomain, organizationalDomain, selector }, ledger);
  const found = evaluateBimi(answer, { dmarc, result: 'pass', hasOneAuthor: true, ...task });
  return { found, asked: found.dns.map((index) => ledger.answers()[index]?.name) };
}

describe('where the record stands (draft §7.2)', () => {
  it.each(
    rows<Row & { author?: string; zone: Zone; selector?: string; found: object; asked: readonly string[] }>([
      {
        why: 'at the author domain',
        author: 'a.example.com',
        zone: { ...REJECT, 'default._bimi.a.example.com': FULL },
        found: { kind: 'record', domain: 'a.example.com', selector: 'default', obstacles: [] },
        asked: ['default._bimi.a.example.com'],
      },
      {
        why: 'else at its organization',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: FULL },
        found: {
          kind: 'record',
          domain: 'example.com',
          location: LOGO,
          evidence: 'https://b.example/vmc.pem',
          avatar: 'brand',
          localParts: [],
          obstacles: [],
        },
        asked: ['default._bimi.a.example.com', AT],
      },
      { why: 'nowhere', zone: REJECT, found: { kind: 'none' }, asked: [AT] },
      {
        why: 'other TXT records are none',
        zone: { ...REJECT, [AT]: { TXT: ['hello', FULL] } },
        found: { kind: 'record', obstacles: [] },
        asked: [AT],
      },
      {
        why: 'by the selector that the mail names, without falling back to the default',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: FULL, 'brand._bimi.example.com': 'v=BIMI1; l=' },
        selector: 'brand',
        found: { kind: 'declined', domain: 'example.com', selector: 'brand' },
        asked: ['brand._bimi.a.example.com', 'brand._bimi.example.com'],
      },
      {
        why: 'a subdomain may decline what its organization publishes (§4.3.1)',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: FULL, 'default._bimi.a.example.com': 'v=BIMI1; l=; a=;' },
        found: { kind: 'declined', domain: 'a.example.com', selector: 'default' },
        asked: ['default._bimi.a.example.com'],
      },
      {
        why: 'several records end it (step 9)',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: FULL, 'default._bimi.a.example.com': { TXT: [FULL, 'v=BIMI1; l='] } },
        found: { kind: 'record', location: null, evidence: null, obstacles: ['several-records'] },
        asked: ['default._bimi.a.example.com'],
      },
      {
        why: 'no answer for the author domain is not "none"',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: FULL, 'default._bimi.a.example.com': { RCODE: 'SERVFAIL' } },
        found: { kind: 'unanswered' },
        asked: ['default._bimi.a.example.com'],
      },
      {
        why: 'no answer for the organization',
        author: 'a.example.com',
        zone: { ...REJECT, [AT]: { RCODE: 'TIMEOUT' } },
        found: { kind: 'unanswered' },
        asked: ['default._bimi.a.example.com', AT],
      },
      {
        why: 'an organization that DNS leaves open',
        author: 'a.example.com',
        zone: { ...REJECT, '_dmarc.com': { RCODE: 'TIMEOUT' }, [AT]: FULL },
        found: { kind: 'unanswered' },
        asked: ['default._bimi.a.example.com'],
      },
    ]),
  )('%s', async (_, { author = 'example.com', zone, selector, found, asked }) => {
    const checked = await check(author, zone, {}, selector);
    expect(checked.found).toMatchObject(found);
    expect(checked.asked).toEqual(asked);
  });
});

describe('what is in the way (draft §7.1, §7.3)', () => {
  const withDmarc = (text: string): Zone => ({ '_dmarc.example.com': `v=DMARC1; ${text}`, [AT]: FULL });
  const withRecord = (text: string): Zone => ({ ...REJECT, [AT]: `v=BIMI1; ${text}` });
  it.each(
    rows<Row & { author?: string; zone: Zone; task?: Partial<BimiTask>; obstacles: readonly string[] }>([
      { why: 'nothing', zone: withDmarc('p=reject'), obstacles: [] },
      { why: 'quarantine enforces as well', zone: withDmarc('p=quarantine; pct=100'), obstacles: [] },
      {
        why: 'two authors',
        zone: withDmarc('p=reject'),
        task: { hasOneAuthor: false },
        obstacles: ['several-authors'],
      },
      {
        why: 'a mail that failed',
        zone: withDmarc('p=reject'),
        task: { result: 'fail' },
        obstacles: ['dmarc-not-passed'],
      },
      {
        why: 'a mail that is not judged',
        zone: withDmarc('p=reject'),
        task: { result: 'unknown' },
        obstacles: ['dmarc-open'],
      },
      {
        why: 'an error',
        zone: withDmarc('p=reject'),
        task: { result: 'temperror' },
        obstacles: ['dmarc-open'],
      },
      {
        why: 'no DMARC',
        zone: { [AT]: FULL },
        task: { result: 'none' },
        obstacles: ['dmarc-not-passed', 'policy-not-enforced'],
      },
      {
        why: 'DMARC unanswered',
        zone: { [AT]: FULL, '_dmarc.example.com': { RCODE: 'TIMEOUT' } },
        task: { result: 'temperror' },
        obstacles: ['dmarc-open', 'policy-unanswered'],
      },
      { why: 'a policy of none', zone: withDmarc('p=none'), obstacles: ['policy-not-enforced'] },
      {
        why: 'none by a report address',
        zone: withDmarc('rua=mailto:a@b.example'),
        obstacles: ['policy-not-enforced'],
      },
      {
        why: 'none for subdomains',
        zone: withDmarc('p=reject; sp=none'),
        obstacles: ['subdomain-policy-not-enforced'],
      },
      { why: 'a quarantine in part', zone: withDmarc('p=quarantine; pct=99'), obstacles: ['policy-sampled'] },
      { why: 'pct on reject is no matter (step 9)', zone: withDmarc('p=reject; pct=99'), obstacles: [] },
      { why: 'a test', zone: withDmarc('p=quarantine; t=y'), obstacles: ['policy-testing'] },
      {
        why: 'an organization that does not enforce, above a subdomain that does',
        author: 'a.example.com',
        zone: { ...withDmarc('p=none'), '_dmarc.a.example.com': 'v=DMARC1; p=reject' },
        obstacles: ['policy-not-enforced'],
      },
      {
        why: 'an organization that says no policy, above a subdomain that does',
        author: 'a.example.com',
        zone: { ...withDmarc('rua=mailto:a@b.example'), '_dmarc.a.example.com': 'v=DMARC1; p=reject' },
        obstacles: ['policy-not-enforced'],
      },
      {
        why: 'a subdomain that does not enforce, below an organization that does',
        author: 'a.example.com',
        zone: { ...withDmarc('p=reject'), '_dmarc.a.example.com': 'v=DMARC1; p=none' },
        obstacles: ['policy-not-enforced'],
      },
      {
        why: 'a subdomain whose organization asks nothing of subdomains',
        author: 'a.example.com',
        zone: withDmarc('p=reject; sp=none'),
        obstacles: ['policy-not-enforced', 'subdomain-policy-not-enforced'],
      },
      {
        why: 'an organization that DNS leaves open',
        author: 'a.example.com',
        zone: {
          '_dmarc.a.example.com': 'v=DMARC1; p=reject',
          'default._bimi.a.example.com': FULL,
          '_dmarc.com': { RCODE: 'TIMEOUT' },
        },
        obstacles: ['policy-unanswered'],
      },
      { why: 'no certificate', zone: withRecord(`l=${LOGO}`), obstacles: ['no-evidence'] },
      {
        why: 'no location',
        zone: withRecord('a=https://b.example/vmc.pem'),
        obstacles: ['location-missing'],
      },
      {
        why: 'not over HTTPS',
        zone: withRecord('l=http://b.example/a.svg'),
        obstacles: ['location-not-https', 'no-evidence'],
      },
      {
        why: 'another format',
        zone: withRecord('l=https://b.example/a.gif'),
        obstacles: ['location-not-svg', 'no-evidence'],
      },
      {
        why: 'a certificate not over HTTPS',
        zone: withRecord(`l=${LOGO}; a=ftp://b.example/x`),
        obstacles: ['evidence-not-https'],
      },
      { why: 'a syntax error', zone: withRecord(`l=${LOGO}; oops`), obstacles: ['syntax'] },
      {
        why: 'a tag that stands twice',
        zone: withRecord(`l=${LOGO}; l=${LOGO}`),
        obstacles: ['repeated-tag'],
      },
    ]),
  )('%s', async (_, { author = 'example.com', zone, task = {}, obstacles }) => {
    const { found } = await check(author, zone, task);
    expect(found).toMatchObject({ kind: 'record', obstacles });
  });
});
