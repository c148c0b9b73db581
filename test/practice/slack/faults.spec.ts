import { expect } from 'chai';
import { LAUNCH, type Practice, practice, refusal } from './practice.ts';

describe('practice Slack: faults on request', () => {
  let p: Practice;
  beforeEach(async () => {
    p = await practice();
  });
  afterEach(() => p.stop());

  const post = () => p.web.chat.postMessage({ channel: LAUNCH, text: 'once' });
  const posted = () =>
    [...(p.slack.workspace.state.messages.get(LAUNCH)?.values() ?? [])].filter((message) => message.text === 'once');

  it('a dropped reply: the call took effect, the caller does not know', async () => {
    p.slack.workspace.faults.inject('chat.postMessage', { kind: 'drop-reply' });
    expect(await refusal(post())).to.match(/RequestError|fetch failed/i);
    expect(posted()).to.have.length(1);
    await post();
    expect(posted()).to.have.length(2);
  });

  it('a 429 for the next calls of one method', async () => {
    p.slack.workspace.faults.inject('chat.postMessage', { kind: 'rate-limit', retryAfter: 7 }, 2);
    for (let n = 0; n < 2; n += 1) {
      const error = await post().catch((thrown: unknown) => thrown);
      expect(error).to.have.property('retryAfter', 7);
    }
    await p.web.auth.test();
    await post();
    expect(posted()).to.have.length(1);
  });

  it('a 500, a refusal, a delay', async () => {
    p.slack.workspace.faults.inject('*', { kind: 'status', status: 500 });
    const error = await post().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('statusCode', 500);
    p.slack.workspace.faults.inject('chat.postMessage', { kind: 'refuse', error: 'internal_error' });
    expect(await refusal(post())).to.equal('internal_error');
    expect(posted()).to.have.length(0);
    p.slack.workspace.faults.inject('chat.postMessage', { kind: 'delay', ms: 30 });
    const before = performance.now();
    await post();
    expect(performance.now() - before).to.be.at.least(29);
  });

  it('counts as Slack does when rate limits are on, each method and channel for itself', async () => {
    p.slack.workspace.rateLimits = true;
    for (let n = 0; n < 5; n += 1) await post();
    const error = await post().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('retryAfter').that.is.within(1, 5);
    await p.web.auth.test();
    p.clock.now += 5_001;
    await post();
    expect(posted()).to.have.length(6);
  });
});
