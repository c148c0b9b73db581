// The card of a task in Slack: it shows the task as it is now, whoever changed it and wherever, and is no message of the
// conversation.
import { expect } from 'chai';
import { ADA } from './mailroom.ts';
import { aMail } from './mails.ts';
import { aTeam, type Seen, type Team } from './team.ts';

describe('the card of a task in Slack', function () {
  this.timeout(90_000);
  let team: Team;
  let ada: string;
  let card: Seen;

  const act = <T = object>(as: string, action: string, input: object) =>
    team.post<T>('/practice/act', { as, pod: 'launch', action, input });
  const headOf = ({ blocks }: Seen) => (blocks[0]?.text as { text: string } | undefined)?.text ?? '';
  const buttonsOf = ({ blocks }: Seen) =>
    blocks.flatMap(({ type, elements = [] }) =>
      type === 'actions' ? (elements as { text: { text: string } }[]).map(({ text }) => text.text) : [],
    );
  const until = async (enough: (shown: Seen) => boolean): Promise<Seen> => {
    const one = (seen: Seen) => (card ? seen.ts === card.ts : seen.text.includes('Bake the rye')) && enough(seen);
    return (await team.until('launch', '', (all) => all.some(one))).find(one) as Seen;
  };
  const head = (words: RegExp) => until((seen) => words.test(headOf(seen)));

  before(async () => {
    team = await aTeam();
    const { users } = await team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    ada = users.find(({ name }) => name === 'Ada Lindqvist')?.id ?? '';
  });
  after(() => team.stop());

  it('stands in the task’s thread: title, state, who has it, until when and from whom', async () => {
    await act('ben', 'create_task', { title: 'Bake the rye', assignee: 'scribe', due: '2031-01-07' });
    card = await head(/\*In progress\*/);
    expect(headOf(card)).to.match(
      /^\*#\d+ Bake the rye\*\n\*In progress\* · with Scribe · due Tue 7 Jan · from Ben Okafor$/,
    );
    expect(card.text).to.match(/^Ben Okafor gave #\d+ “Bake the rye” to @scribe, due Tue 7 Jan\.$/);
    expect(buttonsOf(card)).to.deep.equal(['Done', 'Give to…', 'Comment', 'Edit', 'Attach a file']);
  });

  it('is finished and reopened by its buttons, in the name of whoever clicks', async () => {
    await team.quiet();
    const thread = (await team.messages('launch', card.ts)).length;
    await team.post('/practice/click', { as: ada, channel: 'launch', ts: card.ts, actionId: 'item.done' });
    expect(buttonsOf(await head(/\*Done\*/))).to.deep.equal(['Reopen', 'Comment']);
    await team.quiet();
    expect((await team.messages('launch', card.ts)).length, 'no further message').to.equal(thread);
    const { history } = await act<{ history: { who: string; did: string }[] }>('ada', 'pod_history', { limit: 5 });
    expect(history.map(({ who, did }) => `${who} ${did}`).join('\n')).to.match(/Ada Lindqvist completed #\d+ “Bake/);
    await team.post('/practice/click', { as: ada, channel: 'launch', ts: card.ts, actionId: 'item.reopen' });
    await head(/\*(?:To do|In progress)\*/);
  });

  it('follows every change, made anywhere, and shows the last of many', async () => {
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ada', 'list_tasks', {});
    const task = tasks.find(({ title }) => title === 'Bake the rye')?.id;
    await act('ada', 'assign_task', { task, assignee: 'ben' });
    for (const day of ['01', '02', '03', '04']) await act('ada', 'update_task', { task, due: `2031-02-${day}` });
    await act('ada', 'update_task', { task, title: 'Bake the spelt' });
    const shown = await head(/Bake the spelt/);
    await team.quiet();
    expect(headOf(await until(() => true))).to.match(/with Ben Okafor · due Tue 4 Feb · from Ben Okafor$/);
    expect(buttonsOf(shown)).to.include('Done');
  });

  it('is given on by a form that lists the members, and a comment goes into its thread', async () => {
    const click = (actionId: string) =>
      team.post('/practice/click', { as: ada, channel: 'launch', ts: card.ts, actionId });
    const form = async (title: string) => {
      for (;;) {
        type View = { id: string; title: { text: string } | null; blocks: object[] };
        const views = await team.get<View[]>('/practice/views?as=ada');
        const found = views.find((view) => view.title?.text === title);
        if (found) return found;
        await new Promise((done) => setTimeout(done, 25));
      }
    };
    await click('item.give');
    const give = await form('Give a task on');
    const { label, element } = give.blocks[1] as {
      label: { text: string };
      element: { options: { text: { text: string }; value: string }[] };
    };
    expect(label.text).to.equal('Who takes it?');
    const names = element.options.map(({ text }) => text.text);
    expect(names).to.include.members(['Chiara Rossi', 'Scribe', 'Nobody yet']).and.not.include('Ben Okafor');
    const chiara = element.options.find(({ text }) => text.text === 'Chiara Rossi')?.value;
    await team.post('/practice/submit', { as: 'ada', viewId: give.id, values: { assignee: chiara } });
    await head(/with Chiara Rossi/);
    const { history } = await act<{ history: { who: string; did: string }[] }>('ada', 'pod_history', { limit: 3 });
    expect(history.map(({ who, did }) => `${who} ${did}`).join('\n')).to.match(
      /Ada Lindqvist assigned #\d+ “Bake the spelt” to Chiara Rossi/,
    );
    await click('item.comment');
    const comment = await form('Comment on a task');
    await team.post('/practice/submit', {
      as: 'ada',
      viewId: comment.id,
      values: { text: 'The oven is *free* at six.' },
    });
    const said = (all: Seen[]) => all.find(({ text }) => text.includes('at six'));
    const thread = await team.until('launch', card.ts, (all) => said(all) !== undefined);
    expect(said(thread)?.username).to.match(/^Ada Lindqvist/);
  });

  it('offers the day that a mail names by a button, until the task has one', async () => {
    const { channels } = await team.get<{ channels: { mail?: string }[] }>('/practice/state');
    const to = channels.find(({ mail }) => mail)?.mail ?? '';
    const text = 'Please count them by 24 December 2030.';
    const body = aMail({ from: ADA, to, subject: 'Count the trays', text, id: 'trays' });
    const query = new URLSearchParams({ from: ADA, to, auth: 'pass' });
    expect((await fetch(`${team.url}/practice/mail?${query}`, { method: 'POST', body })).status).to.equal(200);
    await team.quiet();
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ada', 'list_tasks', { state: 'all' });
    const task = tasks.find(({ title }) => title === 'Count the trays')?.id;
    await act('ada', 'assign_task', { task, assignee: 'scribe' });
    await team.quiet();
    const trays = async () =>
      (await team.messages('launch')).find((seen) => /Count the trays\*\n/.test(headOf(seen))) as Seen;
    expect(buttonsOf(await trays())).to.include('Due Tue 24 Dec?');
    const { ts } = await trays();
    await team.post('/practice/click', { as: ada, channel: 'launch', ts, actionId: 'item.take-day' });
    await team.quiet();
    expect(headOf(await trays())).to.include('due Tue 24 Dec');
    expect(buttonsOf(await trays()).join()).not.to.include('Due');
  });

  it('refuses whoever is not in the pod, and tells them alone', async () => {
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'dev' });
    await team.quiet();
    const { users } = await team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const dev = users.find(({ name }) => name === 'Dev Patel')?.id;
    await team.post('/practice/click', { as: dev, channel: 'launch', ts: card.ts, actionId: 'item.give' });
    const told = (all: Seen[]) => all.find(({ ephemeral, text }) => ephemeral && text.includes('Only members'));
    expect(told(await team.until('launch', '', (all) => told(all) !== undefined, 'dev'))).to.not.equal(undefined);
    expect(told(await team.messages('launch', '', 'ben'))).to.equal(undefined);
    const views = await team.get<{ type: string }[]>('/practice/views?as=dev');
    expect(views.filter(({ type }) => type === 'modal')).to.deep.equal([]);
  });

  it('says so to whoever clicks too late, and changes nothing', async () => {
    const stale = await until(() => true);
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ada', 'list_tasks', {});
    const task = tasks.find(({ title }) => title === 'Bake the spelt')?.id;
    await team.quiet();
    const click = { as: ada, channel: 'launch', ts: stale.ts, actionId: 'item.done' };
    await Promise.all([act('ben', 'complete_task', { task }), team.post('/practice/click', click)]);
    await head(/\*Done\*/);
    await team.quiet();
    const { tasks: done } = await act<{ tasks: { title: string }[] }>('ada', 'list_tasks', { state: 'done' });
    expect(done.filter(({ title }) => title === 'Bake the spelt')).to.have.length(1);
  });

  it('goes with all its words when the task is erased', async () => {
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ada', 'list_tasks', { state: 'done' });
    const task = tasks.find(({ title }) => title === 'Bake the spelt')?.id;
    await act('ada', 'redact', { what: task });
    // Slack leaves a mark in the place of a message that has replies.
    await team.until('launch', '', (all) => !all.some(({ ts, blocks }) => ts === card.ts && blocks.length));
    await team.quiet();
    const all = JSON.stringify((await team.messages('launch')).filter(({ username }) => username === 'Skein'));
    expect(all).to.not.match(/Bake the (?:rye|spelt)/);
  });
});
