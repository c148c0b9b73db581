// The page in a real browser: a newcomer writes to an agent and reads its answer.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { type Browser, chromium, type Page } from 'playwright-core';
import { aTeam, type Team } from './team.ts';

const CHROMIUM = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe('the page', function () {
  this.timeout(60_000);
  if (!existsSync(CHROMIUM)) {
    it.skip('shows a mention and its answer (needs chromium)');
    return;
  }
  let team: Team;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  before(async () => {
    team = await aTeam();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(team.url);
  });
  after(async () => {
    await browser?.close();
    await team?.stop();
  });

  it('shows the channels, and what was said before', async () => {
    await page
      .getByRole('link', { name: /launch/ })
      .or(page.getByRole('button', { name: /launch/ }))
      .first()
      .click();
    await page.getByText('rye sourdough subscription').first().waitFor();
  });

  it('sends a mention by keyboard and shows the answer without reload', async () => {
    await page.getByPlaceholder('Message #launch').fill('@scribe what is open here?');
    await page.keyboard.press('Enter');
    await page.getByText('Scribe, last at').waitFor();
    await page
      .getByRole('button', { name: /1 reply/ })
      .last()
      .click();
    await page.getByText('#1 Order 400 boxes').filter({ visible: true }).first().waitFor();
  });

  it('shows the answer to a slash command to the one who asked', async () => {
    await page.getByPlaceholder('Message #launch').fill('/skein tasks');
    await page.keyboard.press('Enter');
    await page.getByText('Only visible to you').first().waitFor();
  });

  it('runs without an error and without asking anybody outside', () => {
    expect(problems).to.deep.equal([]);
  });
});
