// Somebody who comes back to a pod hears of all that waits for them there: what was theirs before, and what came meanwhile.
import { expect } from 'chai';
import { aWorld } from '../build.ts';

describe('somebody who comes back to a pod', () => {
  it('hears of each thing that waits for them, by an act of its own', async () => {
    const world = await aWorld({
      home: {
        pod: 'p_launch',
        origin: { kind: 'slack', team: 'T1', channel: 'C1' },
        account: (handle) => `slack:T1:${handle}`,
      },
    });
    const { does, ada, ben } = world;
    await does(ada, 'create_task', { title: 'Bake', assignee: 'ben' });
    // Away, so that a mention itself tells them nothing.
    await does(ben, 'set_away', { until: '2026-11-09' });
    await does('skein', 'remove_member', { who: ben });
    // In Slack people may be named who are not in the pod.
    for (const thread of ['1.000100', '2.000100']) {
      const mentioned = [{ name: 'ben', who: ben }];
      const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: thread, thread, mentioned } as const;
      await does(ada, 'post_message', { text: '@ben which?' }, { origin });
    }
    world.delivered.length = 0;
    await does('skein', 'add_member', { who: ben });
    const heard = world.delivered.flatMap((one) => (one.kind === 'act' && one.action === 'hear' ? [one] : []));
    expect(heard.length, JSON.stringify(heard)).to.equal(3);
    expect(new Set(heard.map(({ key }) => key)).size).to.equal(heard.length);
  });
});
