// No effect of a run is deaf, and no word is unheard when a run ends: over many histories of the real code.
// SKEIN_EARS: how many histories; SKEIN_SEED: the seed of the first.
import { expect } from 'chai';
import { firstSeed } from '../../../protocol/random.ts';
import { faultsOf } from './faults.ts';
import { type Broken, play } from './history.ts';

const HISTORIES = Number(process.env.SKEIN_EARS ?? 40);
const SEED = firstSeed(1);

/** How a part of the rule that is switched off shows. */
const BROKEN: Readonly<Record<Broken, RegExp>> = {
  'no rule': /had heard up to/,
  'looks, then acts': /had heard up to/,
  'no permit elsewhere': /had no permit/,
  'no verdict asked': /had no verdict on/,
  'ends unguarded': /ended at \d+ without the word/,
  'works while closed': /the model was asked at \d+, by a run .* was closed/,
};
const MOST = 200;

describe('the ears of a run', function () {
  this.timeout(60_000 + HISTORIES * 2000);

  it(`are fresh at every effect and at the end, in ${HISTORIES} histories of three processes, zombies and kills`, async () => {
    const seen = { held: 0, effects: 0, verdicts: 0, opened: 0 };
    for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
      const played = await play(seed);
      expect(faultsOf(played), `seed ${seed}`).to.deep.equal([]);
      seen.held += played.turns.filter(({ role, content }) => role === 'user' && content.includes('Held (')).length;
      seen.verdicts += played.commits.filter(({ action }) => action === 'judge_words').length;
      seen.opened += played.commits.filter(({ action }) => action === 'open_run').length;
      seen.effects += played.commits.filter(({ action }) => action === 'create_task').length;
    }
    if (process.env.SKEIN_TELL) console.log('     ', JSON.stringify(seen));
    expect(seen.verdicts, 'verdicts').to.be.greaterThan(HISTORIES / 8);
    expect(seen.opened, 'runs that the agent opened itself').to.be.greaterThan(HISTORIES / 100);
    expect(seen.held, 'turns with held calls').to.be.greaterThan(HISTORIES / 8);
    expect(seen.effects, 'effects').to.be.greaterThan(HISTORIES / 2);
  });

  for (const [broken, shows] of Object.entries(BROKEN) as [Broken, RegExp][])
    it(`are not, with “${broken}”`, async () => {
      for (let seed = 1; seed <= MOST; seed++)
        if (faultsOf(await play(seed, broken)).some((fault) => shows.test(fault))) return;
      expect.fail(`${MOST} histories showed nothing`);
    });
});
