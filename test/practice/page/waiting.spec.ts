import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { aNewcomer, hasChromium, type Newcomer } from './browser.ts';
import { elements, info, load, textIn } from './load.ts';

const now = new Date(2026, 10, 21, 12, 0);

describe('what waits for a person, drawn', () => {
  const pod = { id: 'p1', name: 'launch' };
  const since = '2026-11-20T10:00Z';
  const nodes = async (items: object[], rest: object = {}) => {
    const { waitingNodes } = await load('waiting/nodes.js');
    const names = (await load('nodes/people.js')).namesIn(info, 'U0ADA');
    const pods = [{ id: 'p1', name: 'launch', direct: false, channel: 'C0LAUNCH' }];
    return waitingNodes({ items, places: {}, ...rest }, { names, info, pods, now });
  };
  const does = (all: Parameters<typeof elements>[0]) => elements(all).flatMap(({ attrs }) => attrs['data-do'] ?? []);

  it('offers to give back only a task that is the reader’s', async () => {
    const task = { item: 'n2', why: 'due', pod, task: '#2', title: 'Bake', state: 'open', since };
    expect(does(await nodes([task]))).to.include('give-back');
    expect(does(await nodes([{ ...task, with: 'nobody' }])))
      .to.include('give-waiting')
      .and.not.include('give-back');
  });

  it('says what it is, who gave it, where and by when, and offers only what can be done with it', async () => {
    const items = [
      { item: 'n1', why: 'asked', from: 'Pilot', pod, question: 'q3', text: 'Rye or wheat?', options: ['Rye'], since },
      {
        item: 'n2',
        why: 'assigned',
        from: 'Ben',
        pod,
        task: '#2',
        title: 'Bake',
        state: 'started',
        due: '2026-11-20',
        is: 'overdue',
        since,
      },
      { item: 'n3', why: 'named', from: 'Ben', pod, text: 'look please', conversation: 'c1', since },
      {
        item: 'n5',
        why: 'conflict',
        pod,
        title: 'menu.md',
        conflict: { file: 'f2', upload: 'Ben', newer: 'Ada', yours: 'newer' },
        since,
      },
      { why: 'mails', pod, mails: 2, since },
      {
        item: 'n4',
        why: 'assigned',
        from: 'Ben',
        pod,
        task: '#4',
        title: 'Later',
        state: 'open',
        put_off_until: '2026-11-22T07:00Z',
        since,
      },
    ];
    const drawn = await nodes(items, { places: { c1: { channel: 'C0LAUNCH', thread: '1.000001' } }, more: '7 more' });
    expect(textIn(drawn)).to.match(
      /Now 5.*Pilot asks you \(q3\).*Rye or wheat\?.*launch.*#2 Bake.*from Ben.*in progress.*overdue yesterday.*Ben asks for you.*menu\.md has two versions.*Keep Ben's.*Keep mine.*Keep both.*2 mails wait for an owner.*Put off 1.*#4 Later.*put off until.*…and 7 more\./s,
    );
    expect(does(drawn)).to.deep.equal([
      ...['choose-answer', 'write-answer', 'put-off', 'put-off-until', 'open-waiting'],
      ...['finish-waiting', 'put-off', 'give-waiting', 'give-back', 'put-off-until', 'open-waiting'],
      ...['put-off', 'put-off-until', 'open-waiting'],
      ...['keep-waiting', 'keep-waiting', 'keep-waiting', 'put-off', 'put-off-until', 'open-waiting'],
      'open-waiting',
      ...['start-waiting', 'finish-waiting', 'give-waiting', 'give-back', 'put-off-until', 'open-waiting'],
    ]);
  });

  it('keeps apart what cannot be done yet, of a workflow with how many of its parts are done', async () => {
    const task = { why: 'assigned', pod, state: 'open', since };
    const drawn = await nodes([
      { ...task, task: '#2', title: 'Bake' },
      { ...task, task: '#3', title: 'Pack', waits_for: '#2', not_yet: true },
      { ...task, task: '#4', title: 'The fair', parts: '1 of 3 parts done', not_yet: true },
    ]);
    expect(textIn(drawn)).to.match(
      /Now 1.*#2 Bake.*Not yet: something else comes first 2.*#3 Pack.*waits for #2.*#4 The fair.*1 of 3 parts done/s,
    );
    expect(does(drawn)).to.deep.equal([
      ...['start-waiting', 'finish-waiting', 'give-waiting', 'open-waiting'],
      ...['give-waiting', 'open-waiting', 'give-waiting', 'open-waiting'],
    ]);
  });

  it('offers to give on, and not to give back, what came to the owners after somebody left', async () => {
    const left = { why: 'assigned', left: 'Dev', pod, task: '#5', title: 'Rye', state: 'open', since };
    const drawn = await nodes([{ item: 'n5', ...left }]);
    expect(does(drawn)).to.include('give-waiting').and.not.to.include('give-back');
  });

  it('says that a task waits for one that will not be done, and offers what becomes of it', async () => {
    const stuck = { why: 'stuck', pod, task: '#9', title: 'Bake', state: 'open', lost: '#7', since };
    const drawn = await nodes([{ item: 'n9', ...stuck, waits_for: '#7, dropped by Ben' }]);
    expect(textIn(drawn)).to.match(
      /#9 Bake waits for #7, which will not be done.*waits for #7, dropped by Ben.*Go on without #7Wait for another…Drop it too…/s,
    );
    expect(does(drawn)).to.deep.equal([
      ...['go-on-without', 'wait-instead', 'drop-waiting', 'put-off', 'put-off-until', 'open-waiting'],
    ]);
  });

  it('says of what is left of an erased text, once all of it has gone, that nothing is left to forget', async () => {
    const drawn = await nodes([{ item: 'n6', why: 'made_from', from: 'Scribe', pod, trace: 't1', made: [], since }]);
    expect(textIn(drawn)).to.include('What was left of a text that you erased or changed has gone since');
    expect(does(drawn)).to.include('keep-left').and.not.to.include('forget-left');
  });

  it('lists what they wait for below it: what, with whom, since when and by when', async () => {
    const awaited = [
      { why: 'question', pod, with: ['Ben', 'the owners'], question: 'q3', text: 'Rye or wheat?', since },
      { why: 'task', pod, with: [], task: '#7', state: 'started', title: 'Bake', due: '2026-11-20', since },
    ];
    const places = { c1: { channel: 'C0LAUNCH', thread: '1.000001' } };
    const drawn = await nodes([], { awaited, moreAwaited: '3 more', places });
    expect(textIn(drawn)).to.match(
      /^Nothing is waiting for you\.You wait for 2q3 “Rye or wheat\?”launchwith Ben, the owners since yesterday .*#7 Bakelaunchwith nobody yet since .*in progressoverdue yesterday.*…and 3 more\.$/s,
    );
    expect(does(drawn), 'nobody has the task yet').to.deep.equal(['open-waiting', 'give-waiting', 'open-waiting']);
    expect(textIn(await nodes([], { awaited: [] }))).to.equal('Nothing is waiting for you.');
  });

  it('says so when nothing waits, and what is wrong when the list cannot be read', async () => {
    expect(textIn(await nodes([]))).to.equal('Nothing is waiting for you.');
    expect(textIn(await nodes([], { fault: 'Skein is starting.' }))).to.equal('Skein is starting.');
  });
});

