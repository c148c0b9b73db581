// Everything else that is under way for a stopped request stands in its Slack thread, each with its button, and one for all.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen } from './team.ts';

describe('the buttons that stop what else is under way for a request, in Slack', () => {
  let team: SlackTeam;
  let model: ModelFront;
  let pass: () => void;
  let asked: Promise<void>;
  beforeEach(async () => {
    model = await aModelFront();
    team = await aSlackTeam(model.settings);
    await team.command('ada', 'launch', '/skein pod new');
    await team.act('ada', 'org', 'update_agent', { agent: 'scribe', tools: ['start_conversation'] });
    // Pilot thinks until the test lets it go on, and everybody else at once.
    const open = new Promise<void>((done) => (pass = done));
    asked = new Promise<void>((done) => {
      model.atRequest = async () => {
        if (!/You are Pilot/.test(model.bodies.at(-1) ?? '')) return 'pass';
        done();
        await open;
        return 'pass';
      };
    });
  });
  afterEach(async () => {
    pass();
    await team.quiet();
    expect(await team.aside('outbox')).to.deep.equal([]);
    await team.stop();
    await model.stop();
  });

  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ type, elements }) =>
      type === 'actions' ? (elements as { text: { text: string } }[]).map(({ text }) => text.text) : [],
    );
  const line = (thread: string, words: RegExp): Promise<Seen> =>
    team.when(`the thread says ${words}`, async () =>
      (await team.messages('launch', thread)).find(({ username, text }) => username === 'Skein' && words.test(text)),
    );
  const click = (as: string, ts: string, actionId: string) =>
    team.post('/practice/click', { as, channel: 'launch', ts, actionId });
  const isStopped = async () => {
    const { body } = await team.act<{ runs: { title?: string; state: string }[] }>('ada', 'launch', 'list_runs');
    return body.runs.some(({ title, state }) => title === 'Oak boards' && state === 'stopped');
  };
  /** Scribe has called Pilot in another thread, and Pilot is at work there. */
  async function scribeCallsPilot(): Promise<string> {
    const ts = await team.say('ada', 'launch', '@scribe start a thread about oak boards: @pilot count them');
    await asked;
    await team.answer('launch', ts, 'Scribe');
    return ts;
  }

  it('stops the one that is pressed, and says so once it is over', async () => {
    const ts = await scribeCallsPilot();
    await team.say('ben', 'launch', 'stop', ts);
    const shown = await line(ts, /^Still at work for the same request: Pilot in “Oak boards”\./);
    expect(labels(shown)).to.deep.equal(['Stop pilot', 'Stop all']);
    await click('ben', shown.ts, 'run.stop-other.0');
    await team.when('Pilot is stopped', isStopped);
    await click('ben', shown.ts, 'run.stop-other.0');
    await team.when('it is said that it is over', async () =>
      (await team.messages('launch', ts, 'ben')).some(({ text }) => text.includes('That work is over already.')),
    );
  });

  it('stops all at once, and the thread says what that was', async () => {
    const ts = await scribeCallsPilot();
    await team.say('ben', 'launch', 'stop', ts);
    const shown = await line(ts, /^Still at work for the same request/);
    await click('ben', shown.ts, 'run.stop-all');
    await line(ts, /^Stopped too: Pilot in “Oak boards”\.$/);
    await team.when('Pilot is stopped', isStopped);
  });
});
