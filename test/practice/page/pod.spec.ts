import { expect } from 'chai';
import { elements, info, load, short, textIn } from './load.ts';

const now = new Date(2026, 10, 21, 12, 0);
const names = async () => (await load('nodes/people.js')).namesIn(info, 'U0ADA');

describe('the pod view, drawn', () => {
  it('puts tasks under their state, with who, until when and from where', async () => {
    const { tasksNodes } = await load('pod/tasks.js');
    const pod = {
      tasks: [
        { id: 't1', number: 1, title: 'Order boxes', state: 'open', assigneeName: 'Ada Lindqvist', due: '2026-11-19' },
        { id: 't2', number: 2, title: 'Design', state: 'started', due: '2026-11-22' },
        { id: 't3', number: 3, title: 'Bake', state: 'done', assigneeName: 'Scribe', due: '2026-11-19' },
      ],
      info: { tasks: { t1: { by: 'Ada', at: '2026-11-20T10:00Z', thread: '1.000001', mail: true } } },
    };
    const nodes = tasksNodes(pod, {
      info: { ...info, agents: [{ name: 'Scribe', emoji: ':memo:' }] },
      names: await names(),
      now,
    });
    const text = textIn(nodes);
    expect(text).to.match(
      /In progress 1.*#2 Design.*nobody yet.*tomorrow.*To do 1.*#1 Order boxes.*Ada Lindqvist.*overdue, Thu 19 Nov.*by mail.*Done 1.*#3 Bake/s,
    );
    expect(text).to.not.match(/Bake.*overdue/s);
    const buttons = elements(nodes)
      .map(({ attrs }) => attrs['aria-label'])
      .filter(Boolean);
    expect(buttons).to.include.members(['Complete #1 Order boxes', 'Reopen #3 Bake']);
  });

  it('tells the log newest first, with the door, and says days as people do', async () => {
    const { logNodes } = await load('pod/log.js');
    const log = [
      { seq: 1, at: '2026-11-20T10:00Z', who: 'Ada', did: 'created #1 “Bake”, due 2026-11-22', via: 'slack' },
      { seq: 2, at: '2026-11-21T10:00Z', who: 'Scribe', for: 'Ada', did: 'started #1 “Bake”', via: 'model' },
      { seq: 3, at: '2026-11-21T11:00Z', who: 'Ada', did: 'put “mail/2026-11-21 Boxes/a.csv”', via: 'email' },
    ];
    const text = textIn(logNodes({ log, older: { to: 0 } }, { info, now }));
    expect(text).to.match(
      /Ada put “mail.2026-11-21 Boxes.a.csv”.*mail.*Scribe for Ada started #1 “Bake”.*an agent’s tool.*№ 2.*Ada created #1 “Bake”, due tomorrow.*Slack.*№ 1.*Earlier/s,
    );
  });

  it('marks a file that was uploaded over a newer version, in the list and where it is open', async () => {
    const { filesNodes } = await load('pod/files.js');
    const file = { name: 'plan.md', version: 2, size: 12, by: 'Ada', at: '2026-11-20T10:00Z' };
    const files = [
      { ...file, id: 'f1', conflict: true },
      { ...file, id: 'f2', name: 'menu.md' },
    ];
    const shown = { names: await names(), me: 'U0ADA', now };
    const keeps = (nodes: Parameters<typeof elements>[0]) =>
      elements(nodes).flatMap(({ attrs }) =>
        attrs['data-do'] === 'keep-file' ? [`${attrs['data-file']} ${attrs['data-keep']}`] : [],
      );
    const list = filesNodes({ files, info: { id: 'p1' } }, shown);
    expect(textIn(list)).to.match(
      /plan\.md.*two versions.*Keep the upload.*Keep the newer version.*Keep both.*menu\.md/s,
    );
    expect(keeps(list)).to.deep.equal(['f1 upload', 'f1 newer', 'f1 both']);
    const opened = { file: { ...file, id: 'f1', mime: 'text/plain' }, text: 'x' };
    expect(keeps(filesNodes({ files, file: opened, info: { id: 'p1' } }, shown))).to.have.length(3);
    expect(textIn(filesNodes({ files, olderFiles: 'f2', info: { id: 'p1' } }, shown))).to.match(/Older files$/);
  });

  it('loads older files page by page, and as many pages again when the pod has changed', async () => {
    const { createPodModel } = await load('pod/model.js');
    const all = Array.from({ length: 5 }, (_, n) => ({ id: `f${n}`, name: `n${n}.md` }));
    const act = ({ action, input = {} }: { action: string; input: { after?: string } }) => {
      if (action !== 'list_files') return { tasks: [], history: [] };
      const from = all.findIndex(({ id }) => id === input.after) + 1;
      return { files: all.slice(from, from + 2), ...(all[from + 2] ? { next: all[from + 1]?.id } : {}) };
    };
    const api = { get: async () => ({ id: 'p1' }), post: async (_path: string, body: never) => act(body) };
    const pod = createPodModel(api, () => ({ as: 'U0ADA', channel: 'C0LAUNCH' }));
    const shown = () => pod.files.map(({ id }: { id: string }) => id).join();
    await pod.read();
    expect([shown(), pod.olderFiles]).to.deep.equal(['f0,f1', 'f1']);
    await pod.readOlderFiles();
    await pod.read();
    expect([shown(), pod.olderFiles]).to.deep.equal(['f0,f1,f2,f3', 'f3']);
    await pod.readOlderFiles();
    await pod.readOlderFiles();
    expect([shown(), pod.olderFiles]).to.deep.equal(['f0,f1,f2,f3,f4', undefined]);
    expect(pod.fileAddresses.has('n4.md')).to.equal(true);
  });

  it('loads one page of tasks when the pod has changed, however many there are, and says that there are more', async () => {
    const [{ createPodModel }, { tasksNodes }] = [await load('pod/model.js'), await load('pod/tasks.js')];
    const asked: string[] = [];
    const tasks = [2, 1].map((number) => ({ id: `t${number}`, number, title: `T${number}`, state: 'open' }));
    const answers: Record<string, object> = {
      read_graph: { counts: {}, tasks, next: '1.0.1' },
      list_files: { files: [] },
      list_runs: { runs: [] },
      pod_history: { history: [] },
    };
    const post = async (_path: string, { action }: { action: string }) => {
      asked.push(action);
      return answers[action] ?? {};
    };
    const pod = createPodModel({ get: async () => ({ id: 'p1' }), post }, () => ({ as: 'U0ADA', channel: 'C0LAUNCH' }));
    await pod.read();
    expect(asked.filter((action) => /task|graph/.test(action))).to.deep.equal(['read_graph']);
    expect(pod.tasks.map(({ number }: { number: number }) => number)).to.deep.equal([1, 2]);
    expect(textIn(tasksNodes(pod, { info: {}, names: new Map(), now: new Date(0) }))).to.match(
      /Only 2 tasks are shown\. The search finds the others\.$/,
    );
  });

  it('leads from what a search found to where it stands', async () => {
    const { foundNodes } = await load('pod/found.js');
    const found = [
      { kind: 'task', id: 't1', text: '#1 Bake', at: '2026-11-21T10:00Z' },
      { kind: 'file', id: 'f1', text: 'plan.md', at: '2026-11-21T10:00Z' },
      { kind: 'message', id: 'm1', text: 'we bake', from: 'Ada', at: '2026-11-21T10:00Z', conversation: 'c1' },
      { kind: 'note', id: 'n1', text: 'Bake early', at: '2026-11-21T10:00Z' },
    ];
    const nodes = foundNodes(
      { query: 'bake', found },
      { info: { threads: { c1: '1.000001' } } },
      { now, names: await names() },
    );
    const does = elements(nodes).flatMap(({ attrs }) =>
      attrs['data-do'] ? [[attrs['data-do'], attrs['data-thread'] ?? attrs['data-file'] ?? attrs['data-task']]] : [],
    );
    expect(does).to.deep.equal([
      ['end-search', undefined],
      ['pod-tab', undefined],
      ['found-task', 't1'],
      ['open-file', 'f1'],
      ['thread-of', '1.000001'],
    ]);
  });

  it('links names of files in what is said, and leaves code and links alone', async () => {
    const { withFiles } = await load('text/linked.js');
    const { h } = await load('nodes/tree.js');
    const files = new Map([
      ['plan.md', '/p'],
      ['my plan.md', '/m'],
    ]);
    const said = [
      h(
        'p',
        {},
        'See my plan.md, plan.md; not xplan.md or plan.md.bak. ',
        h('code', {}, 'plan.md'),
        h('a', { href: '/x' }, 'plan.md'),
      ),
    ];
    expect(short(withFiles(said, files))).to.equal(
      'p(See a:/m(my plan.md), a:/p(plan.md); not xplan.md or plan.md.bak. code(a:/p(plan.md))a:/x(plan.md))',
    );
    expect(withFiles(said, new Map())).to.equal(said);
  });

  it('says points in time as people do', async () => {
    const { dayWords, isPast, when } = await load('nodes/times.js');
    const at = (day: number, hour = 9) => new Date(2026, 10, day, hour, 5);
    expect([when(at(21), now), when(at(20), now), when(at(16), now), when(new Date(2025, 1, 3), now)]).to.deep.equal([
      '09:05',
      'yesterday 09:05',
      'Mon 16 Nov, 09:05',
      '3 Feb 2025',
    ]);
    const days = ['2026-11-21', '2026-11-22', '2026-11-20', '2026-11-27', '2027-01-02', 'someday'];
    expect(days.map((day) => dayWords(day, now))).to.deep.equal([
      'today',
      'tomorrow',
      'yesterday',
      'Fri 27 Nov',
      'Sat 2 Jan 2027',
      'someday',
    ]);
    expect([isPast('2026-11-20', now), isPast('2026-11-21', now)]).to.deep.equal([true, false]);
  });

  it('shows stamps of programs as they stand, and Slack’s own tokens as Slack does', async () => {
    const { markdown } = await load('text/markdown.js');
    const { stampText } = await load('text/stamps.js');
    expect(short(markdown('At 2026-11-21T10:32Z', await names()))).to.equal('p(At 2026-11-21T10:32Z)');
    const at = (...when: [number, number, number, number, number]) => new Date(...when).getTime() / 1_000;
    const cases: [number, string, string | undefined][] = [
      [at(2026, 10, 20, 9, 5), '{date_short} at {time}', '20 Nov 2026 at 09:05'],
      [at(2026, 10, 20, 9, 5), '{date_short_pretty} at {time}', 'Yesterday at 09:05'],
      [at(2026, 10, 21, 9, 5), 'due {date_pretty}', 'due today'],
      [at(2026, 10, 21, 9, 5), '{date_num}', '2026-11-21'],
      [at(2026, 10, 21, 9, 0), '{ago}', '3 hours ago'],
      [at(2026, 10, 21, 9, 5), '{date_of_birth}', undefined],
    ];
    for (const [seconds, format, text] of cases) expect(stampText(seconds, format, now), format).to.equal(text);
  });

  it('tells the log in words without marks, and a message at the time it was said', async () => {
    const { logNodes } = await load('pod/log.js');
    const did = 'wrote “`Rye flour` **now**, see [the plan](https://a.example/x) and snake_case_name”';
    const log = [{ seq: 1, at: '2026-11-21T10:00Z', said: '2026-11-20T10:00Z', who: 'Ada', did, via: 'slack' }];
    const text = textIn(logNodes({ log }, { info, now }));
    expect(text).to.include('wrote “Rye flour now, see the plan and snake_case_name”');
    expect(text).to.include('yesterday');
  });
});

