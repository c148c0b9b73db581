import { expect } from 'chai';
import { servedBy } from '../../../../src/agents/runs/ears/served.ts';
import type { PersonId } from '../../../../src/log/participant.ts';
import type { Instruction } from '../../../../src/pods/conversations/words/instructions.ts';

const ADA = 'person:ada' as PersonId;
const BEN = 'person:ben' as PersonId;
const OLE = 'person:ole' as PersonId;
const wish = (by: PersonId, more: Partial<Instruction> = {}): Instruction => ({
  ...{ n: 1, message: 'm', by, at: 0, seq: 1, state: 'kept' },
  ...more,
});

describe('for whom a run acts', () => {
  for (const [says, wishes, here, expected] of [
    ['everybody whom it has heard', [wish(ADA), wish(BEN)], [ADA, BEN], [ADA, BEN]],
    ['somebody who has left, without a decision', [wish(ADA), wish(BEN)], [ADA], [ADA, BEN]],
    [
      'the owner, where they decided about the wish of who left',
      [wish(ADA), wish(BEN, { decidedBy: OLE })],
      [ADA],
      [ADA, OLE],
    ],
    ['one owner once', [wish(ADA), wish(BEN, { decidedBy: ADA })], [ADA], [ADA]],
    ['who left, where one more wish of theirs stands', [wish(BEN, { decidedBy: ADA }), wish(BEN)], [ADA], [ADA, BEN]],
    ['who is still there, whatever an owner decided', [wish(BEN, { decidedBy: ADA })], [ADA, BEN], [ADA, BEN]],
    [
      'the owner, where the other wish of who left was taken back',
      [wish(BEN, { decidedBy: OLE }), wish(BEN, { state: 'withdrawn' })],
      [ADA],
      [ADA, OLE],
    ],
    ['who left, where nothing of theirs is listed', [wish(ADA, { decidedBy: OLE })], [ADA], [ADA, BEN]],
  ] as const)
    it(`is ${says}`, () => {
      expect(servedBy([ADA, BEN], wishes, new Set<PersonId>(here))).to.deep.equal(expected);
    });
});
