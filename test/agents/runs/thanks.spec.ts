// Two agents and a thanks: it wakes the other agent once at most, unless they call each other by name, and that ends too.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { MOST_HOPS } from '../../../src/pods/conversations/addressing.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { NEEDS } from '../../../src/pods/needs/need.ts';
import { anOffice, type Office, says } from '../office.ts';

describe('an agent that thanks another', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const hears = async (text: string): Promise<void> => {
    const wakes = await office.says(office.world.ada, text);
    office.world.delivered.length = 0;
    await office.carry(wakes);
  };
  /** Carries what the posts of agents wake, until nobody is woken any more. Returns the agents that were woken. */
  const carriedOn = async (): Promise<string[]> => {
    const woken: string[] = [];
    for (let rounds = 0; rounds < 10; rounds++) {
      const wakes = office.world.delivered.splice(0).filter((one) => one.kind === 'wake');
      if (!wakes.length) return woken;
      woken.push(...wakes.map(({ agent }) => agent));
      await office.carry(wakes);
    }
    throw new Error(`It does not end: ${woken.join(', ')}`);
  };

  it('with its name in the sentence wakes nobody', async () => {
    const { pilot } = office.world;
    office.script.push(says('@pilot which day is the fair?'), says('It is on Friday.'), says('Thanks, @pilot.'));
    await hears('@scribe ask Pilot which day the fair is');
    expect(await carriedOn()).to.deep.equal([pilot]);
    await hears('@scribe have you heard it?');
    expect(await carriedOn()).to.deep.equal([]);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Thanks, @pilot.');
    expect(office.asked).to.have.length(3);
  });

  it('by name wakes it once; it has nothing to say, and both have ended', async () => {
    const { pilot } = office.world;
    office.script.push(says('@pilot Thanks, that was quick!'), says('(silent)'));
    await hears('@scribe thank Pilot for me');
    expect(await carriedOn()).to.deep.equal([pilot]);
    expect((await office.thread()).at(-1)).to.equal('Scribe: @pilot Thanks, that was quick!');
    expect(office.asked).to.have.length(2);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended', 'ended']);
  });

  it('or whoever asked it mentions only whom it names itself: none of those whom they had named', async () => {
    const { ben, store, conversation } = { ...office.world, conversation: office.conversation };
    office.script.push(says('It is on Friday.'));
    await hears('@scribe tell @ben and the others here, @gil too: which day is the fair?');
    office.world.delivered.length = 0;
    const [answer] = await makeReader(store).find(MESSAGES, {
      where: { conversation },
      sort: [['posted', 'desc']],
      limit: 1,
    });
    expect(answer).to.include({ by: office.world.scribe }).and.not.to.have.property('mentions');
    const posted = await office.world.commits();
    const last = posted.findLast(({ action }) => action === 'post_message');
    expect((last?.changes ?? []).filter(({ on }) => on === 'needs')).to.deep.equal([]);
    expect((last?.deliveries ?? []).filter(({ kind }) => kind === 'wake' || kind === 'act')).to.deep.equal([]);
    const asked = await makeReader(store).find(NEEDS, { where: { who: ben } });
    expect(
      asked.map(({ by }) => by),
      'by Ada alone',
    ).to.deep.equal([office.world.ada]);
  });

  it('and is thanked in turn by name: words to and fro come to an end, and a person is asked', async () => {
    office.script.push(...Array.from({ length: 40 }, (_, n) => says(`@${n % 2 ? 'scribe' : 'pilot'} Thanks to you!`)));
    await hears('@scribe thank Pilot for me');
    expect(await carriedOn()).to.have.length(MOST_HOPS);
    expect((await office.thread()).at(-1)).to.include('now it is for a person to say whether they go on');
  });
});
