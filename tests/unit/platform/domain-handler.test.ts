/** What the worker answers to a question for the records of a domain. */
import { beforeEach, expect, it, vi } from 'vitest';
import { readZone, zoneResolver } from '../../../lib/cli/zone.ts';
import type { Ports } from '../../../lib/engine/index.ts';
import type { DomainReport } from '../../../lib/explain/domain-report.ts';
import { ports } from './examine-kit.ts';
import { fakeRuntime } from './fake-runtime.ts';

const runtime = fakeRuntime();
vi.mock('../../../lib/platform/browser.ts', () => ({ browser: runtime.browser }));
const { domainHandler } = await import('../../../lib/platform/domain-handler.ts');

const OURS = { receiver: { id: 'detect', basis: 'file' }, isWebmail: false } as const;
const BANK = { domain: 'bank.example', selectors: ['s1'], again: false, isPrivate: false };
const resolve = zoneResolver(
  readZone({
    'bank.example': 'v=spf1 -all',
    '_dmarc.bank.example': 'v=DMARC1; p=rejct',
    's1._domainkey.bank.example': 'v=DKIM1; p=',
  }),
);
const asked = vi.fn<Ports['resolve']>((name, type) => resolve(name, type));
const portsFor = vi.fn((_isPrivate: boolean, _again: boolean): Ports => ({ ...ports, resolve: asked }));

beforeEach(() => {
  runtime.reset();
  asked.mockClear();
  portsFor.mockClear();
});

it.each([
  { isPrivate: false, again: false },
  { isPrivate: true, again: false },
  { isPrivate: false, again: true },
])('asks by the resolver of its window: private $isPrivate, again $again', async ({ isPrivate, again }) => {
  const report = (await domainHandler(portsFor)({ ...BANK, again }, { ...OURS, isPrivate })) as DomainReport;
  expect(portsFor).toHaveBeenCalledExactlyOnceWith(isPrivate, again);
  expect(report.kind).toBe('domain');
  expect(report.domain.records.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['dmarc', 'spf', 'dkim']),
  );
  expect(asked.mock.calls.map(([name]) => name)).toContain('s1._domainkey.bank.example');
});

it('asks by the resolver of private windows where the mail was in one', async () => {
  await domainHandler(portsFor)({ ...BANK, isPrivate: true }, { ...OURS, isPrivate: false });
  expect(portsFor).toHaveBeenCalledExactlyOnceWith(true, false);
});

it.each(['en', 'ja'] as const)('speaks the chosen language (%s)', async (language) => {
  runtime.stored = { language };
  const report = await domainHandler(portsFor)(BANK, { ...OURS, isPrivate: false });
  expect(report).toMatchObject({ kind: 'domain', language });
});

it('answers with a problem where something of ours fails', async () => {
  const broken = (): Ports => {
    throw new Error('ours');
  };
  expect(await domainHandler(broken)(BANK, { ...OURS, isPrivate: false })).toEqual({
    kind: 'problem',
    problem: 'fault',
  });
});
