import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf } from './audit.ts';
import { aNewcomer, fitsItsWidth, hasChromium, type Newcomer } from './browser.ts';

describe('the page, used as nobody planned', () => {
  if (!hasChromium) {
    it.skip('stands double clicks, empty sends, long words, reloads, and a server that goes away (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let page: Page;
  before(async () => {
    newcomer = await aNewcomer();
    page = await newcomer.open({ hash: '#pod=tasks' });
  });
  after(() => newcomer?.leave());

  const box = () => page.getByPlaceholder('Message #launch');
  const titled = (title: string) => page.locator('.row-title', { hasText: title });
  /** Not by waitForFunction: the page's policy lets no text be run as a script. */
  const holds = async (expression: string): Promise<void> => {
    while (!(await page.evaluate(expression))) await new Promise((done) => setTimeout(done, 25));
  };
  const said = (text: string) => page.getByRole('main').getByText(text, { exact: true });

  it('opens as the person for whom something waits (needs Chromium)', async () => {
    expect(await page.getByLabel('You are').locator('option:checked').textContent()).to.equal('Chiara Rossi');
  });

  it('takes a double click for one, and sends nothing that is empty (needs Chromium)', async () => {
    await page.getByLabel('New task').fill('Sweep once');
    await page.getByRole('button', { name: 'Add', exact: true }).dblclick();
    await titled('Sweep once').waitFor();
    await page.getByRole('button', { name: /Complete #\d+ Sweep once/ }).dblclick();
    await page.getByRole('list', { name: 'Done' }).getByText('Sweep once').waitFor();
    await box().fill('  \n ');
    await box().press('Enter');
    await box().fill('only once');
    await Promise.all([box().press('Enter'), box().press('Enter')]);
    await said('only once').waitFor();
    await newcomer.team.quiet();
    expect(await titled('Sweep once').count()).to.equal(1);
    expect(await said('only once').count()).to.equal(1);
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).to.equal(0);
  });

  it('breaks the longest word, at 360 px too (needs Chromium)', async () => {
    await box().fill(`${'o'.repeat(1_500)} https://example.org/${'a'.repeat(400)}`);
    await box().press('Enter');
    await page.getByLabel('New task').fill('x'.repeat(280));
    await page.keyboard.press('Enter');
    await titled('xxx').waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    await fitsItsWidth(page, 'a long word');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('keeps my own words in sight, also when a thread takes of their room (needs Chromium)', async () => {
    await page.evaluate("document.querySelector('#channel-scroll').scrollTop = 0");
    await box().fill('@pilot what is open here?');
    await box().press('Enter');
    await page.getByRole('region', { name: 'Thread', exact: true }).getByText('#1 Order 400 boxes').waitFor();
    await page.getByRole('button', { name: '1 reply to Chiara Rossi' }).last().and(page.locator(':visible')).waitFor();
    await holds(`(() => {
      const { scrollTop, scrollHeight, clientHeight } = document.querySelector('#channel-scroll');
      return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 48;
    })()`);
  });

  it('keeps what was begun over a reload (needs Chromium)', async () => {
    await box().fill('half a thought');
    await page.reload();
    await holds("document.querySelector('#channel-box').value === 'half a thought'");
    await box().press('Enter');
    await said('half a thought').waitFor();
    await page.reload();
    await said('half a thought').waitFor();
    expect(await box().inputValue()).to.equal('');
  });

  it('shows what is to be deleted, in a question that looks like one (needs Chromium)', async () => {
    await box().fill('Take this back, @ben');
    await box().press('Enter');
    const message = page.getByRole('article').filter({ hasText: 'Take this back' });
    await message.hover();
    await message.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Take this back, @Ben Okafor').waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete' }).getAttribute('class')).to.include('danger');
    expect(await faultsOf(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('asks for the name of a channel in one line (needs Chromium)', async () => {
    await page.getByRole('button', { name: 'New channel' }).click();
    const name = page.getByRole('dialog').getByRole('textbox');
    expect(await page.evaluate('document.activeElement.tagName')).to.equal('INPUT');
    await name.fill('spring-menu');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '#spring-menu' }).waitFor();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^launch/ })
      .click();
  });

  it('drops whispers when it is loaded anew, as Slack does (needs Chromium)', async () => {
    await box().fill('/skein help');
    await box().press('Enter');
    const whisper = page.getByRole('article').filter({ hasText: 'Only visible to you' });
    await whisper.waitFor();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^general/ })
      .click();
    await page.getByRole('heading', { name: '#general' }).waitFor();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^launch/ })
      .click();
    await whisper.waitFor();
    await page.reload();
    await said('only once').waitFor();
    expect(await whisper.count()).to.equal(0);
    await box().fill('/skein pods');
    await box().press('Enter');
    await whisper.waitFor();
  });

  it('hides what it says about itself, once and for all (needs Chromium)', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const bar = async () => (await page.locator('.notice').boundingBox())?.height ?? 0;
    expect(await bar()).to.be.below(40);
    await page.getByRole('button', { name: 'Hide this notice' }).click();
    await page.getByRole('button', { name: 'Tour', exact: true }).and(page.locator(':focus')).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '#launch' }).waitFor();
    expect(await page.getByText('Practice workspace on this machine').isVisible()).to.equal(false);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('keeps the focus when the tour leads where one is already (needs Chromium)', async () => {
    const there = await newcomer.open({ tour: true });
    await there.evaluate(`localStorage.setItem('skein.tour', '{"done":["ask","see"],"closed":false}')`);
    await there.reload();
    const lead = there.getByRole('button', { name: 'Open my mailbox' });
    const mail = there.getByRole('button', { name: /Paula Brandt/ });
    const title = there.getByRole('heading', { name: 'My mailbox' });
    await lead.click();
    await title.and(there.locator(':focus')).waitFor();
    await mail.waitFor();
    await lead.click();
    await title.and(there.locator(':focus')).waitFor();
    await mail.click();
    await there.getByRole('heading', { name: 'Your 400 boxes: our offer' }).waitFor();
    await lead.click();
    await title.and(there.locator(':focus')).waitFor();
    await there.context().close();
  });

  it('says that the server is away, and goes on when it is back (needs Chromium)', async () => {
    await page.context().setOffline(true);
    await box().fill('while you were away');
    await box().press('Enter');
    await page.locator('#channel-form').getByText('The practice workspace does not answer.').waitFor();
    expect(await box().inputValue()).to.equal('while you were away');
    await page.context().setOffline(false);
    await box().press('Enter');
    await said('while you were away').waitFor();
    newcomer.problems.splice(0, newcomer.problems.length, ...newcomer.problems.filter((one) => !/ERR_/.test(one)));
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
