// Somebody goes with every step of a task, in Slack: the agent puts what it wants to do to them, and waits.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';
import type { Seen } from './team.ts';

const MINUTE_MS = 60_000;

describe('somebody who goes with every step of a task, in Slack', function () {
  this.timeout(60_000);
  let team: SlackTeam;
  let ahead = 0;
  before(async () => {
    const midday = middayClock();
    team = await aSlackTeam({}, () => midday() + ahead);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());
  afterEach(async () => {
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  interface Button {
    action_id: string;
    value: string;
    text: { text: string };
  }
  const buttonsIn = ({ blocks }: Seen): Button[] =>
    blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
  const labels = (seen: Seen) => buttonsIn(seen).map(({ text }) => text.text);
  const click = (seen: Seen, label: string) => {
    const button = buttonsIn(seen).find(({ text }) => text.text === label);
    if (!button) throw new Error(`There is no button “${label}” in ${JSON.stringify(seen.blocks)}`);
    const press = { as: 'ada', channel: 'launch', ts: seen.ts, actionId: button.action_id, value: button.value };
    return team.post('/practice/click', press);
  };

  /** Ada gives a task to Scribe, and stays with every step of it. */
  async function given(title: string): Promise<{ number: string; root: string }> {
    ahead += 3 * MINUTE_MS;
    const { body } = await team.act<{ task: { number: number } }>('ada', 'launch', 'create_task', { title });
    const number = `#${body.task.number}`;
    const said = await team.command('ada', 'launch', `/skein follow ${number} every step`);
    expect(said).to.contain(`every step of ${number}`).and.contain('ask you before each step');
    await team.act('ada', 'launch', 'assign_task', { task: number, assignee: 'scribe' });
    const line = await team.when(`the line about ${number}`, async () =>
      (await team.messages('launch')).find(
        ({ text, thread_ts, ts }) => text.includes(number) && (thread_ts ?? ts) === ts,
      ),
    );
    return { number, root: line.ts };
  }
  const asked = async (root: string) => {
    const all = await team.until('launch', root, (seen) => seen.some(({ text }) => text.includes('wants to:')));
    await team.quiet();
    return all.find(({ text }) => text.includes('wants to:')) as Seen;
  };
  const stateOf = async (number: string) => {
    const { body } = await team.act<{ tasks: { number: number; state: string }[] }>('ada', 'launch', 'list_tasks');
    return body.tasks.find((one) => `#${one.number}` === number)?.state;
  };

  it('is asked with buttons about what it wants to do; nothing is done before their click, and then exactly that', async () => {
    const { number, root } = await given('Summarise what we agreed on');
    const list = await asked(root);
    expect(list.username).to.equal('Scribe');
    expect(list.text).to.match(/^<@U\w+> Scribe wants to:\n1\. Start a task: task “#\d+”\n\nYou go with every step/);
    expect(labels(list)).to.deep.equal(['Yes', 'No']);
    expect(await stateOf(number)).to.equal('open');
    expect(await team.command('ada', 'launch', '/skein waiting')).to.contain('wants to:');
    await click(list, 'Yes');
    const answer = await team.answer('launch', root, 'Scribe', 2);
    expect(answer.text).to.contain(`${number} is in progress`);
    expect(await stateOf(number)).to.equal('started');
    await team.quiet();
    const [, settled] = await team.messages('launch', root);
    expect(settled?.text).to.contain('Ada Lindqvist answered: Yes');
    expect(labels(settled as Seen)).to.deep.equal([]);
  });

  it('says no in the thread: it is not done, and the agent says that it left it', async () => {
    const { number, root } = await given('Summarise the week');
    await asked(root);
    await team.say('ada', 'launch', 'no, not before Friday', root);
    const answer = await team.answer('launch', root, 'Scribe', 2);
    expect(answer.text).to.contain('left it');
    expect(await stateOf(number)).to.equal('open');
  });

  it('turns it down while it waits: the list goes, and the agent goes on by itself', async () => {
    const { number, root } = await given('Summarise the month');
    await asked(root);
    expect(await team.command('ada', 'launch', `/skein follow ${number} only when it’s done`)).to.contain(number);
    const answer = await team.answer('launch', root, 'Scribe', 2);
    expect(answer.text).to.contain(`${number} is in progress`);
    await team.quiet();
    const [, list] = await team.messages('launch', root);
    expect(list?.text).to.contain('No yes is needed any more');
    expect(labels(list as Seen)).to.deep.equal([]);
  });
});
