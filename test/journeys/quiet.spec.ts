// What somebody wrote is on the log once a journey has waited for quiet, also while its event is on the way over the socket.
import { expect } from 'chai';
import { aTeam, type Team } from './team.ts';

describe('the quiet that a journey waits for', () => {
  let team: Team;
  before(async () => {
    team = await aTeam();
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());

  it('comes once the log has all that was written', async () => {
    for (let round = 1; round <= 5; round++) {
      const words = Array.from({ length: 8 }, (_, n) => `crate${round}x${n}`);
      await Promise.all(words.map((text) => team.say('ben', 'launch', text)));
      await team.quiet();
      for (const query of words) {
        const { found } = await team.post<{ found: { text: string }[] }>('/practice/act', {
          ...{ as: 'ada', pod: 'launch', action: 'search_pod', input: { query } },
        });
        expect(
          found.map(({ text }) => text),
          query,
        ).to.deep.equal([query]);
      }
    }
  });
});
