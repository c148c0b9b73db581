import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf } from './audit.ts';
import { aNewcomer, fitsItsWidth, hasChromium, type Newcomer } from './browser.ts';

const PAGE = join(import.meta.dirname, '../../../src/practice/page');

/** The page in everything it can show, one after the other. */
async function everyView(page: Page, look: (what: string) => Promise<void>): Promise<void> {
  const place = async (name: RegExp) => {
    const back = page.getByRole('button', { name: 'All conversations' });
    const there = page.getByRole('navigation').getByRole('button', { name });
    // On a narrow page one of the two is to be seen, once what lay over it is gone.
    await back.or(there).first().waitFor();
    if (await back.isVisible()) await back.click();
    await there.click();
  };
  await look('the channel');
  const box = page.getByPlaceholder('Message #launch');
  await box.pressSequentially('@');
  await page.getByRole('option', { name: 'Pilot @pilot' }).waitFor();
  await look('suggestions');
  await page.keyboard.press('Escape');
  await page
    .locator('#channel-form')
    .getByLabel('Attach a file')
    .setInputFiles([{ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from('x') }]);
  await page.getByRole('button', { name: 'Remove plan.csv' }).waitFor();
  await look('a file that waits');
  await page.getByRole('button', { name: 'Remove plan.csv' }).click();
  await box.fill('');
  await page.getByRole('button', { name: /3 replies to Ada/ }).click();
  await page.getByRole('heading', { name: 'Thread' }).waitFor();
  await look('a thread');
  await page.getByRole('button', { name: 'Close the thread' }).click();
  const podButton = page.getByRole('button', { name: 'Pod', exact: true });
  if ((await podButton.getAttribute('aria-expanded')) !== 'true') await podButton.click();
  for (const tab of ['Files', 'Members', 'Notebook', 'Log', 'Tasks']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.locator(`#pod-panel[aria-labelledby=tab-${tab.toLowerCase()}] .row`).first().waitFor();
    await look(`the pod’s ${tab}`);
  }
  await page.getByRole('button', { name: /#3 Let customers/, expanded: false }).click();
  await look('a task’s details');
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('button', { name: 'launch-plan.md' }).click();
  await page.getByRole('heading', { name: 'launch-plan.md' }).waitFor();
  await look('a file');
  await page.getByRole('searchbox').fill('boxes');
  await page.keyboard.press('Enter');
  await page.getByText(/found for “boxes”/).waitFor();
  await look('what a search found');
  await page.getByRole('button', { name: 'Close the pod view' }).click();
  await page.getByRole('button', { name: 'Board', exact: true }).click();
  await page.locator('.task-card').first().waitFor();
  await look('the board');
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  await page.locator('.graph-task').first().waitFor();
  await page.getByText('The same as a list').click();
  await look('the drawing');
  await page.getByRole('button', { name: 'Messages', exact: true }).click();
  await place(/^New channel|^\+/);
  await page.getByRole('heading', { name: 'New channel' }).waitFor();
  await look('a question in a dialog');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await look('the conversations');
  await place(/general/);
  await page.getByRole('heading', { name: '#general' }).waitFor();
  await page.getByRole('button', { name: 'Pod', exact: true }).click();
  await page.getByText('#general is not a pod yet.').waitFor();
  await look('how a channel becomes a pod');
  await page.getByRole('button', { name: 'Close the pod view' }).click();
  await place(/^Waiting/);
  await page.getByText('Design the box').first().waitFor();
  await look('what waits');
  await place(/^Skein/);
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await page.getByText('What you can say').waitFor();
  await look('the app’s Home');
  await place(/My mailbox/);
  await page.getByRole('button', { name: 'Compose' }).waitFor();
  await look('a mailbox');
  await page.getByRole('button', { name: /Bread for the fair/ }).click();
  await page.getByRole('heading', { name: 'Bread for the fair' }).waitFor();
  await look('a mail');
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await page.getByLabel('To', { exact: true }).waitFor();
  await look('a mail that is written');
}

describe('the page, for everybody', () => {
  if (!hasChromium) {
    it.skip('is without faults of accessibility, light and dark, wide and narrow (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  before(async () => {
    newcomer = await aNewcomer();
    const act = (action: string, input: object) =>
      newcomer.team.post('/practice/act', { as: 'ben', pod: 'launch', action, input });
    await act('create_task', { title: 'Menu card', reviewers: ['chiara'], depends_on: ['#1'], parent: '#2' });
    await act('create_task', { title: 'Price list', assignee: 'ben', reviewers: ['chiara'], parent: '#2' });
    const raw =
      'From: Nils <nils@fair.example>\r\nTo: chiara@wildgoose.example\r\nSubject: Bread for the fair\r\n\r\nTwenty loaves?\r\n';
    await fetch(`${newcomer.team.url}/practice/mail?from=nils@fair.example&to=chiara@wildgoose.example`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822' },
      body: raw,
    });
  });
  after(() => newcomer?.leave());

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 360])
      it(`is without faults of accessibility, ${colorScheme}, ${width} px wide (needs Chromium)`, async () => {
        const page = await newcomer.open({
          colorScheme,
          viewport: { width, height: 800 },
          reducedMotion: 'reduce',
          tour: true,
        });
        const faults: string[] = [];
        await everyView(page, async (what) => {
          // The dark scheme has other colours, and all else is the same.
          const found = await faultsOf(page, { colours: colorScheme === 'dark' });
          faults.push(...found.map((fault) => `${what}: ${fault}`));
          await fitsItsWidth(page, what);
        });
        expect([...new Set(faults)]).to.deep.equal([]);
        await page.context().close();
      });

  it('would find what is wrong (needs Chromium)', async () => {
    const page = await newcomer.open();
    await page.evaluate(`
      const bad = document.createElement('button');
      bad.setAttribute('aria-lable', 'a slip');
      const pale = document.createElement('p');
      pale.textContent = 'pale';
      pale.className = 'pale';
      document.querySelector('.head-line').append(bad, pale);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.pale { color: #ccc }');
      document.adoptedStyleSheets = [sheet];
    `);
    const faults = await faultsOf(page);
    for (const rule of ['button-name: ', 'aria-valid-attr: ', 'color-contrast: '])
      expect(
        faults.filter((fault) => fault.startsWith(rule)),
        rule,
      ).to.have.length(1);
    const ofColours = await faultsOf(page, { colours: true });
    expect(ofColours.map((fault) => fault.split(':')[0])).to.deep.equal(['color-contrast']);
    await page.context().close();
  });

  it('has another scheme in the dark that is of colours alone, so only these are audited again', async () => {
    const names = await readdir(PAGE, { recursive: true });
    const files = names.filter((name) => /\.(css|js|html)$/.test(name));
    const texts = await Promise.all(
      files.map(async (name) => [name, await readFile(join(PAGE, name), 'utf8')] as const),
    );
    const schemes = texts.filter(([, text]) => text.includes('prefers-color-scheme'));
    expect(schemes.map(([name]) => name)).to.deep.equal(['style/theme.css']);
    const [, dark = '', rest = ''] = schemes[0]?.[1].split('@media (prefers-color-scheme: dark)') ?? [];
    expect(rest).to.equal('');
    const lines = dark.split('\n').map((line) => line.trim());
    const colour = /^--[\w-]+: #[0-9a-f]{3,6};$|^--shadow: [^;]*;$/;
    expect(lines.filter((line) => colour.test(line))).to.have.length.above(20);
    expect(lines.filter((line) => !colour.test(line)).join('')).to.equal('{:root {}}');
  });

  it('fits every width in between, without scrolling sideways (needs Chromium)', async () => {
    const page = await newcomer.open({ reducedMotion: 'reduce', hash: '#pod=tasks' });
    await page.getByRole('button', { name: /3 replies to Ada/ }).click();
    for (const width of [320, 500, 759, 760, 900, 999, 1000, 1239, 1240, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      await fitsItsWidth(page, `${width} px`);
    }
    await page.context().close();
  });

  it('moves nothing for those who asked for stillness (needs Chromium)', async () => {
    const page = await newcomer.open({ reducedMotion: 'reduce', hash: '#pod=tasks' });
    expect(await page.evaluate('document.getAnimations().length')).to.equal(0);
    await page.context().close();
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
