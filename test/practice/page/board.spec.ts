// The tasks of a pod as a board and as a drawing, and reviews, in a real browser.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { aNewcomer, fitsItsWidth, hasChromium, type Newcomer } from './browser.ts';
import { elements, info, load, textIn } from './load.ts';

describe('more tasks than one looks through', () => {
  const tasks = Array.from({ length: 200 }, (_, n) => ({
    id: `t${n}`,
    number: n + 1,
    title: 'Bake',
    is: 'ready',
    state: 'open',
  }));
  const board = { counts: { ready: 1000 }, tasks, next: '0.0.200' };
  const shown = { info, now: new Date(2026, 10, 21), list: '#pod=tasks', linkTo: (task: string) => `#task=${task}` };

  it('are cut with a sentence and a link to all of them, on the board and in the drawing', async () => {
    const { boardNodes } = await load('board/board.js');
    const nodes = boardNodes(board, shown);
    const cut = 'These are 200 of 1000 tasks: first those that can begin. All tasks';
    expect(textIn(nodes)).to.match(new RegExp(`^${cut}.*Can begin 1000.*…and 960 more in the list`));
    expect(elements(nodes).filter(({ attrs }) => attrs.class === 'task-card ready')).to.have.length(40);
    const { drawingNodes } = await load('board/drawing.js');
    const svg = { tag: 'svg', attrs: {}, children: [] };
    const drawn = drawingNodes({ ...board, drawing: { svg, drawn: 2, alone: 198 } }, shown);
    expect(textIn(drawn)).to.match(new RegExp(`^${cut}.*198 more tasks wait for none, and none waits for them`));
    expect(elements(drawn).find(({ tag }) => tag === 'a')?.attrs.href).to.equal('#pod=tasks');
  });

  it('are all shown where they are few, and none is said to be left out', async () => {
    const { boardNodes } = await load('board/board.js');
    expect(textIn(boardNodes({ ...board, next: undefined }, shown))).not.to.include('These are');
    expect(textIn(boardNodes({ counts: {}, tasks: [] }, shown))).to.include('No task yet.');
  });
});

