import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { aNewcomer, hasChromium, type Newcomer } from './browser.ts';

describe('the pod view', () => {
  if (!hasChromium) {
    it.skip('shows the pod, live (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let page: Page;
  before(async () => {
    newcomer = await aNewcomer();
    page = await newcomer.open();
  });
  after(() => newcomer?.leave());

  const pod = () => page.getByRole('region', { name: 'launch', exact: true });
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name });
  const tab = (name: string) => pod().getByRole('tab', { name });
  const as = <T = object>(who: string, action: string, input: object) =>
    newcomer.team.post<T>('/practice/act', { as: who, pod: 'launch', action, input });
  const focused = () =>
    page.evaluate(
      'document.activeElement.getAttribute("aria-label") || document.activeElement.innerText || document.activeElement.id',
    ) as Promise<string>;

  it('makes, assigns, starts, completes and reopens a task right there (needs Chromium)', async () => {
    await pod().getByLabel('New task').fill('Ring the printer');
    await pod().getByLabel('Assignee', { exact: true }).selectOption({ label: 'Chiara Rossi' });
    await pod().getByLabel('Due').fill('2020-01-02');
    await page.keyboard.press('Enter');
    await pod()
      .getByRole('button', { name: /^#\d+ Ring the printer$/ })
      .click();
    const row = pod().getByRole('listitem').filter({ hasText: 'Ring the printer' });
    await row.getByText('overdue').waitFor();
    await row.getByRole('combobox', { name: /Assignee of/ }).selectOption({ label: 'Dev Patel' });
    await row.locator('.row-facts').getByText('Dev Patel').waitFor();
    await row.getByRole('button', { name: 'Start' }).click();
    await pod().getByRole('list', { name: 'In progress' }).getByText('Ring the printer').waitFor();
    await pod()
      .getByRole('button', { name: /Complete #\d+ Ring the printer/ })
      .click();
    await pod().getByRole('list', { name: 'Done' }).getByText('Ring the printer').waitFor();
    await pod()
      .getByRole('button', { name: /Reopen #\d+ Ring the printer/ })
      .click();
    await pod().getByRole('list', { name: 'To do' }).getByText('Ring the printer').waitFor();
  });

  it('drops a task with a reason, and begins none that waits for it (needs Chromium)', async () => {
    const { task } = await as<{ task: { id: string; number: number } }>('ben', 'create_task', {
      title: 'Book the hall',
    });
    await as('ben', 'create_task', { title: 'Hang the lamps', depends_on: [task.id] });
    const row = (title: string) => pod().getByRole('listitem').filter({ hasText: title });
    const details = (title: string) => row(title).locator('.details .actions').getByRole('button').allTextContents();
    await row('Hang the lamps').locator('.row-title').click();
    await row('Hang the lamps').getByRole('button', { name: 'Drop…' }).waitFor();
    expect(await details('Hang the lamps')).to.deep.equal(['Drop…']);
    await row('Book the hall').locator('.row-title').click();
    await row('Book the hall').getByRole('button', { name: 'Drop…' }).click();
    await page.locator('#ask-line').fill('The hall is closed');
    await page.getByRole('button', { name: 'Drop it' }).click();
    await pod().getByRole('list', { name: 'Dropped' }).getByText('Book the hall').waitFor();
    await row('Hang the lamps').getByText(`waits for #${task.number}, dropped by Chiara Rossi`).waitFor();
  });

  it('tells in its log who did what, when and through which door, and grows while it is read (needs Chromium)', async () => {
    await tab('Log').click();
    const log = pod().getByRole('list', { name: 'What was done, the newest first' });
    await log
      .getByRole('listitem')
      .filter({ hasText: /Chiara Rossi reopened #\d+ “Ring/ })
      .filter({ hasText: 'pod view' })
      .waitFor();
    await as('ben', 'create_task', { title: 'Sweep the yard' });
    await log
      .getByRole('listitem')
      .filter({ hasText: /Ben Okafor created #\d+ “Sweep the yard”/ })
      .waitFor();
  });

  it('pages through older files, and settles an upload over a newer version right there (needs Chromium)', async () => {
    const menu = ['# Menu', 'Rye bread.', 'Goose soup.'].join('\n');
    await as('ben', 'put_file', { name: 'menu.md', text: menu });
    await as('ben', 'put_file', { name: 'menu.md', text: `${menu}\nApple cake.`, base: 1 });
    const content = Buffer.from(menu).toString('base64');
    await newcomer.team.post('/practice/upload', { as: 'chiara', channel: 'launch', name: 'menu.md', content });
    await newcomer.team.quiet();
    for (let n = 0; n < 50; n++) await as('ben', 'put_file', { name: `label-${n}.md`, text: `${n}` });
    await tab('Files').click();
    const row = pod()
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'menu.md', exact: true }) });
    await pod().getByRole('button', { name: 'label-49.md' }).waitFor();
    expect(await row.count()).to.equal(0);
    await pod().getByRole('button', { name: 'Older files' }).click();
    await row.getByText('two versions').waitFor();
    await row.getByRole('button', { name: 'Keep the newer version' }).click();
    await row.getByText('two versions').waitFor({ state: 'detached' });
    const { waiting } = await newcomer.team.post<{ waiting: { why: string }[] }>('/practice/act', {
      ...{ as: 'chiara', action: 'list_waiting', input: {} },
    });
    expect(waiting.filter(({ why }) => why === 'conflict')).to.deep.equal([]);
  });

  it('keeps the focus, and what is being typed, when others change the pod (needs Chromium)', async () => {
    await tab('Tasks').click();
    await pod().getByLabel('New task').fill('Half a thou');
    await as('ben', 'create_task', { title: 'Feed the geese' });
    await pod()
      .getByRole('button', { name: /^#\d+ Feed the geese$/ })
      .waitFor();
    expect(await pod().getByLabel('New task').inputValue()).to.equal('Half a thou');
    const swept = pod().getByRole('button', { name: /Complete #\d+ Sweep the yard/ });
    const number = async (title: string) =>
      /#\d+/.exec(
        (await pod()
          .getByRole('button', { name: new RegExp(`^#\\d+ ${title}$`) })
          .textContent()) ?? '',
      )?.[0] ?? '';
    const [yard, geese] = [await number('Sweep the yard'), await number('Feed the geese')];
    await swept.focus();
    await as('ben', 'complete_task', { task: geese });
    await pod().getByRole('list', { name: 'Done' }).getByText('Feed the geese').waitFor();
    expect(await focused()).to.equal(`Complete ${yard} Sweep the yard`);
    await as('ben', 'complete_task', { task: yard });
    await pod().getByRole('list', { name: 'Done' }).getByText('Sweep the yard').waitFor();
    expect(await page.evaluate('document.activeElement !== document.body')).to.equal(true);
  });

  it('opens a file in each of its versions (needs Chromium)', async () => {
    await as('dev', 'put_file', { name: 'launch-plan.md', text: '# The second plan', base: 1 });
    await tab('Files').click();
    await pod().getByRole('button', { name: 'launch-plan.md' }).click();
    await pod().getByRole('heading', { name: 'The second plan' }).waitFor();
    await pod().getByRole('button', { name: 'v1' }).click();
    await pod().getByRole('heading', { name: 'Launch plan: rye sourdough subscription' }).waitFor();
    await pod().getByRole('button', { name: 'All files' }).click();
  });

  it('takes a file, and links to what an agent wrote from its answer, and from what asked for it (needs Chromium)', async () => {
    await pod()
      .getByLabel('Add a file')
      .setInputFiles({ name: 'boxes.csv', mimeType: 'text/csv', buffer: Buffer.from('size,count\n') });
    await pod().getByRole('button', { name: 'boxes.csv' }).waitFor();
    await page.getByPlaceholder('Message #launch').fill('@scribe please write a file notes.md with: rye and water');
    await page.keyboard.press('Enter');
    const thread = page.getByRole('region', { name: 'Thread', exact: true });
    for (const by of [/^Scribe/, /^Chiara Rossi/]) {
      await thread.getByRole('article', { name: by }).locator('a.file-link', { hasText: 'notes.md' }).click();
      await pod().getByRole('heading', { name: 'notes.md' }).waitFor();
      await pod().getByRole('button', { name: 'All files' }).click();
    }
    await page.getByRole('button', { name: 'Close the thread' }).click();
  });

  it('keeps decisions and learnings, and finds them again (needs Chromium)', async () => {
    await tab('Notebook').click();
    await pod().getByLabel('What the pod decided').fill('We bake at four.');
    await pod().getByLabel('Why').fill('The van leaves at six.');
    await page.keyboard.press('Enter');
    const note = pod()
      .getByRole('list', { name: 'Decisions' })
      .getByRole('listitem')
      .filter({ hasText: 'We bake at four.' });
    for (const words of ['decision', 'Chiara Rossi']) await note.locator('.row-facts').getByText(words).waitFor();
    await pod().getByRole('searchbox', { name: 'Search the pod' }).fill('bake four');
    await page.keyboard.press('Enter');
    await pod()
      .getByRole('list', { name: /^Notebook/ })
      .getByText('We bake at four.')
      .waitFor();
    await pod().getByRole('button', { name: 'Back' }).click();
    await pod().getByRole('list', { name: 'Decisions' }).waitFor();
  });

  it('keeps what somebody writes while the last words are on their way, and where they are (needs Chromium)', async () => {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/practice/act', async (route) => {
      await held;
      await route.continue();
    });
    await tab('Notebook').click();
    await pod().getByLabel('What the pod decided').fill('The van is green.');
    await page.keyboard.press('Enter');
    await pod().getByLabel('What the pod decided').fill('The oven is new.');
    await pod().getByRole('searchbox', { name: 'Search the pod' }).fill('van');
    goOn();
    const listed = pod().getByRole('list', { name: 'Decisions' });
    await listed.getByText('The van is green.').waitFor();
    await page.unroute('**/practice/act');
    expect(await pod().getByLabel('What the pod decided').inputValue()).to.equal('The oven is new.');
    expect(await page.evaluate('document.activeElement.id')).to.equal('pod-query');
    await pod().getByRole('searchbox', { name: 'Search the pod' }).fill('');
    await pod().getByLabel('What the pod decided').fill('');
  });

  it('shows members with their roles, and leads to a conversation with each (needs Chromium)', async () => {
    await tab('Members').click();
    await pod().getByRole('listitem').filter({ hasText: 'Ada Lindqvist' }).getByText('owner').waitFor();
    await pod().getByRole('button', { name: 'Message Ben Okafor' }).click();
    await page.getByPlaceholder('Message Ben Okafor').fill('Van at six?');
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('Van at six?').waitFor();
    await page.getByLabel('You are').selectOption({ label: 'Ben Okafor' });
    await page.getByRole('navigation').getByRole('button', { name: 'Chiara Rossi new' }).click();
    await page.getByRole('article').getByText('Van at six?').waitFor();
    await page.getByLabel('You are').selectOption({ label: 'Chiara Rossi' });
  });

  it('says how a channel becomes a pod, and makes it one (needs Chromium)', async () => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /general/ })
      .click();
    await page.getByPlaceholder('Message #general').fill('/invite @Skein');
    await page.keyboard.press('Enter');
    await page.getByText('Skein joined #general.').waitFor();
    await page.getByRole('button', { name: 'Make #general a pod' }).click();
    await page.getByRole('region', { name: 'general', exact: true }).getByRole('tab', { name: 'Tasks' }).waitFor();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /general pod/ })
      .waitFor();
  });

  it('shows of a task what it came from, its files, who follows it, and leads to its thread (needs Chromium)', async () => {
    const raw = [
      'From: Ben Okafor <ben@wildgoose.example>',
      'To: launch@pods.wildgoose.example',
      'Cc: Ada Lindqvist <ada@wildgoose.example>',
      'Subject: Fwd: Ribbon for the boxes',
      '',
      'Which colour?',
      '',
      '---------- Forwarded message ---------',
      'From: Rosa <rosa@ribbon.example>',
      'Subject: Ribbon for the boxes',
      'To: <ben@wildgoose.example>',
      '',
      'We have red and green.',
      '',
    ].join('\r\n');
    await fetch(`${newcomer.team.url}/practice/mail?from=ben@wildgoose.example&to=launch@pods.wildgoose.example`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822' },
      body: raw,
    });
    await place(/^launch/).click();
    await tab('Tasks').click();
    await pod()
      .getByRole('button', { name: /^#\d+ Ribbon for the boxes$/ })
      .click();
    const row = pod().getByRole('listitem').filter({ hasText: 'Ribbon for the boxes' });
    await row.getByText(/Ben Okafor, .*by mail/).waitFor();
    await row.getByRole('definition').getByText('Ada Lindqvist').waitFor();
    await row.getByText('The mail it came from').click();
    await row.getByText('We have red and green.').waitFor();
    await row.getByRole('button', { name: 'Open the thread' }).click();
    await page.getByRole('region', { name: 'Thread', exact: true }).getByText('Which colour?').waitFor();
    await page.getByRole('button', { name: 'Close the thread' }).click();
    await tab('Log').click();
    await pod()
      .getByText(/created #\d+ “Ribbon for the boxes”/)
      .waitFor();
    expect(
      await pod()
        .getByRole('list', { name: /What was done/ })
        .innerText(),
    ).to.not.match(/[`]|\*\*/);
  });

  it('shows every tab, whatever the counts and the width (needs Chromium)', async () => {
    for (let n = 0; n < 12; n += 1) {
      await as('ben', 'create_task', { title: `Fold box ${n}` });
      await as('ben', 'put_file', { name: `box-${n}.md`, text: 'x' });
      await as('ben', 'record_learning', { learning: `Box ${n} folds`, context: 'by hand' });
    }
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const pane = pod();
      await tab('Log').waitFor();
      await tab('Notebook')
        .getByText(/^\s*1\d$/)
        .waitFor();
      const room = await pane.boundingBox();
      for (const name of ['Tasks', 'Runs', 'Files', 'Members', 'Notebook', 'Log']) {
        const at = await tab(name).boundingBox();
        expect(at && room && at.x >= room.x && at.x + at.width <= room.x + room.width, `${name}, ${width}`).to.equal(
          true,
        );
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('shows a pod that lives by mail alone, with its mailbox and all that is in it (needs Chromium)', async () => {
    await newcomer.team.post('/practice/act', { as: 'chiara', action: 'create_pod', input: { name: 'Accounts' } });
    await place(/^Mail of Accounts/).click();
    await page.getByRole('heading', { name: 'Mail of Accounts' }).waitFor();
    const accounts = page.getByRole('region', { name: 'Accounts', exact: true });
    // Whether it is open, not whether it is there yet.
    const opens = page.getByRole('button', { name: 'Pod', exact: true });
    if ((await opens.getAttribute('aria-expanded')) !== 'true') await opens.click();
    await accounts.getByRole('tab', { name: 'Tasks' }).click();
    await accounts.getByLabel('New task').fill('Pay the mill');
    await page.keyboard.press('Enter');
    await accounts.getByRole('button', { name: '#1 Pay the mill', exact: true }).waitFor();
    await page.reload();
    await accounts.getByRole('button', { name: '#1 Pay the mill', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Compose' }).click();
    expect(await page.getByLabel('To', { exact: true }).inputValue()).to.equal('accounts@pods.wildgoose.example');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('gives a direct message the whole room, until it is opened there (needs Chromium)', async () => {
    await place(/^launch/).click();
    await pod().waitFor();
    await place(/^Ben Okafor/).click();
    await page.getByPlaceholder('Message Ben Okafor').waitFor();
    expect(await page.locator('#pod').isVisible()).to.equal(false);
    await place(/^Pilot/).click();
    await page.getByPlaceholder('Message Pilot').waitFor();
    expect(await page.locator('#pod').isVisible()).to.equal(false);
    await page.getByRole('button', { name: 'Pod', exact: true }).click();
    await page.getByText('It becomes one with your first message.').waitFor();
    await page.getByRole('button', { name: 'Close the pod view' }).click();
    await place(/^launch/).click();
    await pod().waitFor();
    await place(/^general/).click();
  });

  it('is walked through by keyboard alone (needs Chromium)', async () => {
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^launch/ })
      .focus();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Message #launch').and(page.locator(':focus')).waitFor();
    await tab('Members').focus();
    await page.keyboard.press('ArrowRight');
    await tab('Notebook').and(page.locator(':focus')).waitFor();
    await tab('Notebook').and(page.locator('[aria-selected=true]')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pod', exact: true }).and(page.locator(':focus')).waitFor();
    expect(await pod().isVisible()).to.equal(false);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'launch', exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /3 replies to Ada/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Reply in the thread').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /3 replies to Ada/ })
      .and(page.locator(':focus'))
      .waitFor();
    const outlines = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outlines).to.equal('solid');
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
