// The runs of a pod, on the page: drawn from given runs, and controlled in a real browser while an agent is at work.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { aModelFront, type ModelFront } from '../../journeys/model-front.ts';
import { faultsOf } from './audit.ts';
import { aNewcomer, fitsItsWidth, hasChromium, type Newcomer } from './browser.ts';
import { elements, info, load, textIn } from './load.ts';

const now = new Date(2026, 10, 21, 12, 0);

describe('the runs of a pod, drawn', () => {
  const run = {
    agent: 'Scribe',
    conversation: 'c1',
    title: 'Launch',
    since: '2026-11-21T10:00',
    steps: 3,
    tokens: 12_400,
  };
  const nodes = async (runs: object[], pod: object = {}) => {
    const { runsNodes } = await load('pod/runs.js');
    return runsNodes({ runs, ...pod }, { info, now });
  };
  const does = (all: Parameters<typeof elements>[0]) => elements(all).flatMap(({ attrs }) => attrs['data-do'] ?? []);

  it('says what each does, for whom and what people want of it, and offers only what can be done about it', async () => {
    const instructions = [
      { as: 'i4', by: 'Ada Lindqvist', at: '2026-11-21T10:00', state: 'replaced', words: 'Write it brown' },
      { as: 'i7', by: 'Ben Okafor', at: '2026-11-21T10:01', state: 'kept', words: 'No, green' },
      { as: 'i8', by: 'Ben Okafor', at: '2026-11-21T10:02', state: 'open' },
    ];
    const shown = await nodes(
      [
        { ...run, id: 'r1', state: 'working', woken_by: 'Ada Lindqvist', last: 'write_file', instructions },
        {
          ...run,
          id: 'r2',
          state: 'waiting',
          waits_for: 'people',
          paused_by: ['Ada Lindqvist', 'Ben Okafor'],
          messages_wait: 2,
        },
        { ...run, id: 'r3', state: 'waiting', waits_for: 'people', taken_by: 'Ben Okafor' },
        { ...run, id: 'r4', state: 'waiting', waits_for: 'questions', questions: ['q3'], steps: 1 },
        { ...run, id: 'r5', state: 'waiting', waits_for: 'model', until: '2026-11-21T12:05' },
        { ...run, id: 'r6', state: 'answered', ended: '2026-11-21T10:30' },
        { ...run, id: 'r7', state: 'stopped', ended: '2026-11-21T10:40' },
        { ...run, id: 'r8', state: 'silent', ended: '2026-11-21T10:50' },
      ],
      { info: { threads: { c1: '1.000001' } } },
    );
    const text = textIn(shown);
    expect(text)
      .to.match(/^At work 5/)
      .and.match(/Lately 2/);
    expect(text).to.include(
      'Scribe in “Launch”At work since 10:00for Ada Lindqvist3 steps, last: write_file12,400 tokens',
    );
    expect(text).to.include(
      '“Write it brown” Ada Lindqvist, 10:00 · replaced“No, green” Ben Okafor, 10:01 · kept(erased)',
    );
    expect(text).to.include('Paused by Ada Lindqvist, Ben Okafor; 2 messages wait until it goes on; it began at 10:00');
    expect(text).to.include('Ben Okafor has taken its work over; it began at 10:00');
    expect(text).to.include('Waits for an answer to q3; it began at 10:00').and.include('1 step12,400');
    expect(text).to.include('Waits for the model, and tries again at 12:05');
    expect(text).to.include('Answered at 10:30').and.include('Stopped at 10:40').and.not.include('10:50');
    expect(does(shown)).to.deep.equal([
      ...['pause-run', 'take-over-run', 'stop-run', 'thread-of'],
      ...['resume-run', 'take-over-run', 'stop-run', 'thread-of'],
      ...['hand-back-run', 'stop-run', 'thread-of'],
      ...['pause-run', 'take-over-run', 'stop-run', 'thread-of'],
      ...['pause-run', 'take-over-run', 'stop-run', 'thread-of'],
      ...['thread-of', 'thread-of'],
    ]);
  });

  it('says how one begins where there is none', async () => {
    expect(textIn(await nodes([]))).to.equal('No agent has worked here lately. Name one in a message, and it begins.');
  });
});

