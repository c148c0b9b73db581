import { expect } from 'chai';
import * as people from '../../../src/practice/slack/people/people.ts';
import { ADA, LAUNCH, type Practice, practice, refusal } from './practice.ts';

describe('practice Slack: streams, status lines and sessions', () => {
  let p: Practice;
  let thread: string;
  const to = { channel: LAUNCH, recipient_team_id: 'T0WILDGOOS', recipient_user_id: ADA };
  beforeEach(async () => {
    p = await practice();
    thread = p.say(ADA, LAUNCH, '@Skein plan the launch');
  });
  afterEach(() => p.stop());

  const start = async () => (await p.web.chat.startStream({ ...to, thread_ts: thread, markdown_text: 'Hel' })).ts ?? '';
  const shown = (ts: string) => p.slack.workspace.state.messages.get(LAUNCH)?.get(ts);

  it('grow by text and tasks, and end with blocks and metadata', async () => {
    const ts = await start();
    expect(shown(ts)).to.include({ text: 'Hel', streaming_state: 'in_progress', thread_ts: thread });
    await p.web.chat.appendStream({ channel: LAUNCH, ts, markdown_text: 'lo' });
    const task = { type: 'task_update' as const, id: '1', title: 'Read', status: 'in_progress' as const, details: 'a' };
    await p.web.chat.appendStream({ channel: LAUNCH, ts, chunks: [task] });
    const metadata = { event_type: 'skein', event_payload: { key: 'k' } };
    const last = { ...task, status: 'complete' as const, details: 'b' };
    await p.web.chat.stopStream({ channel: LAUNCH, ts, chunks: [last], blocks: [{ type: 'divider' }], metadata });
    const message = shown(ts);
    expect(message).to.deep.include({ text: 'Hello', streaming_state: 'completed', metadata });
    expect(message?.blocks?.map((block) => block.type)).to.deep.equal(['task_card', 'markdown', 'divider']);
    expect(message?.blocks?.[0]).to.include({ task_id: '1', status: 'complete', details: 'ab' });
    expect(await refusal(p.web.chat.appendStream({ channel: LAUNCH, ts, markdown_text: 'x' }))).to.equal(
      'message_not_in_streaming_state',
    );
  });

  it('are what the SDK’s own helper writes', async () => {
    const stream = p.web.chatStream({ ...to, thread_ts: thread, buffer_size: 4 });
    await stream.append({ markdown_text: 'One, ' });
    await stream.append({ markdown_text: 'two, three.' });
    const { ts = '' } = await stream.stop();
    expect(shown(ts)?.text).to.equal('One, two, three.');
  });

  it('need to know for whom, outside a DM', async () => {
    const unaddressed = p.web.chat.startStream({ channel: LAUNCH, thread_ts: thread });
    expect(await refusal(unaddressed)).to.equal('missing_recipient_team_id');
    const { channel = '' } = await p.web.chat.postMessage({ channel: ADA, text: 'hi' });
    const ts = p.say(ADA, channel, 'hello');
    expect(await p.web.chat.startStream({ channel, thread_ts: ts, markdown_text: 'x' })).to.include({ ok: true });
  });

  it('die after five minutes, and can then be mended by an update', async () => {
    const ts = await start();
    expect(await refusal(p.web.chat.update({ channel: LAUNCH, ts, text: 'x' }))).to.equal('streaming_state_conflict');
    p.clock.now += 300_001;
    expect(await refusal(p.web.chat.stopStream({ channel: LAUNCH, ts }))).to.equal('message_not_in_streaming_state');
    await p.web.chat.update({ channel: LAUNCH, ts, text: 'mended' });
    expect(shown(ts)).to.include({ text: 'mended' }).and.not.have.property('streaming_state');
  });

  it('are stopped by a person while the session is processing', async () => {
    const ts = await start();
    const { workspace } = p.slack.surfaces;
    expect(() => people.stopAgent(workspace, ADA, LAUNCH, thread)).to.throw(/nothing to stop/);
    await p.web.apiCall('agents.sessions.setStatus', { channel_id: LAUNCH, thread_ts: thread, status: 'processing' });
    people.stopAgent(workspace, ADA, LAUNCH, thread);
    const stopped = p.slack.workspace.state.recent.at(-1)?.payload.event;
    expect(stopped).to.deep.include({
      type: 'agent_session_stopped',
      user: ADA,
      thread_ts: thread,
      streaming_message_ts: [ts],
    });
    expect(await refusal(p.web.chat.appendStream({ channel: LAUNCH, ts, markdown_text: 'x' }))).to.equal(
      'stopped_by_user',
    );
  });

  it('refuse chunks that are not as they should be', async () => {
    const ts = await start();
    const bad = p.web.chat.appendStream({
      channel: LAUNCH,
      ts,
      chunks: [{ type: 'task_update', id: '1', title: 'x'.repeat(257), status: 'pending' }],
    });
    expect(await refusal(bad)).to.equal('invalid_chunks');
  });

  it('a status line shows until it is cleared or the app’s next message comes', async () => {
    const status = (text: string) =>
      p.web.assistant.threads.setStatus({ channel_id: LAUNCH, thread_ts: thread, status: text });
    const lines = () => [...p.slack.workspace.state.statuses.values()].map((one) => one.status);
    await status('is reading');
    expect(lines()).to.deep.equal(['is reading']);
    await status('');
    expect(lines()).to.deep.equal([]);
    await status('is writing');
    await p.web.chat.postMessage({ channel: LAUNCH, thread_ts: thread, text: 'Here.' });
    expect(lines()).to.deep.equal([]);
    expect(
      await refusal(p.web.assistant.threads.setStatus({ channel_id: LAUNCH, thread_ts: '1.000000', status: 'x' })),
    ).to.equal('invalid_thread_ts');
  });

  it('suggested prompts are at most four', async () => {
    const prompts = Array.from({ length: 5 }, (_, n) => ({ title: `t${n}`, message: 'm' }));
    const { setSuggestedPrompts } = p.web.assistant.threads;
    expect(await refusal(setSuggestedPrompts({ channel_id: LAUNCH, prompts: prompts as never }))).to.equal(
      'invalid_arguments',
    );
    await setSuggestedPrompts({ channel_id: LAUNCH, prompts: prompts.slice(1) as never });
    expect(p.slack.workspace.state.prompts.get(LAUNCH)?.prompts).to.have.length(4);
  });
});
