/** Headers for badges, and the patience after Gmail asked to slow down. */
import { describe, expect, it, vi } from 'vitest';
import { headerReader } from '../../../lib/hosts/header-reader.ts';
import type { SourceResult } from '../../../lib/hosts/host.ts';
import { A, B } from './markup.ts';

describe('headers are read', () => {
  const found: SourceResult = {
    kind: 'source',
    octets: new Uint8Array(),
    completeness: 'headers',
    via: 'gmail',
  };
  const throttled: SourceResult = { kind: 'problem', problem: 'throttled' };

  const reading = () => {
    const clock = { now: 1000 };
    const header = vi.fn(async (_id: string): Promise<SourceResult> => found);
    return { clock, header, read: headerReader({ header }, () => clock.now) };
  };

  it('as they are asked for', async () => {
    const { header, read } = reading();
    expect([await read(A), await read(B)]).toEqual([found, found]);
    expect(header.mock.calls).toEqual([[A], [B]]);
  });

  it('by nobody for a minute after Gmail asked to slow down', async () => {
    const { clock, header, read } = reading();
    header.mockResolvedValueOnce(throttled);
    expect(await read(A)).toEqual(throttled);
    clock.now += 59_999;
    expect(await read(B)).toEqual(throttled);
    expect(header).toHaveBeenCalledOnce();
    clock.now += 1;
    expect(await read(B)).toEqual(found);
    expect(header).toHaveBeenCalledTimes(2);
  });

  it('at once after any other problem', async () => {
    const { header, read } = reading();
    header.mockResolvedValueOnce({ kind: 'problem', problem: 'not-original' });
    expect(await read(A)).toEqual({ kind: 'problem', problem: 'not-original' });
    expect(await read(B)).toEqual(found);
  });
});
