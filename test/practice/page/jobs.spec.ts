import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { aNewcomer, hasChromium, type Newcomer } from './browser.ts';

/** The three things Skein is for, and the tour that leads through them, clicked and typed as a newcomer would. */
describe('the page, in the first minute', () => {
  if (!hasChromium) {
    it.skip('shows the three main jobs (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let page: Page;
  before(async () => {
    newcomer = await aNewcomer();
    page = await newcomer.open({ tour: true });
  });
  after(() => newcomer?.leave());

  const tour = () => page.getByRole('region', { name: 'The first minute' });
  const thread = () => page.getByRole('region', { name: 'Thread', exact: true });
  const pod = () => page.getByRole('region', { name: 'launch', exact: true });
  const place = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name });
  const step = (name: string) => tour().getByRole('listitem').filter({ hasText: name });

  it('begins where the agents are, with the tour and the pod beside it (needs Chromium)', async () => {
    await page.getByRole('heading', { name: '#launch' }).waitFor();
    expect(await step('Ask an agent').getAttribute('aria-current')).to.equal('step');
    await pod().getByRole('button', { name: '#1 Order 400 boxes', exact: true }).waitFor();
  });

  it('shows a mention’s answer in a thread that opens by itself, and its task beside it (needs Chromium)', async () => {
    await page.getByPlaceholder('Message #launch').fill('@pilot please add a task for Ben to call the mill by Friday');
    await page.keyboard.press('Enter');
    await thread().getByText('Made: #').waitFor();
    await pod()
      .getByRole('button', { name: /^#\d+ Call the mill$/ })
      .waitFor();
    await step('See answer and task').filter({ hasText: '(done)' }).waitFor();
  });

  it('makes of a forwarded mail a task, a post and an acknowledgement (needs Chromium)', async () => {
    await tour().getByRole('button', { name: 'Open my mailbox' }).click();
    await page.getByRole('button', { name: /Paula Brandt.*400 boxes/ }).click();
    await page.getByRole('button', { name: 'Forward', exact: true }).click();
    await page.getByRole('button', { name: /^launch \(/ }).click();
    await page.keyboard.type('Please say yes – before it gets dearer.');
    await page.getByRole('form', { name: 'Forward' }).getByRole('button', { name: 'Send' }).click();
    await page
      .getByRole('button', { name: /Pilot.*Re: Your 400 boxes/ })
      .last()
      .click();
    await page.getByText('I have taken this on').filter({ visible: true }).last().waitFor();
    await place(/^launch/).click();
    await page.getByRole('article').filter({ hasText: 'Please say yes – before it gets dearer.' }).waitFor();
    await pod()
      .getByRole('button', { name: /^#\d+ Your 400 boxes/ })
      .waitFor();
    await step('Forward a mail').filter({ hasText: '(done)' }).waitFor();
  });

  it('opens what came with the mail, by its name in the post (needs Chromium)', async () => {
    await page
      .getByRole('article')
      .getByRole('link', { name: /offer\.csv/ })
      .click();
    await pod()
      .getByRole('heading', { name: /offer\.csv/ })
      .waitFor();
    await pod().getByText('400,27 November,1.20').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      pod().getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).to.equal('offer.csv');
  });

  it('sends the digest when it is asked for (needs Chromium)', async () => {
    await tour().getByRole('button', { name: 'Write /skein digest' }).click();
    await page.getByPlaceholder('Message #launch').press('Enter');
    const answer = page.getByRole('article').filter({ hasText: 'Your digest is on its way' });
    await answer.getByText('Only visible to you').waitFor();
    await place(/^Skein/).click();
    await page.getByRole('article').filter({ hasText: 'Your digest' }).filter({ hasText: 'Call the mill' }).waitFor();
    await tour().getByText('That is Skein').waitFor();
  });

  it('leads by a permalink to the message that is meant (needs Chromium)', async () => {
    await page.getByRole('article').getByRole('link', { name: 'thread' }).first().click();
    await page.getByRole('heading', { name: '#launch' }).waitFor();
    await thread().getByText('Made: #').waitFor();
  });

  it('closes the tour for good, and opens it again when asked (needs Chromium)', async () => {
    await tour().getByRole('button', { name: 'Close the tour' }).first().click();
    await page.reload();
    await page.getByRole('heading', { name: '#launch' }).waitFor();
    expect(await tour().isVisible()).to.equal(false);
    await page.getByRole('button', { name: 'Tour', exact: true }).click();
    await step('Ask an agent').waitFor();
  });

  it('ran without an error, and asked nobody outside (needs Chromium)', () => {
    expect(newcomer.problems).to.deep.equal([]);
  });
});
