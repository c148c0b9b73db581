// Starting a workflow: the tasks and their order, who has which, and what it keeps of the version that it began with.
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { makePoll } from '../../../src/due/poll.ts';
import { Conflict, InvalidInput, NotFound } from '../../../src/errors.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { makeLogger } from '../../../src/logger.ts';
import { importWorkflows } from '../../../src/manifests/import-workflows.ts';
import { parseWorkflowManifest, type WorkflowManifest } from '../../../src/manifests/workflow-manifest.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { dueRepeats } from '../../../src/pods/tasks/repeats/due.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { STARTED_WORKFLOWS } from '../../../src/pods/workflows/started.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

const FILES = resolve(import.meta.dirname, '../../../templates/workflows');

async function shipped(): Promise<{ input: WorkflowManifest; hash: string }[]> {
  const names = await readdir(FILES);
  return Promise.all(
    names.map(async (name) => {
      const read = parseWorkflowManifest({
        file: `templates/workflows/${name}`,
        text: await readFile(join(FILES, name), 'utf8'),
      });
      if (read.kind === 'faulty') throw new Error(read.problems.join('\n'));
      return { input: read.manifest, hash: name };
    }),
  );
}

describe('a workflow', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, await shipped());
    world.delivered.length = 0;
  });

  const CHANGE = { workflow: 'change-to-release', about: 'Passkeys at login' };
  const ROLES = ['developer: scribe', 'security: pilot', 'qa: ben', 'owner: ada'];
  const starts = (input: object = {}, by: ParticipantId = world.ada): Promise<Json> =>
    world.does(by, 'start_workflow', { ...CHANGE, roles: ROLES, ...input });
  const tasks = (): Promise<TaskDoc[]> =>
    makeReader(world.store).find(TASKS, { where: { pod: world.pod }, sort: [['number', 'asc']] });
  const text = async (ref: string | undefined) => (await makeReader(world.store).texts([ref])).get(ref ?? '');
  const task = async (number: number) => (await tasks()).find((one) => one.number === number) as TaskDoc;
  const wakes = () =>
    world.delivered.splice(0).flatMap((one) => (one.kind === 'wake' ? [one.agent] : [])) as ParticipantId[];
  const item = async (who: ParticipantId, number: number) =>
    world.doc(NEEDS, needId(world.pod, who as never, { on: TASKS.name, id: (await task(number)).id }));
  const done = (by: ParticipantId, number: number, note?: string) =>
    world.does(by, 'complete_task', { task: `${number}`, ...(note ? { note } : {}) });

  it('is one task of the whole and a part of it for each step, in their order', async () => {
    const { workflow } = await starts();
    expect(workflow).to.deep.include({ name: 'change-to-release', version: 1, task: 1 });
    const all = await tasks();
    expect(await Promise.all(all.map(async (one) => `#${one.number} ${await text(one.titleRef)}`))).to.deep.equal([
      '#1 A change, from development to security to QA: Passkeys at login',
      '#2 Build: Passkeys at login',
      '#3 Security of: Passkeys at login',
      '#4 QA of: Passkeys at login',
      '#5 Decide on the release of: Passkeys at login',
    ]);
    expect(all.map(({ assignee }) => assignee)).to.deep.equal([
      world.ada,
      world.scribe,
      world.pilot,
      world.ben,
      world.ada,
    ]);
    expect(all.map(({ waitsFor = [] }) => waitsFor.map(({ number }) => number))).to.deep.equal([
      [],
      [],
      [2],
      [3],
      [3, 4],
    ]);
    expect(all.map(({ parentNumber }) => parentNumber)).to.deep.equal([undefined, 1, 1, 1, 1]);
    expect(all.map(({ due }) => due)).to.deep.equal([
      undefined,
      '2026-11-05',
      '2026-11-07',
      '2026-11-09',
      '2026-11-10',
    ]);
    expect(await text(all[2]?.body)).to.include('reopen #2 with what, where, and how to see it');
  });

  it('sets to work whoever begins, and nobody else', async () => {
    await starts();
    expect(wakes()).to.deep.equal([world.scribe]);
    expect(await item(world.ben, 4)).to.deep.include({ state: 'open', reason: 'assigned' });
  });

  it('is one conversation, whose first messages are its card and its steps', async () => {
    await starts();
    const all = await tasks();
    expect(new Set(all.map(({ conversation }) => conversation)).size).to.equal(1);
    const messages = await makeReader(world.store).find(MESSAGES, {
      where: { conversation: all[0]?.conversation ?? '' },
    });
    const said = await Promise.all(messages.map(async ({ body }) => text(body || undefined)));
    expect(said).to.have.members([
      '#1 “A change, from development to security to QA: Passkeys at login”. It is with Ada Lindqvist.',
      [
        'Brings one change through development, a look at its security, and QA; what is found goes back to whoever built it.',
        '',
        '- #2 Build: Passkeys at login – Scribe',
        '- #3 Security of: Passkeys at login – Pilot, after #2',
        '- #4 QA of: Passkeys at login – Ben Okafor, after #3',
        '- #5 Decide on the release of: Passkeys at login – Ada Lindqvist, after #3 and #4',
      ].join('\n'),
      'Ada Lindqvist gave #2 “Build: Passkeys at login” to @scribe, due Thu 5 Nov.',
    ]);
  });

  it('goes on by itself from step to step, and the whole is done after its parts', async () => {
    await starts();
    wakes();
    expect((await refusal(world.does(world.ben, 'start_task', { task: '4' }))).message).to.include('#4 waits for #3');
    await done(world.scribe, 2, 'It is in branch passkeys');
    expect(wakes()).to.deep.equal([world.pilot]);
    await done(world.pilot, 3);
    expect(await item(world.ben, 4)).to.deep.include({ state: 'open', reason: 'unblocked' });
    const early = await refusal(done(world.ada, 1));
    expect(early).to.be.instanceOf(Conflict);
    expect(early.message).to.include('#4 and #5');
    await done(world.ben, 4);
    expect((await task(5)).waitsFor).to.equal(undefined);
    await done(world.ada, 5);
    await done(world.ada, 1);
    expect((await task(1)).state).to.equal('done');
  });

  it('goes back to who built it, and waits again until that is mended', async () => {
    await starts();
    await done(world.scribe, 2);
    wakes();
    await world.does(world.pilot, 'reopen_task', { task: '2', note: 'A stranger can enrol a key' });
    expect(wakes()).to.deep.equal([world.scribe]);
    expect((await task(3)).waitsFor?.map(({ number }) => number)).to.deep.equal([2]);
    expect((await refusal(done(world.pilot, 3))).message).to.include('#3 waits for #2');
    await done(world.scribe, 2, 'Mended');
    expect(wakes()).to.deep.equal([world.pilot]);
    await done(world.pilot, 3);
  });

  it('lets people and agents take each other’s place at any step', async () => {
    await starts();
    await done(world.scribe, 2);
    wakes();
    await world.does(world.ada, 'assign_task', { task: '3', assignee: 'ben' });
    expect(await item(world.ben, 3)).to.deep.include({ state: 'open', reason: 'assigned' });
    await world.does(world.ada, 'assign_task', { task: '4', assignee: 'scribe' });
    expect(wakes(), 'it waits still').to.deep.equal([]);
    await done(world.ben, 3);
    expect(wakes()).to.deep.equal([world.scribe]);
  });

  it('keeps the version that it began with, and the next one is started by the newest', async () => {
    const { workflow } = await starts();
    const [file] = (await shipped()).filter(({ input }) => input.name === 'change-to-release');
    const newer = { ...file?.input, steps: file?.input.steps.slice(0, 1), roles: file?.input.roles.slice(0, 1) };
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, [
      { input: newer as WorkflowManifest, hash: '2' },
    ]);
    const stands = await world.doc(STARTED_WORKFLOWS, workflow.id);
    expect(stands).to.deep.include({ version: 1, name: 'change-to-release' });
    expect(stands?.definition.steps.map(({ id }) => id)).to.deep.equal(['build', 'secure', 'try', 'release']);
    expect(await tasks()).to.have.length(5);
    const again = await starts({ roles: ['developer: ben'] });
    expect(again.workflow).to.deep.include({ version: 2, task: 6 });
    expect(again.workflow.steps).to.have.length(1);
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, []);
    expect(await refusal(starts())).to.be.instanceOf(NotFound);
  });

  it('is filled in once: words of people are no fields', async () => {
    await starts({ about: 'Use {{release}} and {{about}}' });
    expect(await text((await task(2)).titleRef)).to.equal('Build: Use {{release}} and {{about}}');
  });

  it('gives a role that nobody names to its usual member, if that one is here', async () => {
    await world.does(world.ada, 'start_workflow', {
      ...{ workflow: 'weekly slides', roles: ['researcher: pilot', 'contributor: Ben Okafor', 'presenter: @ada'] },
    });
    expect((await task(3)).assignee).to.equal(world.scribe);
    expect(await text((await task(1)).titleRef)).to.equal('Weekly slides: Mon 2 Nov');
  });

  it('is started by an agent for a person, who is the one that gave its tasks', async () => {
    const { conversation } = (await world.does(world.ada, 'start_conversation', {
      title: 'Login',
      text: '@pilot start it',
    })) as Json;
    const id = conversation.id as string;
    await world.does(
      world.pilot,
      'start_workflow',
      { ...CHANGE, roles: ROLES },
      { onBehalfOf: world.ada, conversation: id },
    );
    const all = await tasks();
    expect(new Set(all.map((one) => one.conversation))).to.deep.equal(new Set([id]));
    expect(all.map(({ givenBy }) => givenBy)).to.deep.equal(Array(5).fill(world.ada));
    expect(all[0]?.assignee).to.equal(world.ada);
  });

  for (const [what, input, error, words] of [
    [
      'roles that nobody has',
      { roles: ['developer: scribe', 'qa: ben'] },
      InvalidInput,
      'Nobody has the role security (Looks for what could be misused), nor the role owner (Decides whether it is released). Name a person or an agent of this pod for it, as in “security: Ada”.',
    ],
    [
      'a misspelt role',
      { roles: ['develper: scribe'] },
      InvalidInput,
      'This workflow has no role “develper”. Did you mean developer?',
    ],
    [
      'a line that fills none',
      { roles: ['scribe'] },
      InvalidInput,
      '“scribe” fills no role. Write a role and a member, as in “developer: Ada”.',
    ],
    ['somebody who is not here', { roles: ['developer: zoe'] }, NotFound, 'Zoe Marsh (@zoe) is not in this pod.'],
    [
      'a misspelt name',
      { workflow: 'change-to-relase' },
      NotFound,
      'Did you mean change-to-release? There are: change-to-release (roles: developer, security, qa, owner); customer-question',
    ],
    [
      'a schedule that it has not',
      { repeat: true },
      InvalidInput,
      'change-to-release has no schedule. Start it without repeat, and set by repeat_task when it comes again.',
    ],
  ] as const)
    it(`is refused with ${what}`, async () => {
      const refused = await refusal(starts(input));
      expect(refused).to.be.instanceOf(error);
      expect(refused.message).to.include(words);
      expect(await tasks()).to.deep.equal([]);
    });

  describe('on its schedule', () => {
    const SLIDES = { workflow: 'weekly-slides', repeat: true };
    const WHO = ['researcher: pilot', 'editor: scribe', 'contributor: ben', 'presenter: ada'];
    const comes = async (time: string) => {
      world.clock.now = Date.parse(`${time}Z`);
      const logger = makeLogger(() => undefined, Date.now);
      const deps = { act: world.act, read: makeReader(world.store), clock: () => world.clock.now, logger };
      await makePoll({ things: [dueRepeats], ...deps })(new AbortController().signal);
    };
    const finishes = async (first: number) => {
      for (const [n, by] of [world.pilot, world.scribe, world.ben, world.scribe, world.ada].entries())
        await done(by, first + n);
    };

    it('is started anew each week, and the whole of the week before is done with its parts', async () => {
      const { repeats, next } = (await world.does(world.ada, 'start_workflow', { ...SLIDES, roles: WHO })) as Json;
      expect([repeats, next]).to.deep.equal(['every Monday at 09:00 (UTC)', '2026-11-09T09:00Z']);
      await finishes(2);
      wakes();
      await comes('2026-11-09T09:00');
      await comes('2026-11-09T09:01');
      const all = await tasks();
      expect(all).to.have.length(12);
      expect(all[0]?.state).to.equal('done');
      expect(await text(all[6]?.titleRef)).to.equal('Weekly slides: Mon 9 Nov');
      expect(all.slice(6).map(({ assignee }) => assignee)).to.deep.equal([
        world.ada,
        world.pilot,
        world.scribe,
        world.ben,
        world.scribe,
        world.ada,
      ]);
      expect(wakes()).to.deep.equal([world.pilot]);
    });

    it('joins the day while a part is open, with one line and one open item', async () => {
      await world.does(world.ada, 'start_workflow', { ...SLIDES, roles: WHO });
      await comes('2026-11-09T09:00');
      expect(await tasks()).to.have.length(6);
      expect(await item(world.ada, 1)).to.deep.include({ state: 'open', reason: 'repeated' });
    });

    it('goes on without somebody who has left: their step is with nobody, and its owner hears of that', async () => {
      await world.does(world.ada, 'start_workflow', { ...SLIDES, roles: WHO });
      await finishes(2);
      await world.does(world.ada, 'remove_member', { who: 'ben' });
      await comes('2026-11-09T09:00');
      expect((await task(10)).assignee).to.equal(undefined);
      expect(await item(world.ada, 7)).to.deep.include({ state: 'open', left: world.ben });
    });
  });
});