describe('the tasks of a pod on the page', () => {
  if (!hasChromium) {
    it.skip('stand on a board and in a drawing, live (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let page: Page;
  const act = <T = object>(as: string, action: string, input: object, pod: string | null = 'launch') =>
    newcomer.team.post<T>('/practice/act', { as, ...(pod ? { pod } : {}), action, input });
  const make = async (title: string, more: object = {}) => {
    const { task } = await act<{ task: { number: number } }>('ben', 'create_task', { title, ...more });
    return `#${task.number}`;
  };
  const view = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const column = (name: string) => page.getByRole('region', { name: new RegExp(`^${name} \\d+$`) });
  const card = (title: string) => page.locator('.task-card').filter({ hasText: title });
  const box = (title: string) => page.locator('.graph-task').filter({ hasText: title });
  const buttons = (title: string) => card(title).getByRole('button').allTextContents();
  /** The card is drawn again as somebody else sees it. */
  const offers = async (title: string, names: string[]) => {
    for (const end = Date.now() + 10_000; (await buttons(title)).join() !== names.join() && Date.now() < end; )
      await new Promise((again) => setTimeout(again, 25));
    expect(await buttons(title)).to.deep.equal(names);
  };
  const become = (name: string) => page.getByLabel('You are').selectOption({ label: name });
  const asked = async (words: string, button: string) => {
    await page.locator('#ask-line:visible, #ask-box:visible').fill(words);
    await page.locator('#ask').getByRole('button', { name: button }).click();
  };

  let text: string;
  before(async () => {
    newcomer = await aNewcomer();
    text = await make('Write the leaflet', { assignee: 'ada' });
    await make('Print the leaflet', { assignee: 'ben', depends_on: [text] });
    await make('Menu card', { assignee: 'ben', reviewers: ['chiara'] });
    await act('ben', 'request_review', { task: await number('Menu card') });
    page = await newcomer.open({ hash: '#as=chiara' });
  });
  after(() => newcomer?.leave());

  async function number(title: string): Promise<string> {
    const { tasks } = await act<{ tasks: { title: string; number: number }[] }>('ben', 'list_tasks', { state: 'all' });
    return `#${tasks.find((one) => one.title === title)?.number}`;
  }

  it('stand in columns by state, with who, what they wait for and what can be done with each (needs Chromium)', async () => {
    await view('Board');
    await column('Waits').getByText('Print the leaflet').waitFor();
    expect(await card('Print the leaflet').innerText())
      .to.include('Ben Okafor')
      .and.include(`waits for ${text}`);
    await column('Can begin').getByText('Write the leaflet').waitFor();
    expect(await buttons('Write the leaflet')).to.deep.equal(['Start', 'Done', 'Drop…']);
    expect(await buttons('Print the leaflet')).to.deep.equal(['Drop…']);
    await card('Write the leaflet').getByRole('button', { name: 'Start' }).click();
    await column('In progress').getByText('Write the leaflet').waitFor();
  });

  it('are drawn with their edges, and change while they are looked at (needs Chromium)', async () => {
    await view('Graph');
    await box('Print the leaflet').waitFor();
    expect(await page.locator('.edge.waits').count()).to.equal(1);
    expect(await box('Write the leaflet').getAttribute('data-words')).to.equal(
      `${text} Write the leaflet: in progress, with Ada Lindqvist`,
    );
    await make('Leaflet', { assignee: 'ada' });
    const leaflet = await number('Leaflet');
    await make('Choose the paper', { parent: leaflet });
    await box('Choose the paper').waitFor();
    const frame = page.locator('.graph-frame').filter({ hasText: `${leaflet} Leaflet` });
    const [outer, inner] = [await frame.boundingBox(), await box('Choose the paper').boundingBox()];
    if (!outer || !inner) return expect.fail('not drawn');
    expect([outer.x < inner.x, outer.y < inner.y], 'the part stands in its frame').to.deep.equal([true, true]);
    expect(outer.x + outer.width).to.be.above(inner.x + inner.width);
    expect(outer.y + outer.height).to.be.above(inner.y + inner.height);
    expect(await page.locator('.edge.part').count()).to.equal(0);
    await page.getByText('The same as a list').click();
    await page
      .getByRole('link', { name: /^#\d+ Choose the paper: can begin, .*a part of #\d+$/ })
      .last()
      .waitFor();
  });

  it('say on the board of what they are a part, by its title too (needs Chromium)', async () => {
    await view('Board');
    await card('Choose the paper')
      .getByText(`part of ${await number('Leaflet')} Leaflet`)
      .waitFor();
    await view('Graph');
    await box('Choose the paper').waitFor();
  });

  it('are drawn of one whole, or of one person, when that is chosen (needs Chromium)', async () => {
    const only = page.getByLabel('Show', { exact: true });
    await only.selectOption({ label: `${await number('Leaflet')} Leaflet` });
    await box('Print the leaflet').waitFor({ state: 'detached' });
    await box('Choose the paper').waitFor();
    await only.selectOption({ label: 'what Ben Okafor has' });
    await box('Print the leaflet').waitFor();
    expect(await box('Choose the paper').count()).to.equal(0);
    await only.selectOption({ label: 'all tasks' });
    await box('Choose the paper').waitFor();
  });

  it('lead from the drawing to the task, which opens in the pod, with the keyboard too (needs Chromium)', async () => {
    await box('Choose the paper').focus();
    await page.keyboard.press('Enter');
    const row = page.locator('#pod-body .task-row').filter({ hasText: 'Choose the paper' });
    await row.locator('.details').waitFor();
    expect(page.url()).to.include('tab=graph').and.not.to.include('task=t');
    expect(await page.evaluate('document.activeElement.innerText')).to.include('Choose the paper');
    await page.reload();
    await box('Choose the paper').waitFor();
  });

  it('are dropped and taken up again there, with what waits for them (needs Chromium)', async () => {
    await view('Board');
    await card('Write the leaflet').getByRole('button', { name: 'Drop…' }).click();
    await asked('No leaflet this year', 'Drop it');
    const stuck = column('Waits').locator('.task-card.stuck');
    await stuck.getByText(`waits for ${text}, dropped by Chiara Rossi`).waitFor();
    expect(await buttons('Print the leaflet')).to.deep.equal([`Go on without ${text}`, 'Drop…']);
    await card('Write the leaflet').getByRole('button', { name: 'Reopen' }).click();
    await column('Can begin').getByText('Write the leaflet').waitFor();
    await stuck.waitFor({ state: 'detached' });
    await card('Write the leaflet').getByRole('button', { name: 'Drop…' }).click();
    await asked('No leaflet this year', 'Drop it');
    await card('Print the leaflet')
      .getByRole('button', { name: `Go on without ${text}` })
      .click();
    await column('Can begin').getByText('Print the leaflet').waitFor();
  });

  it('are reviewed there: sent back with words and approved by their reviewers, and by nobody else (needs Chromium)', async () => {
    expect(await buttons('Menu card')).to.deep.equal(['Approve', 'Send back…', 'Done', 'Drop…']);
    await card('Menu card').getByRole('button', { name: 'Send back…' }).click();
    await asked('The prices are last year’s', 'Send it back');
    await page.getByText(/#\d+ is sent back\./).waitFor();
    await card('Menu card').getByText('sent back by Chiara Rossi, round 1 of 3').waitFor();
    expect(await buttons('Menu card')).to.deep.equal(['Start', 'Done', 'Drop…']);
    const task = await number('Menu card');
    await act('ben', 'update_task', { task, text: 'With the prices of this year' });
    await act('ben', 'request_review', { task });
    await card('Menu card').getByRole('button', { name: 'Approve' }).waitFor();
    await become('Dev Patel');
    await card('Menu card').getByText('in review by Chiara Rossi').waitFor();
    await card('Menu card').getByRole('button', { name: 'Drop…' }).waitFor();
    await offers('Menu card', ['Done', 'Drop…']);
  });

  it('are shown to their reviewers there, who come before “Done” (needs Chromium)', async () => {
    await make('Window sign', { assignee: 'chiara', reviewers: ['ben'] });
    await card('Window sign').getByRole('button', { name: 'Ask for a review' }).waitFor();
    expect(await buttons('Window sign')).to.deep.equal(['Start', 'Ask for a review', 'Drop…']);
    await card('Window sign').getByRole('button', { name: 'Ask for a review' }).click();
    await card('Window sign').getByText('in review by Ben Okafor, round 1 of 3').waitFor();
  });

  it('are reviewed in what waits and in the task itself, by a deputy in the place of who is away (needs Chromium)', async () => {
    await act('chiara', 'set_away', { until: '2099-01-01', deputy: 'dev' }, null);
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Waiting/ })
      .click();
    const row = page.locator('.waiting-row').filter({ hasText: 'Menu card' });
    await row.getByText('in place of Chiara Rossi, who is away').waitFor();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /launch/ })
      .first()
      .click();
    await page.locator('#pod-body .row-title').filter({ hasText: 'Menu card' }).click();
    const details = page.locator('.task-row').filter({ hasText: 'Menu card' }).locator('.details');
    await details.getByRole('button', { name: 'Approve' }).click();
    await page.getByText(/#\d+ is approved for Chiara Rossi\./).waitFor();
    await page.locator('.task-row').getByText('approved by Dev Patel, for Chiara Rossi').waitFor();
    await details.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Waiting/ })
      .click();
    await page.locator('#waiting').getByRole('heading').first().waitFor();
    expect(await row.count()).to.equal(0);
    await act('chiara', 'set_away', { back: true }, null);
  });

  it('leaves nothing cut on a phone: the row under a message, the board and the drawing (needs Chromium)', async () => {
    const phone = await newcomer.open({
      hash: '#as=chiara',
      ...{ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' },
    });
    const rows = await phone.locator('.tools').all();
    expect(rows).to.have.length.above(1);
    for (const row of rows)
      for (const button of await row.getByRole('button').all()) {
        await button.scrollIntoViewIfNeeded();
        const at = await button.boundingBox();
        expect((at?.x ?? 0) + (at?.width ?? 999), await button.innerText()).to.be.at.most(360);
      }
    for (const name of ['Board', 'Graph']) {
      await phone.getByRole('button', { name, exact: true }).click();
      await phone.locator('.task-card, .graph-task').first().waitFor();
      await fitsItsWidth(phone, name);
    }
    await phone.context().close();
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
