// Agents that wake agents, through the real actions: each wake is answered as a run would answer it.

import { expect } from 'chai';
import type { AgentId } from '../../../src/log/participant.ts';
import { MOST_HOPS } from '../../../src/pods/conversations/addressing.ts';
import { MOST_WAKES } from '../../../src/pods/conversations/cause.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { ROOTS } from '../../../src/pods/conversations/root.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { aWorld, type Json, type World } from '../build.ts';

type Wake = Extract<Delivery, { kind: 'wake' }>;

describe('agents that wake agents', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const taken = (): Wake[] => world.delivered.splice(0).filter((one) => one.kind === 'wake');
  const other = (agent: AgentId) => (agent === world.scribe ? 'pilot' : 'scribe');
  /** Runs every wake, and returns how many there were. */
  async function carriedOut(run: (wake: Wake) => Promise<unknown>): Promise<number> {
    let wakes = 0;
    for (let due = taken(); due.length; due = taken())
      for (const wake of due) {
        wakes += 1;
        if (wakes > 300) throw new Error('It goes on for ever.');
        await run(wake);
      }
    return wakes;
  }
  const opens = (agent: AgentId, conversation: string): Promise<Json> =>
    world.does(
      agent,
      'start_conversation',
      { title: 'More', text: `@${other(agent)} take a part of it` },
      { conversation },
    );
  const spreading = async ({ agent, conversation }: Wake) => {
    for (let n = 0; n < 3; n++) await opens(agent, conversation);
  };
  const asks = async (text: string): Promise<string> =>
    (await world.does(world.ada, 'start_conversation', { title: 'Plan', text })).conversation.id;
  const lastIn = async (conversation: string): Promise<string> =>
    (await world.does(world.ada, 'read_conversation', { conversation })).messages.at(-1).text;

  it('wake each other so many times for one request, however widely they spread it', async () => {
    await asks('@scribe plan it');
    expect(await carriedOut(spreading)).to.equal(1 + MOST_WAKES);
  });

  it('do so in existing conversations as well: what is brought there is the same request', async () => {
    const first = await asks('@scribe plan it');
    const rooms = await Promise.all(['a', 'b', 'c'].map((title) => asks(title)));
    const pass = async ({ agent, conversation }: Wake) => {
      for (const room of rooms.filter((one) => one !== conversation))
        await world.does(
          agent,
          'post_message',
          { conversation: room, text: `@${other(agent)} your turn` },
          { conversation },
        );
    };
    expect(await carriedOut(pass)).to.be.at.most(1 + MOST_WAKES);
    const docs = await Promise.all(rooms.map((room) => world.doc(CONVERSATIONS, room)));
    const root = (await world.doc(CONVERSATIONS, first))?.root;
    expect(docs.map((doc) => doc?.root)).to.deep.equal([root, root, root]);
  });

  it('may not begin their row anew by going to another conversation', async () => {
    const [a, b] = [await asks('@scribe plan it'), await asks('hello')];
    const toAndFro = ({ agent, conversation }: Wake) =>
      world.does(
        agent,
        'post_message',
        { conversation: conversation === a ? b : a, text: `@${other(agent)} your turn` },
        { conversation },
      );
    expect(await carriedOut(toAndFro)).to.equal(1 + MOST_HOPS);
  });

  it('are told, and people read it once in the place where the next would have been woken', async () => {
    const conversation = await asks('@scribe plan it');
    await carriedOut(spreading);
    const { notWoken } = await opens(world.scribe, conversation);
    expect(notWoken).to.deep.equal(['pilot']);
    const say = () => world.does(world.scribe, 'post_message', { conversation, text: '@pilot please' });
    expect((await say()).notWoken).to.deep.equal(['pilot']);
    expect(await lastIn(conversation)).to.match(
      /^@pilot please\n\n_Not passed on to pilot: agents have woken each other 20 times for one request, .* Write “@pilot go on” here/,
    );
    await say();
    expect(await lastIn(conversation)).to.equal('@pilot please');
    expect(taken()).to.deep.equal([]);
  });

  it('go on when a person says so', async () => {
    const conversation = await asks('@scribe plan it');
    await carriedOut(spreading);
    await world.does(world.ben, 'post_message', { conversation, text: '@pilot go on' });
    expect(await carriedOut(spreading)).to.equal(1 + MOST_WAKES);
  });

  it('go on when a person’s edit calls one of them', async () => {
    const conversation = await asks('hello');
    const { message } = await world.does(world.ada, 'post_message', { conversation, text: 'plan it' });
    const before = (await world.doc(CONVERSATIONS, conversation))?.root;
    await world.does(world.ada, 'edit_message', { message: message.id, text: '@scribe plan it' });
    expect((await world.doc(CONVERSATIONS, conversation))?.root).not.to.equal(before);
    expect(await carriedOut(spreading)).to.equal(1 + MOST_WAKES);
  });

  it('count a wake once, however often the act that made it is repeated', async () => {
    const conversation = await asks('@scribe plan it');
    const say = () =>
      world.does(
        world.scribe,
        'post_message',
        { conversation, text: '@pilot please' },
        { key: 'the same', conversation },
      );
    await Promise.all([say(), say(), say()]);
    const root = (await world.doc(CONVERSATIONS, conversation))?.root ?? '';
    expect(await world.doc(ROOTS, root)).to.include({ wakes: 1 });
  });

  it('say so too when they have answered each other in a row for long', async () => {
    const conversation = await asks('@scribe plan it');
    const answer = ({ agent }: Wake) =>
      world.does(agent, 'post_message', { conversation, text: `@${other(agent)} again` }, { conversation });
    expect(await carriedOut(answer)).to.equal(1 + MOST_HOPS);
    expect(await lastIn(conversation)).to.include('many times in a row');
  });

  it('end at the same count in rings of two, three and five, and one person is asked', async () => {
    const more = ['packer', 'baker', 'driver'];
    for (const handle of more) {
      const facts = { name: handle, purpose: `Helps as ${handle}.`, instructions: 'Be brief.' };
      await world.does(world.ada, 'create_agent', { handle, ...facts });
      await world.does(world.ada, 'add_member', { who: `@${handle}` });
    }
    const all = ['scribe', 'pilot', ...more];
    for (const size of [2, 3, 5]) {
      const ring = all.slice(0, size);
      const conversation = await asks('@scribe plan it');
      const pass = ({ agent }: Wake) => {
        const next = ring[(ring.indexOf(agent.slice('agent:'.length)) + 1) % size];
        return world.does(agent, 'post_message', { conversation, text: `@${next} your turn` }, { conversation });
      };
      expect(await carriedOut(pass), `a ring of ${size}`).to.equal(1 + MOST_HOPS);
      expect(await lastIn(conversation)).to.include('many times in a row');
      const items = world.store.collection<NeedDoc>(NEEDS.name);
      const asked = await items.find({ where: { pod: world.pod, state: 'open' } });
      const about = asked.filter((item) => item.conversation === conversation);
      expect(about.map(({ who, reason }) => `${reason} ${who}`)).to.deep.equal([`unwoken ${world.ada}`]);
    }
  });
});
