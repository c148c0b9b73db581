import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { slackUsers } from '../../../src/outbox/slack/slack-users.ts';
import { aWorld, type World } from '../../pods/build.ts';

describe('whom a text mentions in Slack', () => {
  let world: World;
  before(async () => {
    world = await aWorld();
    const account = 'slack:T1:ben2';
    await world.does('skein', 'register_person', { account, name: 'Ben Adler', handle: 'adler', role: 'member' });
    await world.does(world.ada, 'add_member', { who: 'adler' });
  });
  const users = async (text: string) =>
    Object.fromEntries(await slackUsers(makeReader(world.store), 'T1', world.pod, text));

  it('is a member by handle or full name', async () => {
    expect(await users('@ada and @Ben Adler')).to.include({ ada: 'ada', 'ben adler': 'ben2' });
  });

  it('is whose handle it is, before all who go by that name', async () => {
    expect((await users('@ben')).ben).to.equal('ben');
  });

  it('is nobody who is not in the pod, is of another workspace, or is only quoted', async () => {
    expect(await users('@zoe and `@ada`')).to.deep.equal({});
    expect(Object.fromEntries(await slackUsers(makeReader(world.store), 'T2', world.pod, '@ada'))).to.deep.equal({});
  });
});
