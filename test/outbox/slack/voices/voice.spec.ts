// Through which Slack app something is said: the speaker's own, else the main app under its name, never another agent's.
import { WebAPIPlatformError } from '@slack/web-api';
import { expect } from 'chai';
import { NotYet, Retryable } from '../../../../src/errors.ts';
import type { Reader } from '../../../../src/log/action.ts';
import type { AgentId, ParticipantId } from '../../../../src/log/participant.ts';
import type { Reactions } from '../../../../src/outbox/slack/marks/reactions.ts';
import { makeAgentApps } from '../../../../src/outbox/slack/voices/agent-apps.ts';
import { asPoster, type Speaking, voiceIn } from '../../../../src/outbox/slack/voices/voice.ts';
import type { Sender } from '../../../../src/slack/send/send.ts';
import { translated } from '../../../../src/slack/send/slack-errors.ts';
import { refusal } from '../../../pods/build.ts';

type Call = { app: string; method: string };

interface Stage {
  speaking: Speaking;
  calls: Call[];
  lost: [AgentId, string][];
  /** The error code with which Slack refuses each call of an app's method, as `scribe post`. */
  refuses: Map<string, string>;
  ours: { held: boolean };
  read: Reader;
}

/** Scribe and Scout have apps; Scribe's is in C1, Scout's in none. D1 is Ben's direct message with Scribe. */
function aStage(): Stage {
  const calls: Call[] = [];
  const lost: [AgentId, string][] = [];
  const refuses = new Map<string, string>();
  const ours = { held: true };
  const senderOf = (app: string, channels: readonly string[]): Sender => {
    const said = (method: string) => async (asked: { channel: string }) => {
      calls.push({ app, method });
      const code = refuses.get(`${app} ${method}`);
      if (code) throw translated(new WebAPIPlatformError({ ok: false, error: code }), `chat.${method}`);
      return { ts: '1.0', all: ['1.0'], channel: asked.channel };
    };
    const channelInfo = async (channel: string) => {
      calls.push({ app, method: 'channelInfo' });
      return {
        id: channel,
        name: '',
        type: 'channel',
        archived: false,
        member: channels.includes(channel),
        shared: false,
      };
    };
    return { post: said('post'), update: said('update'), remove: said('remove'), channelInfo } as unknown as Sender;
  };
  const reactions = {} as Reactions;
  const removeFile = async () => {};
  const appOf = (handle: string, channels: string[]) => ({
    ...{ agent: `agent:${handle}` as AgentId, user: `U0${handle.toUpperCase()}`, reactions, removeFile },
    sender: senderOf(handle, channels),
    isOurs: () => ours.held,
  });
  const apps = makeAgentApps([appOf('scribe', ['C1']), appOf('scout', [])], (agent, why) => lost.push([agent, why]));
  const docs = new Map<string, object>([
    ['pod-dm', { id: 'pod-dm', app: 'agent:scribe', direct: true }],
    ['agent:scribe', { name: 'Scribe', avatar: { emoji: ':pen:' } }],
    ['agent:scout', { name: 'Scout', avatar: {} }],
    ['agent:pilot', { name: 'Pilot', avatar: {} }],
    ['person:ben', { id: 'person:ben', name: 'Ben Okafor', handle: 'ben' }],
  ]);
  const read = {
    get: async (_ref: unknown, id: string) => docs.get(id),
    find: async (_ref: unknown, { where }: { where: { id: { in: string[] } } }) =>
      where.id.in.flatMap((id) => docs.get(id) ?? []),
  } as unknown as Reader;
  return { speaking: { sender: senderOf('main', []), reactions, removeFile, apps }, calls, lost, refuses, ours, read };
}

const post = { channel: 'C1', posts: [], key: 'k', resend: false };

