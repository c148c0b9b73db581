// A run that takes long has a card in its thread: it shows what is so, its buttons do it, and in the end it is one short line.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen } from './team.ts';

describe('the card of a run in Slack', () => {
  let team: SlackTeam;
  let model: ModelFront;
  let ahead = 0;
  before(async () => {
    model = await aModelFront();
    const noon = middayClock();
    team = await aSlackTeam(model.settings, () => noon() + ahead);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await team.stop();
    await model.stop();
  });

  it('says for whom, takes the pause as its state, and is one line when the work is done', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe add a task: oil the <hinges>');
    await held.asked;
    ahead += 21_000;
    const all = () => team.messages('launch', ts);
    const card = (words: RegExp): Promise<Seen> =>
      team.when(`the card says ${words}`, async () =>
        (await all()).find(({ username, blocks }) => username === 'Skein' && words.test(JSON.stringify(blocks))),
      );
    const buttonsOf = ({ blocks }: Seen) =>
      blocks.flatMap(({ type, elements }) =>
        type === 'actions' ? (elements as { text: { text: string } }[]).map(({ text }) => text.text) : [],
      );
    const press = (shown: Seen, actionId: string) =>
      team.post('/practice/click', { as: 'ben', channel: 'launch', ts: shown.ts, actionId });
    const working = await card(/\*Scribe\* has been working since .*, for Ada Lindqvist/);
    expect(buttonsOf(working)).to.deep.equal(['Pause', 'Take over', 'Stop']);
    await team.say('ben', 'launch', 'and mind the paint', ts);
    await press(working, 'run.pause');
    const paused = await card(/is paused by Ben Okafor/);
    // What each of them wants, and since when.
    await card(/Ada Lindqvist, .*: “@scribe add a task: oil the .*_\(open\)_.*Ben Okafor, .*: “and mind the paint”/);
    expect([paused.ts, buttonsOf(paused)]).to.deep.equal([working.ts, ['Go on', 'Take over', 'Stop']]);
    held.pass();
    await team.quiet();
    await press(paused, 'run.resume');
    await team.answer('launch', ts, 'Scribe');
    const done = await card(/\*Scribe\* answered at .* · \d+ steps?;/);
    expect([done.ts, buttonsOf(done)]).to.deep.equal([working.ts, []]);
    const said = (await all()).map(({ username }) => username).sort();
    expect(said, 'no message but the card').to.deep.equal(['Ada Lindqvist', 'Ben Okafor', 'Scribe', 'Skein']);
  });
});