describe('what waits for a person, on the page', () => {
  if (!hasChromium) {
    it.skip('is settled there, and goes when it is settled elsewhere (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let page: Page;
  const act = <T = object>(as: string, action: string, input: object, pod: string | null = 'launch') =>
    newcomer.team.post<T>('/practice/act', { as, ...(pod ? { pod } : {}), action, input });
  const row = (text: string | RegExp) => page.locator('.waiting-row').filter({ hasText: text });
  const gone = (text: string) => row(text).waitFor({ state: 'detached' });
  const badge = () => page.getByRole('button', { name: /^Waiting/ }).textContent();
  let conversation: string;

  before(async () => {
    newcomer = await aNewcomer();
    await newcomer.team.say('ben', 'launch', '@chiara the plan is in the files');
    const waits = () => newcomer.team.get<{ waiting: { conversation?: string }[] }>('/practice/waiting?as=chiara');
    for (;;) {
      const found = (await waits()).waiting.find((one) => one.conversation !== undefined)?.conversation;
      if (found === undefined) continue;
      conversation = found;
      break;
    }
    await act('ben', 'ask', { conversation, to: ['chiara'], question: 'Rye or wheat?', options: ['Rye', 'Wheat'] });
    await act('ben', 'ask', { conversation, to: ['chiara'], question: 'What do we tell the fair?' });
    for (const title of ['Order boxes', 'Ring the printer', 'Sweep the yard'])
      await act('ben', 'create_task', { title, assignee: 'chiara' });
    const { users } = await newcomer.team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const chiara = users.find(({ name }) => name === 'Chiara Rossi')?.id;
    page = await newcomer.open({ hash: `#as=${chiara}&place=waiting` });
    await row('Sweep the yard').waitFor();
  });
  after(() => newcomer?.leave());

  it('answers a question with one of its options, and another in words (needs Chromium)', async () => {
    await row('Rye or wheat?').getByRole('button', { name: 'Rye', exact: true }).click();
    await gone('Rye or wheat?');
    await row('What do we tell the fair?').getByLabel('Your answer to q2').fill('That we come.');
    await page.keyboard.press('Enter');
    await gone('What do we tell the fair?');
    const { questions } = await act<{ questions: { answers: { from: string; choice?: string; words?: string }[] }[] }>(
      'ben',
      'list_questions',
      { state: 'answered' },
    );
    const answers = questions.flatMap((one) => one.answers).map(({ from, choice, words }) => [from, choice ?? words]);
    expect(answers).to.have.deep.members([
      ['Chiara Rossi', 'Rye'],
      ['Chiara Rossi', 'That we come.'],
    ]);
  });

  it('starts and finishes a task, and puts one off until tomorrow (needs Chromium)', async () => {
    await row('Order boxes')
      .getByRole('button', { name: /^Start #/ })
      .click();
    await row('Order boxes').getByText('in progress').waitFor();
    await row('Order boxes')
      .getByRole('button', { name: /^Done: #/ })
      .click();
    await gone('Order boxes');
    await row('Ring the printer').getByRole('button', { name: 'Tomorrow' }).click();
    await page
      .getByRole('list', { name: /^Put off/ })
      .getByText('Ring the printer')
      .waitFor();
    await row('Ring the printer').getByText('put off until').waitFor();
    expect(await row('Ring the printer').getByRole('button', { name: 'Tomorrow' }).count()).to.equal(0);
  });

  it('puts one off until a time, gives one to somebody and one back, and lists what is waited for (needs Chromium)', async () => {
    for (const title of ['Weigh the rye', 'Fetch the salt', 'Paint the sign'])
      await act('ben', 'create_task', { title, assignee: 'chiara' });
    await row('Weigh the rye')
      .getByLabel(/^Later: #/)
      .selectOption('Monday');
    await page
      .getByRole('list', { name: /^Put off/ })
      .getByText('Weigh the rye')
      .waitFor();
    await row('Weigh the rye')
      .getByLabel(/^Later: #/)
      .selectOption('other');
    await page.locator('#ask-line').fill('friday 9:15');
    await page.getByRole('button', { name: 'Put it off' }).click();
    await row('Weigh the rye')
      .getByText(/put off until .*:15/)
      .waitFor();

    await row('Fetch the salt')
      .getByRole('button', { name: /^Give to… \(#/ })
      .click();
    await page.locator('#ask-choice').selectOption({ label: 'Ada Lindqvist' });
    await page.getByRole('button', { name: 'Give it', exact: true }).click();
    const given = page.locator('.awaited-row').filter({ hasText: 'Fetch the salt' });
    await given.getByText(/with Ada Lindqvist since/).waitFor();

    await row('Paint the sign')
      .getByRole('button', { name: /^Not me… \(#/ })
      .click();
    await page.locator('#ask-line').fill('My hand hurts.');
    await page.getByRole('button', { name: 'Give it back' }).click();
    await gone('Paint the sign');
    const { tasks } = await act<{ tasks: { title: string; assigneeName?: string }[] }>('ben', 'list_tasks', {});
    const whose = Object.fromEntries(tasks.map(({ title, assigneeName }) => [title, assigneeName]));
    expect(whose).to.include({ 'Fetch the salt': 'Ada Lindqvist', 'Paint the sign': 'Ben Okafor' });
  });

  it('says how a task goes on whose dependency is dropped: with another one, or not at all, which is undone (needs Chromium)', async () => {
    const made = async (title: string, more: object = {}) =>
      `#${(await act<{ task: { number: number } }>('ben', 'create_task', { title, ...more })).task.number}`;
    const dye = await made('Dye the wool');
    const buy = await made('Buy the wool');
    const spin = await made('Spin the wool', { assignee: 'chiara', depends_on: [dye] });
    const knit = await made('Knit the scarf', { assignee: 'chiara', depends_on: [dye] });
    await act('ben', 'drop_task', { task: dye, reason: 'No vat' });
    const stuck = (title: string) => row(title).filter({ hasText: `waits for ${dye}, which will not be done` });
    await stuck('Spin the wool')
      .getByRole('button', { name: `${spin}: wait for another…` })
      .click();
    await page.locator('#ask-line').fill('#9999');
    await page.getByRole('button', { name: 'Wait for it' }).click();
    await page.getByRole('alert').getByText('There is no task “#9999” in this pod').waitFor();
    expect(newcomer.problems.splice(0).join()).to.match(/^Failed to load resource: [^,]*400 [^,]*\/practice\/act$/);
    await stuck('Spin the wool')
      .getByRole('button', { name: `${spin}: wait for another…` })
      .click();
    await page.locator('#ask-line').fill(buy);
    await page.getByRole('button', { name: 'Wait for it' }).click();
    await stuck('Spin the wool').waitFor({ state: 'detached' });
    await row('Spin the wool').getByText(`waits for ${buy}`).waitFor();

    await stuck('Knit the scarf')
      .getByRole('button', { name: `Drop ${knit} too…` })
      .click();
    await page.locator('#ask').getByRole('button', { name: 'Cancel' }).click();
    await stuck('Knit the scarf')
      .getByRole('button', { name: `Drop ${knit} too…` })
      .click();
    await page.locator('#ask-line').fill('Nothing to knit with');
    await page.getByRole('button', { name: 'Drop it' }).click();
    await gone('Knit the scarf');
    const { history } = await act<{ history: { text: string }[] }>('ben', 'pod_history', { limit: 5 });
    expect(history.map(({ text }) => text).join()).to.include(
      `Chiara Rossi dropped ${knit} “Knit the scarf”: “Nothing to knit with”`,
    );
    await act('chiara', 'reopen_task', { task: knit });
    await stuck('Knit the scarf').waitFor();
    await stuck('Knit the scarf')
      .getByRole('button', { name: `${knit}: go on without ${dye}` })
      .click();
    await row('Knit the scarf')
      .getByRole('button', { name: `Done: ${knit}` })
      .waitFor();
    for (const task of [spin, knit]) await act('ben', 'assign_task', { task, assignee: 'ben' });
    await gone('Knit the scarf');
  });

  it('loses what is settled elsewhere, keeps what is being typed, and counts what is left (needs Chromium)', async () => {
    await act('ben', 'ask', { conversation, to: ['chiara'], question: 'How many loaves?' });
    await row('How many loaves?')
      .getByLabel(/^Your answer/)
      .fill('About for');
    const { tasks } = await act<{ tasks: { id: string; title: string }[] }>('ben', 'list_tasks', {});
    const sweep = tasks.find(({ title }) => title === 'Sweep the yard')?.id;
    const before = Number(/\d+/.exec((await badge()) ?? '')?.[0]);
    await act('ben', 'complete_task', { task: sweep });
    await gone('Sweep the yard');
    expect(
      await row('How many loaves?')
        .getByLabel(/^Your answer/)
        .inputValue(),
    ).to.equal('About for');
    expect(Number(/\d+/.exec((await badge()) ?? '')?.[0])).to.equal(before - 1);
  });

  it('leads to the thread where it stands (needs Chromium)', async () => {
    await row('How many loaves?').getByRole('button', { name: 'Open the thread' }).click();
    await page.getByRole('region', { name: 'Thread', exact: true }).getByText('the plan is in the files').waitFor();
    await page.getByRole('heading', { name: '#launch' }).waitFor();
  });

  it('keeps a thread open for another person who sees it (needs Chromium)', async () => {
    const you = page.getByLabel('You are');
    const chiara = await you.inputValue();
    await you.selectOption({ label: 'Ben Okafor' });
    await page.getByRole('region', { name: 'Thread', exact: true }).getByText('the plan is in the files').waitFor();
    await page.getByRole('button', { name: /^Waiting/ }).click();
    await you.selectOption(chiara);
    await row('How many loaves?').waitFor();
    expect(await page.getByRole('region', { name: 'Thread', exact: true }).count()).to.equal(0);
  });

  it('says days by Skein’s clock, also when it is moved (needs Chromium)', async () => {
    const { now } = await newcomer.team.get<{ now: number }>('/practice/state');
    const due = new Date(now + 2 * 86_400_000).toISOString().slice(0, 10);
    await act('ben', 'create_task', { title: 'Count the jars', assignee: 'chiara', due });
    await row('Count the jars').waitFor();
    expect(await row('Count the jars').textContent()).to.not.match(/tomorrow/);
    await newcomer.team.post('/practice/clock', { advance: 86_400 });
    await row('Count the jars')
      .getByText(/tomorrow/)
      .waitFor();
  });

  it('is only the person’s own: nobody else’s, and none of a pod that they are not in (needs Chromium)', async () => {
    const { pod } = await act<{ pod: { id: string } }>('ben', 'create_pod', { name: 'Accounts' }, null);
    await act('ben', 'create_task', { title: 'Secret figures', assignee: 'ben' }, pod.id);
    const { users } = await newcomer.team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const dev = users.find(({ name }) => name === 'Dev Patel')?.id;
    const ben = users.find(({ name }) => name === 'Ben Okafor')?.id;
    await page.getByLabel('You are').selectOption(ben ?? '');
    await page.getByRole('button', { name: /^Waiting/ }).click();
    await row('Secret figures').waitFor();
    await page.getByLabel('You are').selectOption(dev ?? '');
    await page.locator('#waiting .row, #waiting .empty').first().waitFor();
    expect(await page.locator('#waiting').textContent()).to.not.match(/Secret figures|How many loaves/);
    expect(newcomer.problems).to.deep.equal([]);
  });
});
