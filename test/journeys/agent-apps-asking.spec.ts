// What an agent with a Slack app of its own asks and says, and what people do there: its buttons, replies that Slack lost, and events that come twice and in another order.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import type { Seen } from './team.ts';

describe('an agent that asks through a Slack app of its own', function () {
  this.timeout(90_000);
  let model: TestServer;
  let team: SlackTeam;
  let scribe = '';
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_a${++uses}` }), ...end('tool_use'));
  const asks = (question: string, options?: string[]) =>
    calls('ask', { to: ['ben'], question, ...(options ? { options } : {}) });

  before(async () => {
    model = await serve((call) => (answers.shift() ?? says('Done.'))(call));
    team = await aSlackTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url }, undefined, [
      'scribe',
      'scout',
    ]);
    const { apps } = team.slack.workspace.state;
    scribe = [...apps.values()].find(({ agent }) => agent === 'scribe')?.botUserId ?? '';
    for (const who of ['scribe', 'scout']) await team.post('/practice/invite', { as: 'ada', channel: 'launch', who });
    await team.command('ada', 'launch', '/skein pod new');
    await team.quiet();
  });
  after(async () => {
    await team.stop();
    await model.close();
  });
  afterEach(async () => {
    team.slack.workspace.faults.clear();
    Object.assign(team.slack.workspace.tamper, { duplicates: 0, reorder: 0 });
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const shown = ({ blocks }: Seen) => JSON.stringify(blocks);
  const posted = async (root: string, words: string) => {
    const has = (one: Seen) => shown(one).includes(words) || one.text.includes(words);
    return (await team.until('launch', root, (all) => all.some(has))).find(has) as Seen;
  };
  const press = (as: string, seen: Seen, label: string) => {
    const all = seen.blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
    const found = (all as { action_id: string; value: string; text: { text: string } }[]).find(
      (one) => one.text.text === label,
    );
    if (!found) throw new Error(`There is no button “${label}” in ${shown(seen)}`);
    const { action_id: actionId, value } = found;
    return team.post('/practice/click', { as, channel: 'launch', ts: seen.ts, actionId, value });
  };

  it('asks as itself, and a click in its app settles the question, also after a restart', async () => {
    answers.push(asks('Which price is right?', ['80 €', '95 €']), calls('wait_for', { questions: ['q1'] }));
    const root = await team.say('ada', 'launch', '@scribe put the price on the sheet');
    const question = await posted(root, 'Which price is right?');
    expect(question.user).to.equal(scribe);
    await team.quiet();
    await team.down();
    await team.up();
    answers.push(says('80 € stands on the sheet.'));
    await press('ben', question, '80 €');
    const answer = await posted(root, '80 € stands on the sheet.');
    expect(answer.user).to.equal(scribe);
    await team.quiet();
    const settled = await posted(root, 'Which price is right?');
    expect(settled.ts).to.equal(question.ts);
    expect(shown(settled)).to.contain('Ben Okafor');
  });

  it('mentions another agent for real, which wakes it once, and no app hears its own words', async () => {
    const scout = [...team.slack.workspace.state.apps.values()].find(({ agent }) => agent === 'scout')?.botUserId;
    const before = model.calls.length;
    answers.push(says('@scout please look for the price of rye.'), says('Rye costs 40 a sack.'));
    const root = await team.say('ada', 'launch', '@scribe ask Scout for the price of rye');
    const asked = await posted(root, 'please look for the price');
    expect([asked.user, shown(asked)]).to.satisfy(
      ([user, blocks]: string[]) => user === scribe && blocks?.includes(`<@${scout}>`),
    );
    expect((await posted(root, 'Rye costs 40 a sack.')).user).to.equal(scout);
    await team.quiet();
    expect(model.calls.length - before).to.equal(2);
  });

  it('leaves alone what names another agent only, and has it as news when it is called again', async () => {
    answers.push(says('The sheet is begun.'));
    const root = await team.say('ada', 'launch', '@scribe begin a sheet');
    await posted(root, 'The sheet is begun.');
    await team.quiet();
    const before = model.calls.length;
    answers.push(says('The oven is new.'));
    await team.say('ada', 'launch', '@scout which oven do we have?', root);
    await posted(root, 'The oven is new.');
    await team.quiet();
    expect(model.calls.length - before).to.equal(1);
    answers.push(says('I have read it.'));
    await team.say('ada', 'launch', '@scribe and now?', root);
    await posted(root, 'I have read it.');
    expect(model.calls.at(-1)?.body).to.contain('which oven do we have?').and.contain('The oven is new.');
  });

  it('says a thing once, as itself, though Slack lost the reply', async () => {
    team.slack.workspace.faults.inject('chat.postMessage', { kind: 'drop-reply' });
    answers.push(says('Forty sacks of rye.'));
    const root = await team.say('ada', 'launch', '@scribe how much rye?');
    await posted(root, 'Forty sacks of rye.');
    await team.quiet();
    const said = (await team.messages('launch', root)).filter(({ text: words }) => words.includes('Forty sacks'));
    expect(said.map(({ user }) => user)).to.deep.equal([scribe]);
  });

  it('is woken once by a mention that three apps carry, each twice and in another order', async () => {
    Object.assign(team.slack.workspace.tamper, { duplicates: 1, reorder: 4 });
    const before = model.calls.length;
    answers.push(says('I am here.'));
    const root = await team.say('ada', 'launch', '@scribe are you there?');
    await posted(root, 'I am here.');
    await team.quiet();
    expect(model.calls.length - before).to.equal(1);
    expect((await team.messages('launch', root)).map(({ user }) => user)).to.deep.equal(['U0ADALIND1', scribe]);
  });

  it('goes on through the main app, under its name, where Slack takes its token away in mid-work', async () => {
    answers.push((call) => {
      team.slack.workspace.revoke('scribe');
      says('The sheet is ready.')(call);
    });
    const root = await team.say('ada', 'launch', '@scribe is the sheet ready?');
    const answer = await posted(root, 'The sheet is ready.');
    expect([answer.user, answer.username]).to.deep.equal(['U0SKEINBT1', 'Scribe']);
    await team.quiet();
    expect(team.lines.filter((line) => line.includes('its own is lost'))).to.have.length(1);
  });
});
