// Tests the sender against `emulate`, an independent Slack emulator. Version 0.12.2 lacks Socket Mode, slash commands, interactions,
// assistant and agent methods, response_urls and rate limits, and its development tokens belong to a person, not to a bot. Those are
// tested against this room's own fake Slack. The last tests assert that the emulator still lacks them, so that we notice when it gains them.
import { expect } from 'chai';
import { createEmulator, type Emulator } from 'emulate';
import { InvalidInput, NotAllowed, NotFound } from '../../src/errors.ts';
import { render } from '../../src/slack/render/render.ts';
import { makeClient } from '../../src/slack/send/client.ts';
import { identify, mainTokens } from '../../src/slack/send/identify.ts';
import { makeLimiter } from '../../src/slack/send/limiter.ts';
import { makeSender, type Sender } from '../../src/slack/send/send.ts';
import { aLog } from './fake-slack.ts';

const token = 'xoxb-emulated';

interface Listed {
  channels: { id: string; name: string }[];
  members: { id: string; name: string }[];
}

describe('slack/emulate', () => {
  let emulator: Emulator;
  let sender: Sender;
  let channel: string;
  let ann: string;
  let admin: string;

  const clientTo = (apiToken: string) => makeClient({ token: apiToken, apiUrl: `${emulator.url}/api/` });
  const senderOf = (apiToken: string) =>
    makeSender({ client: clientTo(apiToken), limiter: makeLimiter(), logger: aLog() });

  before(async () => {
    const slack = {
      team: { name: 'Skein', domain: 'skein' },
      users: [{ name: 'ann', real_name: 'Ann Lee', email: 'ann@example.com' }],
      channels: [{ name: 'launch', topic: 'Launch' }],
      strict_scopes: true,
      tokens: [
        {
          token,
          user: 'ann',
          scopes: [
            'chat:write',
            'channels:read',
            'channels:history',
            'users:read',
            'users:read.email',
            'im:write',
            'im:read',
            'files:write',
            'files:read',
            'channels:join',
          ],
        },
        { token: 'xoxb-narrow', user: 'ann', scopes: ['channels:read'] },
      ],
    };
    emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack } });
    sender = senderOf(token);
    const { channels } = (await clientTo(token).apiCall('conversations.list')) as unknown as Listed;
    const { members } = (await clientTo(token).apiCall('users.list')) as unknown as Listed;
    channel = channels.find((each) => each.name === 'launch')?.id ?? '';
    ann = members.find((each) => each.name === 'ann')?.id ?? '';
    admin = members.find((each) => each.name === 'admin')?.id ?? '';
    await clientTo(token).apiCall('conversations.join', { channel });
  });

  after(() => emulator.close());

  const { posts } = render({ markdown: `First.\n\n${'More words. '.repeat(1_500)}`, people: () => undefined });

  it('posts all parts, finds them by key, and does not post them again', async () => {
    expect(posts.length).to.be.greaterThan(1);
    const posted = await sender.post({ channel, posts, key: 'delivery-1', resend: false });
    expect(posted.all).to.have.length(posts.length);
    const oldest = posted.ts;
    expect(await sender.lookUp({ channel, key: 'delivery-1', oldest })).to.deep.equal(posted.all);
    expect(await sender.post({ channel, posts, key: 'delivery-1', resend: true, oldest })).to.deep.equal(posted);
  });

  it('posts in a thread, changes what it posted, and removes it twice without harm', async () => {
    const { ts: threadTs } = await sender.post({ channel, posts: posts.slice(0, 1), key: 'delivery-2', resend: false });
    const reply = { channel, threadTs, posts: posts.slice(0, 1), key: 'delivery-3', resend: false };
    const { ts } = await sender.post(reply);
    await sender.update({ channel, ts, post: { text: 'changed', blocks: [] }, key: 'delivery-3' });
    expect(await sender.lookUp({ channel, threadTs, key: 'delivery-3' })).to.deep.equal([ts]);
    await sender.remove({ channel, ts });
    await sender.remove({ channel, ts });
    expect(await sender.lookUp({ channel, threadTs, key: 'delivery-3' })).to.deep.equal([]);
  });

  it('reads people, channels and members, and opens a direct conversation', async () => {
    // The emulator does not mark her address as verified.
    expect(await sender.userInfo(ann))
      .to.include({ id: ann, name: 'ann', isBot: false })
      .and.not.have.property('email');
    expect(await sender.channelInfo(channel)).to.include({
      id: channel,
      name: 'launch',
      type: 'channel',
      archived: false,
    });
    expect(await sender.members(channel)).to.include(ann);
    // The token is Ann's own.
    expect(await sender.openDm(admin)).to.match(/^D/);
  });

  it('shares a file', async () => {
    const file = { channel, name: 'plan.md', content: '# Plan\n' };
    const { fileId } = await sender.uploadFile(file);
    expect(await sender.uploadFile({ ...file, resend: true })).to.deep.equal({ fileId });
  });

  it('draws a Home tab and says a word to one person', async () => {
    await sender.publishHome({ user: ann, view: { type: 'home', blocks: [] } });
    await sender.ephemeral({ channel, user: ann, post: { text: 'psst', blocks: [] } });
  });

  it('says what is wrong with a channel, a person and a scope', async () => {
    const wrong = (call: Promise<unknown>) => call.catch((error: unknown) => error);
    expect(await wrong(sender.channelInfo('C404'))).to.be.instanceOf(NotFound);
    expect(await wrong(sender.userInfo('U404'))).to.be.instanceOf(NotFound);
    const narrow = senderOf('xoxb-narrow').post({ channel, posts, key: 'd', resend: false });
    expect(await wrong(narrow))
      .to.be.instanceOf(NotAllowed)
      .and.to.have.property('message')
      .match(/lacks the scope chat:write/);
  });

  it('(the emulator knows no assistant and no agent methods)', async () => {
    const status = sender.setStatus({ channel, threadTs: '1', status: 'is thinking…' });
    const session = sender.setSession({ channel, threadTs: '1', status: 'processing' });
    for (const call of [status, session]) {
      expect(await call.catch((error: Error) => error.message)).to.match(
        /answered (assistant|agents)\..+ with status 404/,
      );
    }
  });

  it("(the emulator's tokens are people's, so the app cannot start on it)", async () => {
    const { signal } = new AbortController();
    const who = identify({ client: clientTo(token), logger: aLog(), signal, names: mainTokens });
    expect(await who.catch((error: unknown) => error)).to.be.instanceOf(InvalidInput);
  });
});
