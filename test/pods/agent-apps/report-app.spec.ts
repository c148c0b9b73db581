// Who hears that Slack refuses the token of an agent's own app: its owner, else the owners of its pods, each once.
import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { AGENT_APPS, agentAppId } from '../../../src/pods/agent-apps/agent-app.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('an agent’s own app that is lost', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const setting = 'SLACK_SCRIBE_BOT_TOKEN';
  const ids = { user: 'U0SCRIBE', bot: 'B0SCRIBE' };
  const report = (state: string, more: object = {}) =>
    world.does('skein', 'report_app', { agent: world.scribe, state, setting, ...more });
  /** Carries out what was wished for in other pods. Returns what was told there. */
  const told = async (): Promise<{ pod: string; input: Json }[]> => {
    const wishes = world.delivered
      .splice(0)
      .filter((one): one is Extract<Delivery, { kind: 'act' }> => one.kind === 'act');
    const tells = wishes.filter(({ action }) => action === 'tell_app');
    for (const { in: pod, actor, action, input, key } of tells)
      await world.act({ pod, actor, via: 'skein', action, input, key });
    return tells.map(({ in: pod, input }) => ({ pod, input }));
  };
  const item = (who: typeof world.ada, pod = world.pod) =>
    world.doc(NEEDS, needId(pod, who, { on: 'agentApps', id: agentAppId(pod, world.scribe) }));

  it('is an open item of each owner of its pods, once, however often it is found, until it works again', async () => {
    await report('working', { ids });
    expect(await told()).to.deep.equal([]);
    await report('lost');
    expect(await told()).to.deep.equal([
      { pod: world.pod, input: { agent: world.scribe, lost: { people: [world.ada], setting } } },
    ]);
    expect(await item(world.ada)).to.include({ reason: 'app_lost', state: 'open', by: world.scribe });
    expect(await item(world.ben)).to.equal(undefined);
    await report('lost');
    expect(await told()).to.deep.equal([]);
    expect((await world.doc(AGENT_APPS, agentAppId('org', world.scribe)))?.ids).to.deep.equal(ids);
    await report('working', { ids });
    await told();
    expect((await item(world.ada))?.state).to.equal('settled');
    await report('lost');
    await told();
    expect(await item(world.ada)).to.include({ state: 'open' });
    await report('unset');
    await told();
    expect((await item(world.ada))?.state).to.equal('withdrawn');
  });

  it('is told once to somebody who owns two of its pods', async () => {
    for (const [by, pod] of [
      [world.ada, 'p_a'],
      [world.ben, 'p_b'],
    ] as const)
      await world.does(by, 'create_pod', { name: pod, agents: ['scribe'] }, { pod });
    world.delivered.length = 0;
    await report('lost');
    const people = (await told()).flatMap(({ input }) => input.lost.people);
    expect(people.sort()).to.deep.equal([world.ada, world.ben].sort());
  });

  it('is told to the person who made the agent alone, if they are in one of its pods', async () => {
    await world.does(world.ada, 'create_agent', {
      ...{ handle: 'packer', name: 'Packer', purpose: 'Packs.', instructions: 'Pack.' },
    });
    await world.does(
      world.ben,
      'create_pod',
      { name: 'Packing', agents: ['packer'], members: ['ada'] },
      { pod: 'p_pack' },
    );
    world.delivered.length = 0;
    await world.does('skein', 'report_app', {
      agent: 'agent:packer',
      state: 'lost',
      setting: 'SLACK_PACKER_BOT_TOKEN',
    });
    expect((await told()).map(({ pod, input }) => [pod, input.lost.people])).to.deep.equal([['p_pack', [world.ada]]]);
  });

  it('is reported by nobody but Skein', async () => {
    const input = { agent: world.scribe, state: 'lost', setting };
    expect(await refusal(world.does(world.ada, 'report_app', input))).to.be.instanceOf(NotAllowed);
  });
});