describe('a voice in Slack', () => {
  const rows: [who: string, by: ParticipantId, pod: string, channel: string, app: string, name: string | undefined][] =
    [
      ['an agent whose app is in the channel', 'agent:scribe', 'pod', 'C1', 'scribe', undefined],
      ['an agent whose app is not in the channel', 'agent:scout', 'pod', 'C1', 'main', 'Scout'],
      ['an agent without an app', 'agent:pilot', 'pod', 'C1', 'main', 'Pilot'],
      ['a person who writes by mail', 'person:ben', 'pod', 'C1', 'main', 'Ben Okafor (through Skein)'],
      ['Skein', 'skein', 'pod', 'C1', 'main', undefined],
      ['an agent in its own direct message', 'agent:scribe', 'pod-dm', 'D1', 'scribe', undefined],
      [
        'a person in the direct message of an agent',
        'person:ben',
        'pod-dm',
        'D1',
        'scribe',
        'Ben Okafor (through Skein)',
      ],
      ['Skein in the direct message of an agent', 'skein', 'pod-dm', 'D1', 'scribe', 'Skein'],
      ['an agent in a direct message with the main app', 'agent:scribe', 'pod', 'D2', 'main', 'Scribe'],
    ];
  for (const [who, by, pod, channel, app, name] of rows)
    it(`of ${who} is that of the ${app === 'main' ? 'main app' : 'agent’s own app'}`, async () => {
      const { speaking, calls, read } = aStage();
      const voice = await voiceIn({ read, slack: speaking }, { pod, channel, by });
      await voice.sender.post({ ...post, channel });
      expect(calls.at(-1)).to.deep.equal({ app, method: 'post' });
      expect(voice.persona.username).to.equal(name);
      expect(voice.agent).to.equal(app === 'main' ? undefined : `agent:${app}`);
    });

  it('asks Slack once where an app is, and again after it was moved', async () => {
    const { speaking, calls, read } = aStage();
    const say = () => voiceIn({ read, slack: speaking }, { pod: 'pod', channel: 'C1', by: 'agent:scribe' });
    await say();
    await say();
    expect(calls).to.have.length(1);
    speaking.apps.moved('agent:scribe', 'C1');
    await say();
    expect(calls).to.have.length(2);
  });

  it('of an app that was just removed from the channel is the main app’s at the next attempt', async () => {
    const { speaking, refuses, read } = aStage();
    const say = () => voiceIn({ read, slack: speaking }, { pod: 'pod', channel: 'C1', by: 'agent:scribe' });
    const own = await say();
    refuses.set('scribe post', 'not_in_channel');
    const error = await refusal(own.sender.post(post));
    expect(error).to.be.instanceOf(Retryable);
    expect((await say()).agent).to.equal(undefined);
  });

  for (const code of ['token_revoked', 'invalid_auth', 'account_inactive'])
    it(`is the main app’s once Slack refuses the token (${code}), and that is told once`, async () => {
      const { speaking, lost, refuses, read } = aStage();
      const say = () => voiceIn({ read, slack: speaking }, { pod: 'pod', channel: 'C1', by: 'agent:scribe' });
      const own = await say();
      refuses.set('scribe post', code);
      for (let n = 0; n < 2; n += 1) expect(await refusal(own.sender.post(post))).to.be.instanceOf(Retryable);
      expect(lost.map(([agent]) => agent)).to.deep.equal(['agent:scribe']);
      const next = await say();
      expect([next.agent, next.persona.username]).to.deep.equal([undefined, 'Scribe']);
      expect(speaking.apps.of('agent:scout')?.agent).to.equal('agent:scout');
    });

  it('stays the agent’s own while Slack is only slow, so that nothing is said twice under two names', async () => {
    const { speaking, lost, refuses, read } = aStage();
    const say = () => voiceIn({ read, slack: speaking }, { pod: 'pod', channel: 'C1', by: 'agent:scribe' });
    const own = await say();
    refuses.set('scribe post', 'service_unavailable');
    expect(await refusal(own.sender.post(post))).to.be.instanceOf(Retryable);
    expect((await say()).agent).to.equal('agent:scribe');
    expect(lost).to.deep.equal([]);
  });

  it('waits while another process still speaks for the app', async () => {
    const { speaking, ours, read } = aStage();
    ours.held = false;
    const say = voiceIn({ read, slack: speaking }, { pod: 'pod', channel: 'C1', by: 'agent:scribe' });
    expect(await refusal(say)).to.be.instanceOf(NotYet);
  });

  it('says in a direct message with a lost app who has to do what', async () => {
    const { speaking, read } = aStage();
    speaking.apps.lost('agent:scribe', 'revoked');
    const say = voiceIn({ read, slack: speaking }, { pod: 'pod-dm', channel: 'D1', by: 'agent:scribe' });
    expect(String(await refusal(say))).to.contain('The Slack app of scribe is out of order');
  });
});

describe('a post in Slack that changes', () => {
  const said = { pod: 'pod', channel: 'C1', by: 'agent:scribe' as const };
  const change = (sender: Sender) => sender.remove({ channel: 'C1', ts: '1.0' });

  it('is changed by the app of its author', async () => {
    const { speaking, calls, read } = aStage();
    await asPoster({ read, slack: speaking }, said, change);
    expect(calls).to.deep.equal([{ app: 'scribe', method: 'remove' }]);
  });

  it('is changed by the main app if that posted it, before the agent had an app', async () => {
    const { speaking, calls, refuses, read } = aStage();
    refuses.set('scribe remove', 'cant_delete_message');
    await asPoster({ read, slack: speaking }, said, change);
    expect(calls.map(({ app }) => app)).to.deep.equal(['scribe', 'main']);
  });
});
