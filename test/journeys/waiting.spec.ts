// “What is waiting for me?”, asked of an agent: the answer is the asker's own list, and holds nothing that the readers of
// the conversation may not see.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

describe('what waits for somebody, asked of an agent', function () {
  this.timeout(90_000);
  let team: Team;

  const act = <T = object>(as: string, action: string, input: object, pod?: string) =>
    team.post<T>('/practice/act', { as, ...(pod ? { pod } : {}), action, input });

  before(async () => {
    team = await aTeam();
    await act('ada', 'create_task', { title: 'Order boxes', assignee: 'chiara', due: '2030-01-07' }, 'launch');
    await act('ada', 'create_task', { title: 'Weigh the flour', assignee: 'ben' }, 'launch');
    const { pod } = await act<{ pod: { id: string } }>('ada', 'create_pod', { name: 'Accounts' });
    await act('ada', 'add_member', { who: 'ben' }, pod.id);
    await act('ada', 'create_task', { title: 'Check the secret figures', assignee: 'ben' }, pod.id);
    await team.quiet();
  });
  after(() => team.stop());

  it('is answered in a DM with the asker’s own list over all their pods', async () => {
    const thread = await team.say('ben', 'dm:pilot', 'what is waiting for me?');
    const [answer] = (await team.until('app', thread, (all) => all.some(({ username }) => username === 'Pilot'), 'ben'))
      .filter(({ username }) => username === 'Pilot')
      .map(({ text }) => text);
    expect(answer).to.match(/#\d+.*Weigh the flour.*from Ada Lindqvist \(launch\)/);
    expect(answer).to.match(/#\d+.*Check the secret figures.*\(Accounts\)/);
    expect(answer).to.not.contain('Order boxes');
  });

  it('holds nothing of a pod that the asker is not in', async () => {
    const thread = await team.say('chiara', 'dm:scribe', 'What waits for me?');
    const seen = await team.until('app', thread, (all) => all.some(({ username }) => username === 'Scribe'), 'chiara');
    const answer = seen.find(({ username }) => username === 'Scribe')?.text;
    expect(answer).to.match(/Order boxes.*\(launch, due 2030-01-07\)/);
    expect(answer).to.not.match(/secret figures|Weigh the flour/);
  });

  it('is answered in a thread with what waits for the asker in that pod, and nothing of another', async () => {
    const thread = await team.say('chiara', 'launch', '@pilot what is waiting for me?');
    const hers = await team.answer('launch', thread, 'Pilot');
    expect(hers.text).to.match(/This waits for you in this pod:[\s\S]*Order boxes/);
    await team.say('ben', 'launch', '@pilot and what is waiting for me?', thread);
    const his = await team.answer('launch', thread, 'Pilot', 2);
    expect(his.text).to.contain('Weigh the flour');
    expect(his.text).to.not.match(/secret figures|Accounts|Order boxes/);
  });
});

describe('the list of what waits, in Slack', function () {
  this.timeout(90_000);
  let team: Team;
  let thread: string;

  const act = <T = object>(as: string, action: string, input: object) =>
    team.post<T>('/practice/act', { as, pod: 'launch', action, input });
  const labels = (blocks: Seen['blocks']) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { text?: { text: string } }[]).flatMap(({ text }) => text?.text),
    );
  const home = async (enough: (text: string) => boolean) => {
    for (;;) {
      const shown = await homeNow();
      if (enough(shown.text)) return shown;
      await new Promise((done) => setTimeout(done, 25));
    }
  };
  const homeNow = async () => {
    const views = await team.get<{ id: string; type: string; blocks: Seen['blocks'] }[]>('/practice/views?as=chiara');
    const found = views.find(({ type }) => type === 'home');
    return { id: found?.id ?? '', labels: labels(found?.blocks ?? []), text: JSON.stringify(found?.blocks ?? '') };
  };

  before(async () => {
    team = await aTeam();
    thread = await team.say('ben', 'launch', '@scribe please write a file notes.md with: rye and water');
    await team.answer('launch', thread, 'Scribe');
    const { conversations } = await act<{ conversations: { id: string }[] }>('ben', 'read_conversation', {
      conversation: 'all',
    });
    const conversation = conversations[0]?.id;
    const question = { conversation, to: ['chiara'], question: 'Which flour?', options: ['Rye', 'Wheat'] };
    await act('ben', 'ask', { ...question, needed_by: '2031-01-07T10:00' });
    await act('ada', 'create_task', { title: 'Ring the printer', assignee: 'chiara', due: '2031-01-07' });
    await team.quiet();
  });
  after(() => team.stop());

  it('says who asks or gave it, where and by when, with a link and with what can be done', async () => {
    const text = await team.command('chiara', 'launch', '/skein waiting');
    expect(text).to.match(
      /\*Ben Okafor\* asks you in <https:\S+\|launch>: “Which flour\?” \(q1\), needed by Tue 7 Jan, \d\d:00/,
    );
    expect(text).to.match(/<https:\S+\|#\d+> “Ring the printer” in launch, from Ada Lindqvist, due Tue 7 Jan/);
    const list = (await team.messages('launch', undefined, 'chiara')).findLast(({ ephemeral }) => ephemeral);
    expect(labels(list?.blocks ?? []).slice(0, 4)).to.deep.equal(['Rye', 'Wheat', 'Answer in words…', 'Tomorrow']);
    expect(labels(list?.blocks ?? [])).to.include.members(['Start', 'Done']);
  });

  it('settles a question from the Home tab, which is shown anew; the post that asked loses its buttons', async () => {
    await team.post('/practice/home', { as: 'chiara', tab: 'home' });
    const before = await home((text) => text.includes('Which flour?'));
    expect(before.labels.slice(0, 2)).to.deep.equal(['Rye', 'Wheat']);
    await team.post('/practice/click', { as: 'chiara', viewId: before.id, actionId: 'question.answer.0.listed' });
    await team.quiet();
    const after = await home((text) => !text.includes('Which flour?'));
    expect(after.labels).to.not.include.members(['Rye']);
    expect(after.text).to.not.contain('Which flour?');
    const asked = (await team.messages('launch', thread)).find(({ text }) => text.includes('Which flour?'));
    expect(asked?.text).to.contain('Chiara Rossi answered: Rye');
    expect(labels(asked?.blocks ?? [])).to.deep.equal([]);
  });

  it('shows an open Home tab anew when something is settled or raised elsewhere, so that no old button stays', async () => {
    await team.post('/practice/home', { as: 'chiara', tab: 'home' });
    const count = ({ labels: all }: { labels: (string | undefined)[] }) =>
      all.filter((label) => label === 'Done').length;
    const before = await home((text) => text.includes('for you'));
    const { task } = await act<{ task: { id: string } }>('ben', 'create_task', {
      title: 'Weigh the flour',
      assignee: 'chiara',
    });
    const raised = await home((text) => text.includes('Weigh the flour'));
    expect(count(raised)).to.equal(count(before) + 1);
    await act('ben', 'complete_task', { task: task.id });
    expect(count(await home((text) => !text.includes('Weigh the flour')))).to.equal(count(before));
  });

  it('says by a stale button that it is over, and shows what waits now', async () => {
    await team.command('chiara', 'launch', '/skein waiting');
    const shown = async () =>
      (await team.messages('launch', undefined, 'chiara')).findLast(({ ephemeral }) => ephemeral) as Seen;
    const list = await shown();
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ben', 'list_tasks', {});
    const task = tasks.find(({ title }) => title === 'Ring the printer')?.id;
    await act('ben', 'complete_task', { task });
    const values = list.blocks.flatMap(({ elements = [] }) => elements as { action_id?: string; value?: string }[]);
    const done = values.filter(({ action_id: id }) => id === 'item.done.listed').at(-1);
    const { users } = await team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const chiara = users.find(({ name }) => name === 'Chiara Rossi')?.id;
    const click = { as: chiara, channel: 'launch', ts: list.ts, actionId: 'item.done.listed', value: done?.value };
    await team.post('/practice/click', click);
    await team.quiet();
    const now = await shown();
    expect(now.text, 'by whom').to.match(/#\d+ already is done, by Ben Okafor/);
    expect(now.text).to.not.contain('Ring the printer');
  });

  it('settles an upload over a newer version, where each reads whose is whose', async () => {
    const menu = ['# Menu', 'Rye bread.', 'Goose soup.'];
    await act('ben', 'put_file', { name: 'menu.md', text: menu.join('\n') });
    await act('ben', 'put_file', { name: 'menu.md', text: [...menu, 'Apple cake.'].join('\n'), base: 1 });
    const content = Buffer.from(menu.join('\n')).toString('base64');
    await team.post('/practice/upload', { as: 'chiara', channel: 'launch', name: 'menu.md', content });
    // The upload reaches Skein as an event of its own, after Slack has taken it.
    const waits = async () => JSON.stringify(await team.post('/practice/act', { as: 'ben', action: 'list_waiting' }));
    while (!(await waits()).includes('"conflict"')) await new Promise((done) => setTimeout(done, 25));
    await team.quiet();
    const keeps = async (as: string) => {
      const text = await team.command(as, 'launch', '/skein waiting');
      const list = (await team.messages('launch', undefined, as)).findLast(({ ephemeral }) => ephemeral);
      const all = labels(list?.blocks ?? []).filter((label) => label?.startsWith('Keep'));
      return { text, all };
    };
    expect((await keeps('ben')).all).to.deep.equal(["Keep Chiara Rossi's", 'Keep mine', 'Keep both']);
    const hers = await keeps('chiara');
    expect(hers.all).to.deep.equal(['Keep mine', "Keep Ben Okafor's", 'Keep both']);
    expect(hers.text).to.include('menu.md');
    await team.post('/practice/home', { as: 'chiara', tab: 'home' });
    const before = await home((text) => text.includes('menu.md'));
    expect(before.labels).to.include.members(['Keep mine', "Keep Ben Okafor's", 'Keep both']);
    await team.post('/practice/click', { as: 'chiara', viewId: before.id, actionId: 'file.keep.1.listed' });
    await team.quiet();
    expect((await home((text) => !text.includes('Keep both'))).text).to.not.include('menu.md');
    expect((await act<{ text: string }>('ben', 'read_file', { name: 'menu.md' })).text).to.include('Apple cake.');
    expect((await keeps('ben')).all).to.deep.equal([]);
  });
});
