import { expect } from 'chai';
import type { SlackContext } from '../../../../src/doors/slack/context.ts';
import { bringIn, follow, memberChanged } from '../../../../src/doors/slack/people/members.ts';
import { makeRosters } from '../../../../src/doors/slack/people/rosters.ts';
import { NotFound } from '../../../../src/errors.ts';
import { slackPodId } from '../../../../src/log/place.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { MEMBERS } from '../../../../src/pods/members/member.ts';
import { PODS } from '../../../../src/pods/pod/pod.ts';
import { aYard } from '../../../lanes/build.ts';
import { aWorld, type World } from '../../../pods/build.ts';

describe('the members of a channel', () => {
  let world: World;
  let users: string[];
  let asked: string[];
  let atOnce: number;
  let slack: SlackContext;
  const yard = aYard();
  const pod = slackPodId('T1', 'C1');

  beforeEach(async () => {
    world = await aWorld();
    users = [];
    asked = [];
    atOnce = 0;
    let now = 0;
    const sender = {
      async members() {
        asked.push('members');
        return users;
      },
      channelInfo: async () => ({ member: true, archived: false, name: 'x', type: 'channel' }),
      async userInfo(id: string) {
        asked.push(id);
        atOnce = Math.max(atOnce, ++now);
        await Promise.resolve();
        now--;
        if (id === 'UHIDDEN') throw new NotFound('not visible');
        return {
          id,
          name: id.toLowerCase(),
          realName: id,
          isBot: id === 'UBOT2',
          deleted: false,
          admin: false,
          guest: false,
          stranger: false,
          teams: ['T1'],
        };
      },
    };
    slack = {
      act: world.act,
      read: makeReader(world.store),
      sender,
      identity: { teamId: 'T1', botUserId: 'UBOT', botId: 'B1' },
      queue: yard.queue,
      rosters: makeRosters(sender, () => world.clock.now),
      logger: () => {},
    } as unknown as SlackContext;
    const origin = { kind: 'slack' as const, team: 'T1', channel: 'C1' };
    await world.does(world.ada, 'create_pod', { name: 'C1' }, { pod, origin });
  });
  const inPod = async () =>
    (await slack.read.find(MEMBERS, { where: { pod } }))
      .filter(({ state, who }) => state === 'in' && who.startsWith('person:'))
      .map(({ who }) => who);

  it('are all let in, with one question at a time to Slack, and none about who is known', async () => {
    users = ['ada', 'ben', 'UBOT', 'UBOT2', 'UHIDDEN', ...Array.from({ length: 250 }, (_, n) => `U${n}`)];
    await follow(slack, 'C1');
    expect(await inPod()).to.have.length(252);
    expect(atOnce).to.equal(1);
    expect(asked).not.to.include('ada');
    asked.length = 0;
    await follow(slack, 'C1');
    expect(asked).to.deep.equal(['members', 'UBOT2', 'UHIDDEN']);
  });

  it('are let out when they are gone, each time anew', async () => {
    for (const round of [1, 2, 3]) {
      users = ['ada', 'ben'];
      await follow(slack, 'C1');
      expect(await inPod(), `in, round ${round}`).to.have.members([world.ada, world.ben]);
      users = ['ada'];
      await follow(slack, 'C1');
      expect(await inPod(), `out, round ${round}`).to.deep.equal([world.ada]);
    }
  });

  it('of a big channel are let in beside its own lane', async () => {
    users = Array.from({ length: 100 }, (_, n) => `U${n}`);
    await bringIn(slack, 'C1', 'made');
    expect(await yard.queue.items.get('slack:follow:C1:made')).to.include({ state: 'waiting' });
    expect(asked).to.deep.equal(['members']);
  });

  it('are asked for once for many events that came before', async () => {
    users = ['ada', 'ben'];
    const since = world.clock.now - 1;
    await memberChanged(slack, { kind: 'member_joined', channel: 'C1', user: 'ben' }, since);
    await memberChanged(slack, { kind: 'member_left', channel: 'C1', user: 'gil' }, since);
    expect(await inPod()).to.have.members([world.ada, world.ben]);
    expect(asked).to.deep.equal(['members']);
    users = ['ada'];
    await memberChanged(slack, { kind: 'member_joined', channel: 'C1', user: 'gil' }, world.clock.now);
    expect(await inPod()).to.have.members([world.ada, world.ben]);
    expect(asked).to.deep.equal(['members', 'members']);
  });

  it('do not wake a pod that an owner put to rest', async () => {
    users = ['ada'];
    await world.does(world.ada, 'archive_pod', {}, { pod });
    await follow(slack, 'C1');
    expect((await world.doc(PODS, pod))?.state).to.equal('archived');
  });
});
