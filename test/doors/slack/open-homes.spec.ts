// Which Home tabs are looked at again, and that Slack is called only when a tab would show something else.
import { expect } from 'chai';
import type { SlackContext } from '../../../src/doors/slack/context.ts';
import { showHome } from '../../../src/doors/slack/home.ts';
import { APART_MS, makeOpenHomes, OPEN_MS } from '../../../src/doors/slack/needs/open-homes.ts';
import { refreshHomes } from '../../../src/doors/slack/needs/refresh-homes.ts';
import { makeReader } from '../../../src/log/read.ts';
import { PEOPLE } from '../../../src/pods/people/person.ts';
import { silent } from '../../logs.ts';
import { aWorld, type World } from '../../pods/build.ts';
import { texts } from '../../texts/words.ts';

describe('open Home tabs', () => {
  let now: number;
  const home = (user: string) => ({ user, person: `person:${user}` as const, shown: 'a' });
  const users = (homes: { user: string }[]) => homes.map(({ user }) => user);
  beforeEach(() => {
    now = 1_000_000;
  });

  it('are those that were opened lately, each some seconds after it was published last', () => {
    const homes = makeOpenHomes(() => now);
    homes.opened(home('U1'));
    expect(users(homes.current())).to.deep.equal([]);
    now += APART_MS;
    homes.opened(home('U2'));
    expect(users(homes.current())).to.deep.equal(['U1']);
    homes.looked('U1', { depends: 'x', shown: 'b' });
    expect(users(homes.current())).to.deep.equal([]);
    now += APART_MS;
    expect(users(homes.current())).to.deep.equal(['U1', 'U2']);
    now += OPEN_MS - 2 * APART_MS;
    expect(users(homes.current()), 'publishing does not keep it open').to.deep.equal(['U2']);
  });

  it('are at most two hundred, the newest', () => {
    const homes = makeOpenHomes(() => now);
    for (let n = 0; n < 250; n++) homes.opened(home(`U${n}`));
    now += APART_MS;
    expect(homes.current()).to.have.length(200);
    expect(homes.current()[0]?.user).to.equal('U50');
  });

  describe('of a person', () => {
    let world: World;
    let slack: SlackContext;
    const published: string[] = [];
    beforeEach(async () => {
      world = await aWorld();
      published.length = 0;
      slack = {
        ...{ act: world.act, read: makeReader(world.store), texts, logger: silent, linkTo: () => undefined },
        homes: makeOpenHomes(() => now),
        clock: () => world.clock.now,
        sender: { publishHome: async ({ view }: { view: unknown }) => void published.push(JSON.stringify(view)) },
      } as unknown as SlackContext;
      const ben = await world.doc(PEOPLE, world.ben);
      if (!ben) throw new Error('Ben is not there.');
      await showHome(slack, 'UBEN', ben);
    });
    const looks = async () => {
      now += APART_MS;
      await refreshHomes(slack);
      return published.length;
    };

    it('is published anew when something is raised or settled, and not while nothing changes', async () => {
      expect(await looks()).to.equal(1);
      const { task } = await world.does(world.ada, 'create_task', { title: 'Boxes', assignee: 'ben' });
      expect(await looks()).to.equal(2);
      expect(published.at(-1)).to.include('Boxes').and.to.include('item.done');
      expect(await looks()).to.equal(2);
      await world.does(world.ada, 'start_conversation', { title: 'Other', text: 'Nothing for Ben' });
      expect(await looks(), 'the pod went on, and the tab is the same').to.equal(2);
      await world.does(world.ada, 'complete_task', { task: task.id });
      expect(await looks()).to.equal(3);
      expect(published.at(-1)).to.not.include('item.done');
    });

    it('is published anew when only what they wait for changes: a task they gave, or a question they asked', async () => {
      const { task } = await world.does(world.ben, 'create_task', { title: 'Boxes', assignee: 'ada' });
      const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' });
      expect(await looks()).to.equal(2);
      expect(published.at(-1)).to.include('Boxes');
      await world.does(world.ada, 'assign_task', { task: task.id, assignee: 'gil' });
      expect(await looks()).to.equal(3);
      expect(published.at(-1)).to.include('Gil');
      await world.does(world.ada, 'complete_task', { task: task.id });
      expect(await looks()).to.equal(4);
      expect(published.at(-1)).to.not.include('Boxes');
      const ask = { to: ['gil', 'ada'], answers: 2, question: 'Which hall?', conversation: conversation.id };
      const { question } = await world.does(world.ben, 'ask', ask);
      expect(await looks()).to.equal(5);
      await world.does(world.gil, 'answer_question', { question: question.id, text: 'The new one' });
      expect(await looks(), 'it waits for Ada alone').to.equal(6);
      expect(await looks()).to.equal(6);
    });

    it('is tried again where Slack did not take it, and holds nobody else up', async () => {
      await world.does(world.ada, 'create_task', { title: 'Boxes', assignee: 'ben' });
      const { sender } = slack;
      slack.sender = { ...sender, publishHome: async () => Promise.reject(new Error('ratelimited')) };
      expect(await looks()).to.equal(1);
      slack.sender = sender;
      expect(await looks()).to.equal(2);
    });
  });
});
