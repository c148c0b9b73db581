// What became of an item that a person was told of: its row says so with the title, until that is erased.
import { expect } from 'chai';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aStage } from '../stage.ts';

const never = new AbortController().signal;

describe('the row of a task that is done', () => {
  it('keeps its title, and loses it when the task is erased', async () => {
    const { parts, slack, world, newest } = await aStage();
    const { ada, ben, does, act, clock } = world;
    const own = { pod: ben, actor: 'skein', via: 'skein' } as const;
    const shown = () => JSON.stringify(slack.posts);
    const amended = async () => {
      const amends = world.delivered.filter((one) => one.kind === 'amend');
      expect(amends.map(({ person }) => person)).to.deep.equal([ben]);
      for (const one of amends) await DELIVERY_KINDS.amend.carry(parts, one, never);
      world.delivered.length = 0;
    };
    await does(ada, 'create_task', { title: 'Call the mill', assignee: 'ben' });
    await act({ ...own, action: 'hear', input: newest('act').input, key: 'hear' });
    clock.now += 3_600_000;
    await does('skein', 'tell', { dueAt: await dueAt() }, { pod: ben });
    await DELIVERY_KINDS.notice.carry(parts, newest('notice'), never);
    expect(shown()).to.include('Call the mill');
    world.delivered.length = 0;

    await does(ben, 'complete_task', { task: '#1' });
    await amended();
    expect(shown()).to.match(/Done: [^"]*#1[^"]* “Call the mill” in Launch, by you, /);

    await does(ada, 'redact', { what: '#1' });
    await amended();
    expect(shown())
      .to.match(/Done: /)
      .and.not.to.include('Call the mill');

    async function dueAt(): Promise<number> {
      return (await world.doc(TELLINGS, ben))?.dueAt ?? 0;
    }
  });
});

describe('the row of a part that ended', () => {
  it('says that it was opened again, once it was', async () => {
    const { parts, slack, world, newest } = await aStage();
    const { ada, ben, scribe, does, act, clock } = world;
    await does(ada, 'create_task', { title: 'Fair', assignee: 'ben' });
    await does(ada, 'create_task', { title: 'Stall', parent: '#1', assignee: 'scribe' });
    await does(scribe, 'complete_task', { task: '#2' });
    const own = { pod: ben, actor: 'skein', via: 'skein' } as const;
    await act({ ...own, action: 'hear', input: newest('act').input, key: 'hear' });
    clock.now += 3_600_000;
    await does('skein', 'tell', { dueAt: (await world.doc(TELLINGS, ben))?.dueAt ?? 0 }, { pod: ben });
    await DELIVERY_KINDS.notice.carry(parts, newest('notice'), never);
    expect(JSON.stringify(slack.posts)).to.match(/finished [^"]*#2[^"]* “Stall”/);

    world.delivered.length = 0;
    await does(ada, 'reopen_task', { task: '#2' });
    for (const one of world.delivered) if (one.kind === 'amend') await DELIVERY_KINDS.amend.carry(parts, one, never);
    expect(JSON.stringify(slack.posts)).to.match(/#2[^"]* “Stall” in Launch was opened again, by Ada Lindqvist, /);
  });
});