describe('the runs of a pod, on the page', () => {
  if (!hasChromium) {
    it.skip('are paused, taken over, handed back and stopped there (needs Chromium)');
    return;
  }
  let newcomer: Newcomer;
  let model: ModelFront;
  let page: Page;
  let held: ReturnType<ModelFront['hold']>;
  before(async () => {
    model = await aModelFront();
    newcomer = await aNewcomer(model.settings);
    held = model.hold();
    const { team } = newcomer;
    const thread = await team.say('ben', 'launch', '@scribe write the sign for the gate, brown on white');
    await held.asked;
    await team.say('ada', 'launch', 'No, green please', thread);
    await team.say('ben', 'launch', '@pilot add a task: ring the printer');
    const { users } = await team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const chiara = users.find(({ name }) => name === 'Chiara Rossi')?.id;
    page = await newcomer.open({ hash: `#as=${chiara}&pod=runs` });
  });
  after(async () => {
    held?.pass();
    await newcomer?.leave();
    await model?.stop();
  });

  const pod = () => page.getByRole('region', { name: 'launch', exact: true });
  const row = (agent: string) => pod().locator('.run-row').filter({ hasText: agent });
  const press = (agent: string, name: string) =>
    row(agent)
      .getByRole('button', { name: `${name}: ${agent}`, exact: true })
      .click();

  it('lists who is at work, for whom, and what different people want of it (needs Chromium)', async () => {
    await pod()
      .getByRole('tab', { name: /^Runs 2$/ })
      .waitFor();
    await pod()
      .getByRole('list', { name: /^At work/ })
      .waitFor();
    const scribe = row('Scribe').filter({ hasText: 'for Ben Okafor' });
    await scribe.getByText(/^At work since/).waitFor();
    const wishes = scribe.getByRole('list', { name: 'What people want of Scribe' });
    await wishes.getByText('“No, green please”').waitFor();
    expect(await wishes.getByRole('listitem').allTextContents()).to.have.length(2);
    await row('Pilot').getByText('for Ben Okafor').waitFor();
  });

  it('is without faults of accessibility, light and dark, wide and narrow (needs Chromium)', async () => {
    const views = [
      ['light', 1440],
      ['dark', 1440],
      ['light', 360],
    ] as const;
    for (const [colorScheme, width] of views) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      // On a narrow page one part is to be seen, and it is not the pod yet.
      const opens = page.getByRole('button', { name: 'Pod', exact: true });
      while (!(await pod().isVisible())) await opens.click();
      await pod().getByRole('tab', { name: /^Runs/ }).click();
      await row('Scribe').waitFor();
      expect(await faultsOf(page, { colours: colorScheme === 'dark' }), `${colorScheme}, ${width}`).to.deep.equal([]);
      await fitsItsWidth(page, `${width} px`);
      const shots = process.env.SKEIN_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/runs-${colorScheme}-${width}.png` });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('pauses one, lets it go on, takes its work over and hands it back with a note (needs Chromium)', async () => {
    await press('Scribe', 'Pause');
    await row('Scribe')
      .getByText(/^Paused by Chiara Rossi/)
      .waitFor();
    await press('Scribe', 'Go on');
    await row('Scribe')
      .getByText(/^At work since/)
      .waitFor();
    await press('Scribe', 'Take over');
    await row('Scribe')
      .getByText(/^Chiara Rossi has taken its work over/)
      .waitFor();
    expect(
      await row('Scribe')
        .getByRole('button', { name: /Pause|Take over/ })
        .count(),
    ).to.equal(0);
    await press('Scribe', 'Hand back…');
    await page.getByLabel('What you did, and what is to be done now').fill('The sign is green now.');
    await page.getByRole('button', { name: 'Hand it back' }).click();
    await row('Scribe')
      .getByText(/^At work since/)
      .waitFor();
    await row('Scribe')
      .getByText(/The sign is green now/)
      .waitFor();
  });

  it('stops one, leads to its thread, and hears what is done elsewhere (needs Chromium)', async () => {
    await press('Pilot', 'Stop');
    await page.getByText('Pilot is stopped.').waitFor();
    await pod()
      .getByRole('list', { name: /^Lately/ })
      .getByText(/^Stopped at/)
      .waitFor();
    await row('Scribe')
      .getByRole('button', { name: /^Open the thread/ })
      .click();
    const thread = page.getByRole('region', { name: 'Thread', exact: true });
    // Its card, which comes after a while, quotes it too.
    await thread.getByText('No, green please').first().waitFor();
    const { runs } = await newcomer.team.post<{ runs: { conversation: string; agent: string }[] }>('/practice/act', {
      ...{ as: 'ben', pod: 'launch', action: 'list_runs', input: { state: 'live' } },
    });
    const conversation = runs.find(({ agent }) => agent === 'Scribe')?.conversation;
    const input = { conversation, agent: 'scribe' };
    await newcomer.team.post('/practice/act', { as: 'ben', pod: 'launch', action: 'pause_run', input });
    await row('Scribe')
      .getByText(/^Paused by Ben Okafor/)
      .waitFor();
    expect(newcomer.problems).to.deep.equal([]);
  });
});
