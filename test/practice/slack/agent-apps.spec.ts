// The practice Slack with several apps in one workspace: each has its user, its tokens, its sockets, and hears what is in
// its own conversations.
import type { App } from '@slack/bolt';
import { expect } from 'chai';
import { click } from '../../../src/practice/slack/people/interact.ts';
import * as people from '../../../src/practice/slack/people/people.ts';
import { appOfAgent } from '../../../src/practice/slack/state/apps.ts';
import type { SlackApp } from '../../../src/practice/slack/state/state.ts';
import { BEN, collector, LAUNCH, type Practice, practice, refusal, SKEIN, webClient } from './practice.ts';

const AGENTS = [
  { handle: 'scribe', name: 'Scribe' },
  { handle: 'scout', name: 'Scout' },
];

describe('practice Slack: apps of agents beside the main app', () => {
  let p: Practice;
  let scribe: SlackApp;
  let scout: SlackApp;
  beforeEach(async () => {
    p = await practice({ agents: AGENTS });
    const { state } = p.slack.workspace;
    scribe = appOfAgent(state, 'scribe') as SlackApp;
    scout = appOfAgent(state, 'scout') as SlackApp;
  });
  afterEach(() => p.stop());

  const workspace = () => p.slack.surfaces.workspace;
  const web = (handle: string) => webClient(p.slack, p.slack.agents.get(handle)?.botToken);
  const invite = (app: SlackApp) => people.invite(workspace(), BEN, LAUNCH, app.botUserId);
  const pending = () => [...p.slack.workspace.state.pending.values()];
  const heardBy = (app: SlackApp | undefined, ts: string) =>
    pending()
      .filter((event) => event.ts === ts && event.app === app?.id)
      .map(({ payload }) => (payload.event as { type: string }).type);

  it('have tokens of their own, and each token says whose it is', async () => {
    expect(await web('scribe').auth.test()).to.include({ user_id: scribe.botUserId, bot_id: scribe.botId });
    expect(await web('scout').auth.test()).to.include({ user_id: scout.botUserId, app_id: scout.id });
    expect(await p.web.auth.test()).to.include({ user_id: SKEIN });
  });

  it('hear what is said where they are, each by events of its own, and nothing elsewhere', async () => {
    invite(scribe);
    const ts = p.say(BEN, LAUNCH, '@Scribe hello');
    expect(p.slack.workspace.state.messages.get(LAUNCH)?.get(ts)?.text).to.equal(`<@${scribe.botUserId}> hello`);
    expect(heardBy(undefined, ts)).to.deep.equal(['message']);
    expect(heardBy(scribe, ts)).to.deep.equal(['app_mention', 'message']);
    expect(heardBy(scout, ts)).to.deep.equal([]);
    const ids = pending().map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('have direct messages of their own, which no other app sees', async () => {
    const { id } = people.directBetween(workspace(), BEN, scribe.botUserId);
    const ts = p.say(BEN, id, 'hello');
    expect([heardBy(undefined, ts), heardBy(scribe, ts), heardBy(scout, ts)]).to.deep.equal([[], ['message'], []]);
    expect(await refusal(p.web.conversations.history({ channel: id }))).to.equal('channel_not_found');
    expect((await web('scribe').conversations.history({ channel: id })).messages).to.have.length(1);
  });

  it('stand among a channel’s members once invited, and post as themselves', async () => {
    expect(await refusal(web('scribe').chat.postMessage({ channel: LAUNCH, text: 'hi' }))).to.equal('not_in_channel');
    invite(scribe);
    expect((await p.web.conversations.members({ channel: LAUNCH })).members).to.include(scribe.botUserId);
    const { ts = '' } = await web('scribe').chat.postMessage({ channel: LAUNCH, text: 'hi' });
    expect(p.slack.workspace.state.messages.get(LAUNCH)?.get(ts)).to.include({
      ...{ user: scribe.botUserId, bot_id: scribe.botId, app_id: scribe.id },
    });
    const other = { channel: LAUNCH, ts, text: 'mine' };
    expect(await refusal(p.web.chat.update(other))).to.equal('cant_update_message');
    expect(await refusal(p.web.chat.delete(other))).to.equal('cant_delete_message');
    await web('scribe').chat.update({ ...other, text: 'hi all' });
  });

  it('have status lines and sessions of their own in one thread', async () => {
    invite(scribe);
    const thread_ts = p.say(BEN, LAUNCH, 'work');
    const { state } = p.slack.workspace;
    for (const [client, status] of [
      [p.web, 'main works'],
      [web('scribe'), 'scribe works'],
    ] as const)
      await client.apiCall('assistant.threads.setStatus', { channel_id: LAUNCH, thread_ts, status });
    expect([...state.statuses.values()].map(({ status }) => status)).to.deep.equal(['main works', 'scribe works']);
    await web('scribe').chat.postMessage({ channel: LAUNCH, thread_ts, text: 'done' });
    expect([...state.statuses.values()].map(({ status }) => status)).to.deep.equal(['main works']);
  });

  it('open windows only by triggers of their own', async () => {
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
    const trigger_id = p.slack.surfaces.triggers.issue({ user: BEN, app: scribe.id });
    expect(await refusal(p.web.views.open({ trigger_id, view }))).to.equal('invalid_trigger_id');
    expect(await refusal(web('scout').views.open({ trigger_id, view }))).to.equal('invalid_trigger_id');
    expect((await web('scribe').views.open({ trigger_id, view })).view).to.include({ app_id: scribe.id });
  });

  it('lose their tokens one by one, and are told of it', async () => {
    p.slack.workspace.revoke('scribe');
    expect(await refusal(web('scribe').auth.test())).to.equal('token_revoked');
    expect((await web('scout').auth.test()).ok).to.equal(true);
    const told = pending().filter(({ payload }) => (payload.event as { type: string }).type === 'tokens_revoked');
    expect(told.map(({ app }) => app)).to.deep.equal([scribe.id]);
  });

  it('send clicks in a message to the app that posted it, over sockets of its own', async () => {
    const clicks = collector<string>();
    const listen = (name: string) => (app: App) => {
      app.action(/.*/, async ({ ack, body }) => {
        await ack();
        clicks.push(`${name} ${(body as { api_app_id?: string }).api_app_id}`);
      });
    };
    invite(scribe);
    await p.connect(listen('main'));
    await p.connect(listen('scribe'), p.slack.agents.get('scribe'));
    expect([p.slack.workspace.sockets(scribe.id), p.slack.workspace.sockets()]).to.deep.equal([1, 2]);
    const button = { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } };
    const blocks = [{ type: 'actions' as const, elements: [button] }];
    const { ts = '' } = await web('scribe').chat.postMessage({ channel: LAUNCH, text: 'go?', blocks });
    await click(p.slack.surfaces, { user: BEN, channel: LAUNCH, ts, actionId: 'go' });
    expect(await clicks.reaches(1)).to.deep.equal([`scribe ${scribe.id}`]);
  });
});