describe('the places and the tour', () => {
  const state = {
    ...info,
    users: [
      { id: 'U0ADA', name: 'Ada', handle: 'ada', email: 'ada@w.example' },
      { id: 'U0BEN', name: 'Ben', handle: 'ben' },
    ],
    channels: [
      { id: 'C1', name: 'general', private: false },
      { id: 'C2', name: 'launch', private: false, pod: 'p1', mail: 'launch@pods.example' },
    ],
    agents: [{ handle: 'scribe', name: 'Scribe', emoji: ':memo:' }],
  };

  it('are channels, mailboxes, and conversations with the app, with agents and with people', async () => {
    const { firstPlace, placesOf } = await load('chat/places.js');
    const places = placesOf(state, 'U0ADA');
    expect(places.map(({ id }: { id: string }) => id)).to.deep.equal([
      'C1',
      'C2',
      'app',
      'dm:scribe',
      'dm:ben',
      'mail:ada@w.example',
      'mail:launch@pods.example',
    ]);
    expect(firstPlace(places).id).to.equal('C2');
    const pods = [
      { id: 'p2', name: 'Accounts', direct: false, mail: 'accounts@pods.example' },
      { id: 'p3', name: 'Ada', direct: true, mail: 'x@pods.example' },
      { id: 'p1', name: 'launch', direct: false, channel: 'C2', mail: 'launch@pods.example' },
    ];
    expect(placesOf(state, 'U0ADA', pods).at(-1)).to.include({
      id: 'mail:accounts@pods.example',
      title: 'Mail of Accounts',
      pod: 'p2',
    });
    expect(placesOf(state, 'U0ADA', pods)).to.have.length(8);
    const without = placesOf({ ...state, channels: [{ id: 'C1', name: 'general' }] }, 'U0ADA');
    expect(without.some(({ kind }: { kind: string }) => kind === 'mail')).to.equal(false);
  });

  it('expect an answer where an agent reads and is meant', async () => {
    const { isAnswered } = await load('chat/timeline.js');
    const pod = { kind: 'channel', pod: 'p1' };
    const cases: [object, string, boolean][] = [
      [pod, '@scribe hello', true],
      [pod, 'ask @Skein', true],
      [pod, 'hello all', false],
      [pod, 'mail scribe@scribe.example', false],
      [{ kind: 'channel' }, '@scribe hello', false],
      [{ kind: 'dm', agent: {} }, 'hello', true],
      [{ kind: 'dm', person: {} }, '@scribe', false],
    ];
    for (const [place, text, expected] of cases) expect(isAnswered(place, text, state), text).to.equal(expected);
  });

  it('say that nobody hears what is said to an agent in a channel that is no pod', async () => {
    const { isLost } = await load('chat/timeline.js');
    const channel = { kind: 'channel', title: 'general' };
    expect(isLost(channel, 'hello @scribe', info)).to.equal(true);
    expect(isLost(channel, 'hello all', info)).to.equal(false);
    expect(isLost({ ...channel, pod: 'p_1' }, 'hello @scribe', info)).to.equal(false);
    expect(isLost({ kind: 'dm' }, 'hello @scribe', info)).to.equal(false);
  });

  it('notice each step by themselves, in whatever order they are done', async () => {
    const { begun, nextStep, noticed, stepsFor, withStep } = await load('tour/tour.js');
    const steps = stepsFor({ channel: 'launch', address: 'launch@pods.example' });
    const ids = (all: { id: string }[]) => all.map(({ id }) => id);
    expect(ids(steps)).to.deep.equal(['ask', 'see', 'forward', 'digest']);
    expect(ids(stepsFor({ channel: 'launch' }))).to.deep.equal(['ask', 'see', 'digest']);
    const nothing = { messages: [], podTab: 'tasks', tasks: [{}], mine: [] };
    const asked = withStep({ ...begun(), thread: '1.0', mail: '<m>' }, 'ask');
    expect(noticed(asked, nothing)).to.equal(asked);
    const answer = [{ ts: '2.0', thread_ts: '1.0', bot_id: 'B1' }];
    expect(noticed(asked, { ...nothing, messages: answer, podTab: 'log' }).done).to.deep.equal(['ask']);
    expect(noticed(asked, { ...nothing, messages: answer }).done).to.deep.equal(['ask', 'see']);
    const both = noticed(asked, { ...nothing, mine: [{ inReplyTo: '<m>' }] });
    expect([both.done, nextStep(steps, both).id]).to.deep.equal([['ask', 'forward'], 'see']);
    expect(nextStep(steps, { done: ids(steps) })).to.equal(undefined);
  });

  it('follow Slack’s permalinks on the page itself', async () => {
    const { meantBy } = await load('chat/permalink.js');
    expect(meantBy('https://w-g.slack.com/archives/C2/p1795239234263000')).to.deep.equal({
      place: 'C2',
      thread: '1795239234.263000',
    });
    expect(meantBy('https://w-g.slack.com/archives/C2/p1795239234263000?thread_ts=1.000002&cid=C2')).to.deep.equal({
      place: 'C2',
      thread: '1.000002',
    });
    expect(meantBy('https://evil.example/archives/C2/p1795239234263000')).to.equal(undefined);
  });

  it('know the emoji that agents wear', async () => {
    const { emoji, withEmoji } = await load('text/emoji.js');
    expect([':compass:', 'telescope', ':memo:', ':no_such:'].map(emoji)).to.deep.equal(['🧭', '🔭', '📝', undefined]);
    expect(withEmoji('go :rocket: :nope:')).to.equal('go 🚀 :nope:');
  });
});
