// The verdicts that a model gives: what is not clearly one leaves its effects locked.
import { expect } from 'chai';
import { readVerdicts } from '../../src/tools/verdicts.ts';

describe('the verdicts that a model gives', () => {
  for (const [said, is, of] of [
    ['fits', 'fits'],
    ['Fits.', 'fits'],
    ['kept', 'fits'],
    ['none', 'none'],
    ['no instruction', 'none'],
    ['not an instruction: thanks', 'none'],
    ['replaces i38', 'replaces', 38],
    ['conflicts with #38', 'conflicts', 38],
  ] as const)
    it(`reads “${said}”`, () => {
      expect(readVerdicts({ i41: said })).to.deep.equal({
        verdicts: [{ n: 41, is, ...(of === undefined ? {} : { of }) }],
        faults: [],
      });
    });

  for (const said of [
    '',
    'no',
    'not sure whether it fits',
    'fits, but conflicts with i38',
    'nothing',
    'fitting',
    'yes',
  ])
    it(`takes “${said}” for none, and says how one is written`, () => {
      const { verdicts, faults } = readVerdicts({ i41: said });
      expect(verdicts).to.deep.equal([]);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.contain('is no verdict. Write "i41": "fits", "replaces i38", "conflicts i38" or "none".');
    });

  it('says which name is none', () => {
    expect(readVerdicts({ Ada: 'fits' }).faults).to.have.length(1);
  });
});
