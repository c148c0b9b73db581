// People make, give, comment and finish tasks by hand in Slack. No agent is asked, and none says a word.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

interface Option {
  text: { text: string };
  value: string;
}

interface View {
  id: string;
  title: { text: string } | null;
  blocks: {
    type: string;
    block_id?: string;
    optional?: boolean;
    element?: {
      initial_value?: string;
      initial_date?: string;
      initial_option?: Option;
      initial_options?: Option[];
      options?: Option[];
    };
    elements?: { text: string }[];
  }[];
}

describe('tasks by hand in Slack', function () {
  this.timeout(90_000);
  let team: Team;

  const act = <T = object>(as: string, action: string, input: object) =>
    team.post<T>('/practice/act', { as, pod: 'launch', action, input });
  const form = async (title: string, as = 'ada', but?: string): Promise<View> => {
    for (let n = 0; n < 400; n += 1) {
      const views = await team.get<View[]>(`/practice/views?as=${as}`);
      const found = views.find((view) => view.title?.text === title && view.id !== but);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`The form “${title}” did not open.\n${team.lines.slice(-10).join('\n')}`);
  };
  const fieldOf = ({ blocks }: View, name: string) => blocks.find((block) => block.block_id === name)?.element ?? {};
  const option = (view: View, field: string, label: string) =>
    fieldOf(view, field).options?.find(({ text }) => text.text === label)?.value;
  const submit = ({ id }: View, values: object, as = 'ada') =>
    team.post('/practice/submit', { as, viewId: id, values });
  const headOf = ({ blocks }: Seen) => (blocks[0]?.text as { text: string } | undefined)?.text ?? '';
  const card = async (thread: string, words: RegExp): Promise<Seen> => {
    const one = (seen: Seen) => words.test(headOf(seen));
    return (await team.until('launch', thread, (all) => all.some(one))).find(one) as Seen;
  };
  const shortcut = (as: string, ts: string, callbackId: string, channel = 'launch') =>
    team.post('/practice/shortcut', { as, channel, ts, callbackId });
  const agentsSaid = async (thread: string) =>
    (await team.messages('launch', thread)).filter(({ username }) => /^(Scribe|Pilot|Ledger)/.test(username));

  before(async () => {
    team = await aTeam();
  });
  after(() => team.stop());

  it('a task is made of a message, given, commented and finished without a word to an agent', async () => {
    const said = await team.say('ben', 'launch', '*Order forty boxes* from the mill\nThey close at noon.');
    await team.quiet();
    await shortcut('ada', said, 'message.task');
    const filled = await form('Create a task');
    expect(fieldOf(filled, 'title').initial_value).to.equal('Order forty boxes from the mill');
    const quote = fieldOf(filled, 'text').initial_value ?? '';
    expect(quote).to.match(
      /^> \*\*Order forty boxes\*\* from the mill\n> They close at noon\.\n\n– Ben Okafor, \[in Slack\]/,
    );
    expect(quote).to.include(`/p${said.replace('.', '')}`);
    await submit(filled, { assignee: option(filled, 'assignee', 'Chiara Rossi'), due: '2031-01-07' });
    const made = await card(said, /Order forty boxes/);
    expect(headOf(made)).to.match(
      /^\*#\d+ Order forty boxes from the mill\*\n\*To do\* · with Chiara Rossi · due Tue 7 Jan · from Ada Lindqvist$/,
    );
    expect(made.thread_ts).to.equal(said);

    const click = (actionId: string, as: string) =>
      team.post('/practice/click', { as, channel: 'launch', ts: made.ts, actionId });
    await click('item.give', 'ada');
    const give = await form('Give a task on');
    await submit(give, { assignee: option(give, 'assignee', 'Dev Patel') });
    await card(said, /with Dev Patel/);
    await click('item.comment', 'dev');
    await submit(await form('Comment on a task', 'dev'), { text: 'Ordered, they come at six.' }, 'dev');
    await team.until('launch', said, (all) => all.some(({ text }) => text.includes('they come at six')));
    await click('item.done', 'dev');
    await card(said, /\*Done\*/);
    await team.quiet();
    expect(await agentsSaid(said)).to.deep.equal([]);
    const { history } = await act<{ history: { who: string; did: string }[] }>('ada', 'pod_history', { limit: 8 });
    const did = history.map((one) => `${one.who} ${one.did}`).join('\n');
    for (const words of ['Ada Lindqvist created', 'Ada Lindqvist assigned', 'Dev Patel completed'])
      expect(did).to.include(words);
  });

  it('fills in the day that the words of a member name, for whoever submits the form to see and to change', async () => {
    const said = await team.say('ben', 'launch', 'We need the labels by 24 December 2030.');
    await team.quiet();
    await shortcut('ada', said, 'message.task');
    const filled = await form('Create a task');
    expect(fieldOf(filled, 'due').initial_date).to.equal('2030-12-24');
    expect(JSON.stringify(filled.blocks)).to.include('Their words name Tue 24 Dec 2030');
    await submit(filled, { due: '2030-12-23' });
    expect(headOf(await card(said, /the labels/))).to.include('due Mon 23 Dec');
  });

  it('tells nothing to whoever wrote the message', async () => {
    await team.post('/practice/clock', { advance: 180 });
    await team.quiet();
    expect(await team.command('ben', 'launch', '/skein waiting')).to.not.include('Order forty boxes');
    const dms = JSON.stringify(await team.messages('app', '', 'ben'));
    expect(dms).to.not.include('forty boxes');
  });

  it('opens a form that is refused once more, with its words and the reason at the field', async () => {
    await team.command('ada', 'launch', '/skein create_task --text "Ask the mill"');
    const first = await form('Create a task');
    expect(fieldOf(first, 'text').initial_value).to.equal('Ask the mill');
    await submit(first, { title: '   ', text: 'Ask the mill twice' });
    const again = await form('Create a task', 'ada', first.id);
    expect(fieldOf(again, 'text').initial_value).to.equal('Ask the mill twice');
    const at = again.blocks.findIndex((block) => block.block_id === 'title');
    expect(again.blocks[at - 1]?.elements?.[0]?.text).to.match(/^:warning: /);
    await submit(again, { title: 'Ask the mill' });
    const made = await card('', /Ask the mill/);
    expect(headOf(made)).to.include('with nobody yet');
  });

  it('changes a task by its form, and only what was changed there', async () => {
    const made = await card('', /Ask the mill/);
    await team.post('/practice/click', { as: 'ada', channel: 'launch', ts: made.ts, actionId: 'item.edit' });
    const edit = await form('Update a task');
    expect(fieldOf(edit, 'title').initial_value).to.equal('Ask the mill');
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ben', 'list_tasks', {});
    await act('ben', 'update_task', { task: tasks.find(({ title }) => title === 'Ask the mill')?.id, text: 'Twice!' });
    await submit(edit, { due: '2031-01-08' });
    await card('', /Ask the mill.*\n.*due Wed 8 Jan/);
    const found = JSON.stringify(await act('ada', 'search_pod', { query: 'Twice!' }));
    expect(found).to.include('Twice!');
  });

  it('has files, which its card and notices show, are sent to whoever asks and taken away again', async () => {
    await act('ben', 'put_file', { name: 'prices.md', text: 'Rye: 1.30' });
    const made = await card('', /Ask the mill/);
    const number = /#\d+/.exec(headOf(made))?.[0];
    const click = (ts: string, actionId: string) =>
      team.post('/practice/click', { as: 'ada', channel: 'launch', ts, actionId });
    await click(made.ts, 'item.attach');
    const attach = await form('Attach a file');
    await submit(attach, { file: option(attach, 'file', 'prices.md') });
    await card('', /Ask the mill.*\n.*\n:paperclip: prices\.md/);
    await act('ada', 'assign_task', { task: number, assignee: 'ben' });
    await team.post('/practice/clock', { advance: 180 });
    await team.quiet();
    expect(JSON.stringify(await team.messages('app', '', 'ben')))
      .to.include('Ask the mill”')
      .and.include('A file is attached to it.')
      .and.include('Files (1)');

    await click(made.ts, 'file.of-task');
    await team.quiet();
    const own = async () => (await team.messages('launch', undefined, 'ada')).filter(({ ephemeral }) => ephemeral);
    const list = (await own()).at(-1) as Seen;
    expect(list.text).to.equal(`*Files of ${number}*\n• *prices.md* · version 1`);
    await click(list.ts, 'file.send');
    await team.quiet();
    const sent = (await team.messages('app', undefined, 'ada')).flatMap(({ files }) => files);
    expect(sent).to.have.length(1);
    await click(list.ts, 'file.detach');
    await team.quiet();
    expect((await own()).find(({ ts }) => ts === list.ts)?.text).to.equal(`*No file is attached to ${number}*`);
    expect(headOf(await card('', /Ask the mill/))).to.not.include('prices');
    const said = await team.command('ada', 'launch', `/skein attach_file --task ${number} --file prices.md`);
    expect(said).to.include('prices.md');
    await card('', /Ask the mill.*\n.*\n:paperclip: prices\.md/);
  });

  it('keeps a decision of a message, and says so to whoever keeps it', async () => {
    const said = await team.say('ben', 'launch', 'We take rye for the first box.');
    await team.quiet();
    await shortcut('ada', said, 'message.decision');
    const filled = await form('Record a decision');
    expect(fieldOf(filled, 'decision').initial_value).to.equal('We take rye for the first box.');
    await submit(filled, { why: 'It keeps.' });
    const told = (all: Seen[]) =>
      all.find(({ ephemeral, text }) => ephemeral && text.includes('Record a decision: done'));
    await team.until('launch', '', (all) => told(all) !== undefined, 'ada');
    const { history } = await act<{ history: { did: string }[] }>('ada', 'pod_history', { limit: 2 });
    expect(history.map(({ did }) => did).join('\n')).to.include('We take rye for the first box.');
  });

  it('offers for a verdict only the tasks that are shown to somebody, and asks for nothing that only programs need', async () => {
    await act('ada', 'create_task', { title: 'Weigh the flour', assignee: 'ada' });
    await team.command('ada', 'launch', '/skein create_task --reviewers ben --assignee ada');
    const half = await form('Create a task');
    expect(fieldOf(half, 'reviewers').initial_options?.map(({ text }) => text.text)).to.deep.equal(['Ben Okafor']);
    expect(fieldOf(half, 'assignee').initial_option?.text.text).to.equal('Ada Lindqvist');
    const reviewers = ['Ben Okafor', 'Chiara Rossi'].map((name) => option(half, 'reviewers', name));
    await submit(half, { title: 'Write the price list', reviewers });
    await team.quiet();
    const { tasks } = await act<{ tasks: { id: string; number: number; title: string }[] }>('ada', 'list_tasks', {});
    const shown = tasks.find(({ title }) => title === 'Write the price list');
    await act('ada', 'request_review', { task: shown?.id });
    await team.command('ben', 'launch', '/skein approve');
    const verdict = await form('Approve', 'ben');
    const labels = fieldOf(verdict, 'task').options?.map(({ text }) => text.text);
    expect(labels).to.deep.equal([`#${shown?.number} Write the price list`]);
    expect(verdict.blocks.map(({ block_id: id }) => id)).to.not.include('turn');
    await submit(verdict, { task: option(verdict, 'task', labels?.[0] ?? '') }, 'ben');
    expect(
      (await act<{ tasks: { id: string; review?: string }[] }>('ada', 'list_tasks', {})).tasks.find(
        ({ id }) => id === shown?.id,
      )?.review,
    ).to.match(/Chiara Rossi/);
    await team.quiet();
    const { history } = await act<{ history: { who: string; did: string }[] }>('ada', 'pod_history', { limit: 4 });
    expect(history.map(({ who, did }) => `${who} ${did}`).join('\n')).to.include(
      `Ben Okafor approved #${shown?.number}`,
    );
  });

  it('opens no form for whoever is not in the pod', async () => {
    const said = await team.say('ben', 'launch', 'Count the trays.');
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'dev' });
    await team.quiet();
    await shortcut('dev', said, 'message.task');
    const told = (all: Seen[]) => all.find(({ ephemeral, text }) => ephemeral && text.includes('Only members'));
    await team.until('launch', '', (all) => told(all) !== undefined, 'dev');
    const views = await team.get<{ type: string }[]>('/practice/views?as=dev');
    expect(views.filter(({ type }) => type === 'modal')).to.deep.equal([]);
  });
});
