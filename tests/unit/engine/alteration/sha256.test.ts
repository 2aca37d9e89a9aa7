/** The forkable digest, held against the platform's. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256, sha256 } from '../../../../lib/engine/alteration/sha256.ts';

const digestOf = (octets: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(octets).digest());

describe('SHA-256', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000])(
    'is that of the platform for %i octets',
    (length) => {
      const octets = Uint8Array.from({ length }, (_, at) => at * 7);
      expect(sha256(octets)).toEqual(digestOf(octets));
    },
  );

  it('does not care in which pieces the octets come, and a fork leaves its origin alone', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 6 }), (pieces) => {
        const digest = new Sha256();
        const taken: Uint8Array[] = [];
        for (const piece of pieces) {
          digest.update(piece);
          taken.push(piece);
          expect(digest.fork().finish()).toEqual(digestOf(Buffer.concat(taken)));
        }
        expect(
          digest
            .fork()
            .update(new Uint8Array([1]))
            .finish(),
        ).not.toEqual(digest.finish());
      }),
    );
  });
});
