import { expect } from 'chai';
import { play } from './play.ts';
import { faultsOf, type Outcome, tableOf } from './report.ts';

const good: Outcome = {
  messages: 10,
  posts: 5,
  days: [{ person: 'Ben', day: '2026-12-07', counts: { notice: 3, ask: 1, digest: 1, answer: 9 } }],
  unheard: [],
  read: '',
};
const busy = { ...good.days[0], counts: { notice: 3, ask: 2, digest: 1, answer: 0 } } as Outcome['days'][number];

describe('a simulated week', () => {
  it('is good at its bounds, and names each bound that it breaks', () => {
    expect(faultsOf(good)).to.deep.equal([]);
    expect(faultsOf({ ...good, posts: 6 })).to.deep.equal([
      'Agents spoke 0.60 times for each message of a person; at most 0.5.',
    ]);
    expect(faultsOf({ ...good, days: [busy] })).to.deep.equal(['Ben was told 5 things on 2026-12-07; at most 4.']);
    expect(faultsOf({ ...good, unheard: ['order the crates (Ben)'] })).to.deep.equal([
      'Never heard of: order the crates (Ben).',
    ]);
    expect(tableOf(good).at(-1)).to.match(/^Ben +3\/1\/1\/9$/);
  });

  it('has people in Slack and by mail whose words arrive, and what they are needed for reaches them', async () => {
    const outcome = await play({ seed: 1, acts: 20, progress: () => {} });
    expect(outcome.messages).to.be.greaterThan(10);
    expect(outcome.unheard).to.deep.equal([]);
    const reached = outcome.days.map(({ counts }) => counts);
    expect(reached.some(({ notice }) => notice > 0)).to.equal(true);
    expect(reached.some(({ digest }) => digest > 0)).to.equal(true);
    expect(new Set(outcome.days.map(({ person }) => person)).size).to.equal(8);
  });
});
