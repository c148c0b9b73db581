// Somebody gives an agent ten tasks within two minutes: people see one post that lists them as they are, and one thread in
// which the agent works on all.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

const TITLES = ['oven', 'flour', 'yeast', 'salt', 'seeds', 'trays', 'bags', 'labels', 'boxes', 'van'];

describe('ten tasks for an agent within two minutes', function () {
  this.timeout(120_000);
  let team: Team;
  let ada: string;
  let numbers: number[];

  const act = <T = object>(as: string, action: string, input: object) =>
    team.post<T>('/practice/act', { as, pod: 'launch', action, input });
  const wordsOf = ({ blocks }: Seen) =>
    blocks.flatMap(({ type, text }) => (type === 'section' ? [(text as { text: string }).text] : []));
  const buttonsUnder = ({ blocks }: Seen, title: string) => {
    const at = blocks.findIndex(({ text }) => (text as { text?: string } | undefined)?.text?.includes(title));
    const row = blocks[at + 1] as { elements: { text: { text: string }; value: string; action_id: string }[] };
    return row.elements.map(({ text, value, action_id }) => ({ label: text.text, value, action: action_id }));
  };
  /** The posts of the channel that show any of the tasks. */
  const posts = async () =>
    (await team.messages('launch')).filter((one) =>
      wordsOf(one).some((text) => TITLES.some((title) => text.includes(`Check the ${title}`))),
    );
  const until = async (enough: (post: Seen) => boolean): Promise<Seen> => {
    await team.until('launch', '', (all) => all.some((one) => wordsOf(one).length > 1 && enough(one)));
    await team.quiet();
    const [post] = await posts();
    return post as Seen;
  };

  before(async () => {
    team = await aTeam();
    const { users } = await team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    ada = users.find(({ name }) => name === 'Ada Lindqvist')?.id ?? '';
    numbers = [];
    for (const title of TITLES) {
      const { task } = await act<{ task: { number: number } }>('ada', 'create_task', {
        title: `Check the ${title}`,
        assignee: 'scribe',
      });
      numbers.push(task.number);
    }
  });
  after(() => team.stop());

  it('are one post that lists them, and the agent answers in its thread', async () => {
    const post = await until((one) => wordsOf(one).length === 11);
    expect(await posts()).to.have.length(1);
    expect(post.text.split('\n')[0]).to.equal('Ada Lindqvist gave 10 tasks:');
    expect(wordsOf(post).map((text) => text.split('\n')[0])).to.deep.equal([
      'Ada Lindqvist gave 10 tasks:',
      ...TITLES.map((title, n) => `*#${numbers[n]} Check the ${title}*`),
    ]);
    for (const text of wordsOf(post).slice(1))
      expect(text).to.match(/\*(?:To do|In progress|Done)\* · with Scribe · from Ada Lindqvist$/);
    expect(JSON.stringify(post.blocks).length, 'Slack takes no more').to.be.below(13_000);
    const thread = (await team.messages('launch', post.ts)).filter(({ ts }) => ts !== post.ts);
    expect(thread.map(({ username }) => username)).to.include('Scribe');
    expect(
      thread.some(({ text }) => /gave #\d+/.test(text)),
      'no line of its own for any',
    ).to.equal(false);
  });

  it('show what becomes of each, and have its buttons', async () => {
    const [before] = await posts();
    const done = buttonsUnder(before as Seen, 'Check the yeast').find(({ label }) => label === 'Done');
    await team.post('/practice/click', {
      as: ada,
      channel: 'launch',
      ts: before?.ts,
      actionId: done?.action,
      value: done?.value,
    });
    const post = await until((one) => wordsOf(one).some((text) => /yeast\*\n\*Done\*/.test(text)));
    expect(buttonsUnder(post, 'Check the yeast').map(({ label }) => label)).to.deep.equal(['Reopen', 'Comment']);
    expect(buttonsUnder(post, 'Check the oven').map(({ label }) => label)).to.include.members([
      'Done',
      'Give to…',
      'Comment',
      'Edit',
    ]);
  });

  it('have comments that begin with the number of their task', async () => {
    const [post] = await posts();
    const comment = buttonsUnder(post as Seen, 'Check the salt').find(({ label }) => label === 'Comment');
    const click = { as: ada, channel: 'launch', ts: post?.ts, actionId: comment?.action, value: comment?.value };
    await team.post('/practice/click', click);
    const form = async () => {
      const views = await team.get<{ title: { text: string } | null }[]>('/practice/views?as=ada');
      return views.find(({ title }) => title?.text === 'Comment on a task');
    };
    for (let view = await form(); ; view = await form()) {
      if (view) return expect(JSON.stringify(view)).to.contain(`"initial_value":"#${numbers[3]}: "`);
      await new Promise((done) => setTimeout(done, 25));
    }
  });

  it('stay on the post when the first is erased, which leaves no word of it', async () => {
    await act('ada', 'redact', { what: `#${numbers[0]}` });
    const post = await until((one) => wordsOf(one).length === 10);
    expect(wordsOf(post)[0]).to.equal('Ada Lindqvist gave 9 tasks:');
    const byScribe = (await team.messages('launch')).filter(({ username }) => username === 'Skein');
    expect(JSON.stringify(byScribe)).to.not.contain('Check the oven');
  });

  it('that are set free share a post of their own, which says that nobody gave them', async () => {
    const made = async (title: string, input: object = {}) => {
      const { task } = await act<{ task: { number: number } }>('ada', 'create_task', { title, ...input });
      return `#${task.number}`;
    };
    const firsts = [await made('Sign the lease'), await made('Pay the rent')];
    for (const [n, title] of ['Check the keys', 'Check the locks'].entries())
      await made(title, { assignee: 'pilot', depends_on: [firsts[n]] });
    await made('Check the windows', { assignee: 'pilot' });
    for (const task of firsts) await act('ada', 'complete_task', { task });
    const is = (one: Seen) => wordsOf(one)[0] === '2 tasks can begin:';
    const [post] = (await team.until('launch', '', (all) => all.some(is))).filter(is);
    expect(wordsOf(post as Seen).map((text) => text.split('\n')[0]?.replace(/#\d+ /, ''))).to.deep.equal([
      '2 tasks can begin:',
      '*Check the keys*',
      '*Check the locks*',
    ]);
    await team.quiet();
  });
});
