/** The worker and the reader's word: an own server that took a mail in, and names that hold the sender's address. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import type { MessageReport } from '../../../lib/explain/report.ts';
import { platformPorts } from '../../../lib/platform/ports.ts';
import { base64, GMAIL, OWN_PAGE, sample, speaker } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';
import { AT_GMAIL, AT_OWN_SERVER } from './letters.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { serveExaminations } = await import('../../../lib/platform/examine-server.ts');

beforeEach(() => runtime.reset());

interface Asking {
  readonly sender: object;
  readonly begin?: Readonly<Record<string, unknown>>;
  readonly zone?: Readonly<Record<string, unknown>>;
}

/** What the worker finds in the end, and the names that it asked DNS for. */
async function examined(
  text: string,
  { sender, begin = {}, zone = {} }: Asking,
): Promise<{ readonly report: MessageReport; readonly asked: readonly string[] }> {
  const ports = platformPorts(zoneResolver(readZone(zone)), () => sample.now);
  const asked: string[] = [];
  const resolve: typeof ports.resolve = (name, type) => {
    asked.push(`${name} ${type}`);
    return ports.resolve(name, type);
  };
  serveExaminations({ portsFor: () => ({ ...ports, resolve }), fetchSource: async () => 'unreachable' });
  const { near, heard } = speaker(runtime.listeners, 'examine', { sender });
  const source = new TextEncoder().encode(text);
  near.postMessage({
    kind: 'begin',
    completeness: 'full',
    via: 'file',
    instead: null,
    bytes: source.length,
    ...begin,
  });
  near.postMessage({ kind: 'piece', base64: base64(source) });
  near.postMessage({ kind: 'end' });
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ report: { checked: { state: 'done' } } }));
  return { report: (heard.at(-1) as { report: MessageReport }).report, asked };
}

interface Claim {
  readonly why: string;
  readonly sender: object;
  readonly servers: string;
  readonly receivedBy?: unknown;
  readonly basis: MessageReport['reported']['basis'];
}

describe('a file with a perfect block of one’s own server', () => {
  it.each<Claim>([
    {
      why: 'is the mailbox’s where the reader says that this server took it in',
      sender: OWN_PAGE,
      servers: 'mx.lakeside.example',
      receivedBy: 'mx.lakeside.example',
      basis: 'mailbox',
    },
    {
      why: 'is a file where the reader does not say so',
      sender: OWN_PAGE,
      servers: 'mx.lakeside.example',
      basis: 'file',
    },
    {
      why: 'is a file where what is said is no name',
      sender: OWN_PAGE,
      servers: 'mx.lakeside.example',
      receivedBy: ['mx.lakeside.example'],
      basis: 'file',
    },
    {
      why: 'is a file where another server is named, one that the settings do not know',
      sender: OWN_PAGE,
      servers: 'mx.lakeside.example',
      receivedBy: 'mx.evil.example',
      basis: 'file',
    },
    {
      why: 'is nobody’s where the settings know no server',
      sender: OWN_PAGE,
      servers: '',
      receivedBy: 'mx.lakeside.example',
      basis: null,
    },
    {
      why: 'is nobody’s where the settings know it as a gateway',
      sender: OWN_PAGE,
      servers: 'mx.lakeside.example 192.0.2.0/24',
      receivedBy: 'mx.lakeside.example',
      basis: null,
    },
    {
      why: 'is nobody’s in Gmail, whatever a page there says',
      sender: GMAIL,
      servers: 'mx.lakeside.example',
      receivedBy: 'mx.lakeside.example',
      basis: null,
    },
  ])('$why', async ({ sender, servers, receivedBy, basis }) => {
    runtime.stored = { trustedServers: servers };
    const { report } = await examined(AT_OWN_SERVER, { sender, begin: { receivedBy } });
    expect(report.reported.basis).toBe(basis);
    expect(report.rule === 'reported-pass').toBe(basis === 'mailbox');
    expect(report.level === 'authenticated').toBe(basis === 'mailbox');
  });
});

describe('a name that holds the sender’s address', () => {
  const zone = { 'mail.bank.example': 'v=spf1 exists:%{l}.names.example -all' };

  it.each([
    { why: 'nobody was asked', stored: {}, asked: false, result: 'withheld' },
    { why: 'the reader said no', stored: { mayReveal: false }, asked: false, result: 'withheld' },
    { why: 'the reader said yes', stored: { mayReveal: true }, asked: true, result: 'fail' },
  ])('is asked for: $asked, $why', async ({ stored, asked: isAsked, result }) => {
    runtime.stored = stored;
    const { report, asked } = await examined(AT_GMAIL, { sender: GMAIL, begin: { via: 'gmail' }, zone });
    expect(asked.filter((question) => question.includes('bounce'))).toEqual(
      isAsked ? ['bounce.names.example A'] : [],
    );
    expect(report.checked.spf.result).toBe(result);
  });
});
