import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacker } from '../../../simulators/world/packed.ts';

describe('packed rows', () => {
  it('S11 every document comes back as JSON would bring it back, whatever was packed before', () => {
    const packer = createPacker();
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^\w*$/), fc.jsonValue({ depthSize: 'small' }), {
          noNullPrototype: true,
        }),
        (document) => {
          expect(JSON.stringify(packer.unpack(packer.pack(document)))).toBe(
            JSON.stringify(JSON.parse(JSON.stringify(document))),
          );
        },
      ),
      { seed: 1, numRuns: 300, examples: [[{ a: [], b: {}, c: null, d: [[1], { e: 'x' }] }]] },
    );
  });

  it('takes no room for the names of members', () => {
    const packer = createPacker();
    expect(packer.pack({ aVeryLongNameOfAMember: 1 })).toBe('[0,1]');
  });
});
