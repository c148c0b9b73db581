import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf } from './audit.ts';
import { aNewcomer, fitsItsWidth, hasChromium, type Newcomer } from './browser.ts';

describe('writing on the page', () => {
  if (!hasChromium) {
    it.skip('completes names, grows with the text, and keeps files until they are sent (needs Chromium)');
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
  const list = () => page.locator('#channel-suggestions');
  const choice = (name: string) => list().getByRole('option', { name });
  const article = (text: string) => page.getByRole('article').filter({ hasText: text });
  const form = () => page.locator('#channel-form');
  const staged = () => form().getByRole('list', { name: 'Files to send' });
  const file = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('size,count\n') });
  const clear = async () => {
    await box().fill('');
    await page.keyboard.press('Escape');
  };

  it('completes a name with Enter, and sends with the next (needs Chromium)', async () => {
    await box().click();
    await page.keyboard.type('@be');
    await choice('Ben Okafor').waitFor();
    expect(await box().getAttribute('aria-activedescendant')).to.equal(await choice('Ben Okafor').getAttribute('id'));
    await page.keyboard.press('Enter');
    expect(await box().inputValue()).to.equal('@ben ');
    await page.keyboard.type('van at six?');
    await page.keyboard.press('Enter');
    await article('van at six?').getByText('@Ben Okafor').waitFor();
    expect(await box().inputValue()).to.equal('');
  });

  it('is walked through with the arrows, closed with Escape, chosen with Tab or the pointer (needs Chromium)', async () => {
    await page.keyboard.type('ask @');
    await choice('Pilot').waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await list().locator('[aria-selected=true]').innerText()).to.include('Skein');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = await list().locator('[aria-selected=true] .choice-detail').innerText();
    await page.keyboard.press('Tab');
    expect(await box().inputValue()).to.equal(`ask ${second} `);
    await box().and(page.locator(':focus')).waitFor();
    await page.keyboard.type('and @');
    await choice('Pilot').waitFor();
    await page.keyboard.press('Escape');
    await list().waitFor({ state: 'hidden' });
    await clear();
    await page.keyboard.type('#sup');
    await choice('support').click();
    expect(await box().inputValue()).to.equal('#support ');
    await clear();
  });

  it('closes with Escape without closing the thread it stands in (needs Chromium)', async () => {
    await page.getByRole('button', { name: /3 replies to Ada/ }).click();
    const reply = page.getByPlaceholder('Reply in the thread');
    await reply.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('@sc');
    await page.locator('#thread-suggestions').getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#thread-suggestions').waitFor({ state: 'hidden' });
    expect(await reply.isVisible()).to.equal(true);
    await reply.fill('');
    await page.keyboard.press('Escape');
    await reply.waitFor({ state: 'hidden' });
  });

  it('offers the commands that there are, and gives one (needs Chromium)', async () => {
    await box().click();
    await page.keyboard.type('/');
    for (const usage of ['/skein pods', '/skein tasks', '/skein digest', '/skein help', '/skein pod new'])
      await choice(usage).first().waitFor();
    await page.keyboard.type('pods');
    await choice('/skein pods').waitFor();
    await page.keyboard.press('Enter');
    expect(await box().inputValue()).to.equal('/skein pods');
    await page.keyboard.press('Enter');
    await article('Only visible to you').last().waitFor();
  });

  it('has no fault of accessibility while it is open, and fits a narrow page (needs Chromium)', async () => {
    await page.keyboard.type('@');
    await choice('Pilot').waitFor();
    expect(await faultsOf(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await fitsItsWidth(page, 'suggestions');
    await page.setViewportSize({ width: 1440, height: 900 });
    await clear();
  });

  it('grows with a long line, up to a part of the window (needs Chromium)', async () => {
    const height = async () => (await box().boundingBox())?.height ?? 0;
    const before = await height();
    await box().fill('a long line without an end '.repeat(12));
    const grown = await height();
    expect(grown).to.be.greaterThan(before * 2);
    await box().fill('a long line without an end '.repeat(400));
    expect(await height()).to.be.within(grown, 260);
    await box().fill('');
    expect(await height()).to.equal(before);
  });

  it('keeps what is attached until it is sent, all in one message (needs Chromium)', async () => {
    await form()
      .getByLabel('Attach a file')
      .setInputFiles([file('boxes.csv'), file('wrong.csv'), file('flour.csv')]);
    await staged().getByRole('button', { name: 'Remove wrong.csv' }).click();
    await box().fill('both lists');
    expect(await article('boxes.csv').count()).to.equal(0);
    await form().getByRole('button', { name: 'Send' }).click();
    const sent = article('both lists');
    for (const name of ['boxes.csv', 'flour.csv']) await sent.getByRole('link', { name }).waitFor();
    expect(await sent.getByText('wrong.csv').count()).to.equal(0);
    expect(await staged().isVisible()).to.equal(false);
  });

  it('takes what is pasted and what is dropped, and sends files without a word (needs Chromium)', async () => {
    const give = (event: string, carried: string, name: string) =>
      page.evaluate(`{
        const data = new DataTransfer();
        data.items.add(new File(['x'], '${name}', { type: 'image/png' }));
        const init = { bubbles: true, cancelable: true, ${carried}: data };
        document.querySelector('#channel-box').dispatchEvent(new ${event});
      }`);
    await give("ClipboardEvent('paste', init)", 'clipboardData', 'pasted.png');
    await give("DragEvent('drop', init)", 'dataTransfer', 'dropped.png');
    for (const name of ['pasted.png', 'dropped.png']) await staged().getByText(name).waitFor();
    await box().press('Enter');
    const sent = article('pasted.png');
    await sent.getByRole('link', { name: 'dropped.png' }).waitFor();
  });

  it('keeps files in their conversation, and marks where something was begun (needs Chromium)', async () => {
    const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name });
    await form()
      .getByLabel('Attach a file')
      .setInputFiles([file('later.csv')]);
    await box().fill('half a thought');
    await place(/^support/).click();
    await page.getByRole('heading', { name: '#support' }).waitFor();
    expect(await staged().isVisible()).to.equal(false);
    await place(/^launch.*draft/).click();
    await staged().getByText('later.csv').waitFor();
    expect(await place(/draft/).count()).to.equal(0);
    await staged().getByRole('button', { name: 'Remove later.csv' }).click();
    await box().fill('');
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
