// Starting a workflow: the tasks and their order, who has which, and what it keeps of the version that it began with.
import { expect } from 'chai';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { makePoll } from '../../../src/due/poll.ts';
import { Conflict, InvalidInput, NotFound } from '../../../src/errors.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { makeLogger } from '../../../src/logger.ts';
import { importWorkflows } from '../../../src/manifests/import-workflows.ts';
import type { WorkflowManifest } from '../../../src/manifests/workflow-manifest.ts';
import { noticeWords } from '../../../src/outbox/notices/notice-words.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { readStops } from '../../../src/pods/involvement/checkpoints.ts';
import { DECIDING, NEEDS, needId, STEPS } from '../../../src/pods/needs/need.ts';
import { dueRepeats } from '../../../src/pods/tasks/repeats/due.ts';
import { TASKS, type TaskDoc } from '../../../src/pods/tasks/task.ts';
import { STARTED_WORKFLOWS } from '../../../src/pods/workflows/started.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';
import { shippedWorkflows } from './shipped.ts';

describe('a workflow', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, await shippedWorkflows());
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

  it('is not started with a reviewer that has no tool to answer', async () => {
    await world.does(world.ada, 'update_agent', { agent: 'pilot', tools: ['read_pod'] });
    expect((await refusal(starts())).message).to.include('Pilot can’t review: it does not have approve and send_back');
    expect(await tasks()).to.deep.equal([]);
  });

  it('that is dropped takes its steps along, which nobody has to say, and brings them back', async () => {
    await starts();
    await world.does(world.ada, 'drop_task', { task: '#1', reason: 'No passkeys' });
    expect((await tasks()).map(({ state }) => state)).to.deep.equal(['dropped', 'dropped', 'dropped', 'dropped']);
    wakes();
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    expect((await tasks()).map(({ state }) => state)).to.deep.equal(['open', 'open', 'open', 'open']);
    expect(wakes()).to.deep.equal([world.scribe]);
  });

  it('is one task of the whole and a part of it for each step, in their order', async () => {
    const { workflow } = await starts();
    expect(workflow).to.deep.include({ name: 'change-to-release', version: 1, task: 1 });
    const all = await tasks();
    expect(await Promise.all(all.map(async (one) => `#${one.number} ${await text(one.titleRef)}`))).to.deep.equal([
      '#1 A change, from development to security to QA: Passkeys at login',
      '#2 Build: Passkeys at login',
      '#3 Bring through QA: Passkeys at login',
      '#4 Decide on the release of: Passkeys at login',
    ]);
    expect(all.map(({ assignee }) => assignee)).to.deep.equal([world.ada, world.scribe, world.scribe, world.ada]);
    expect(all.map(({ waitsFor = [] }) => waitsFor.map(({ number }) => number))).to.deep.equal([[], [], [2], [2, 3]]);
    expect(all.map(({ parentNumber }) => parentNumber)).to.deep.equal([undefined, 1, 1, 1]);
    expect(all.map(({ due }) => due)).to.deep.equal([undefined, '2026-11-05', '2026-11-08', '2026-11-10']);
    expect(await text(all[2]?.body)).to.include('reopen #2 with what it is');
    expect(all.map(({ review }) => review?.reviewers)).to.deep.equal([
      undefined,
      [world.pilot],
      [world.ben],
      undefined,
    ]);
  });

  it('sets to work whoever begins, and nobody else', async () => {
    await starts({ roles: [...ROLES.slice(0, 3), 'owner: ben'] });
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
      '#1 “A change, from development to security to QA: Passkeys at login”.',
      [
        'Brings one change through development, security and QA; what they find goes back to whoever built it, at most three times each.',
        '',
        '- #2 Build: Passkeys at login – Scribe, reviewed by Pilot, stops at “plan” for Ada Lindqvist',
        '- #3 Bring through QA: Passkeys at login – Scribe, after #2, reviewed by Ben Okafor',
        '- #4 Decide on the release of: Passkeys at login – Ada Lindqvist, after #2 and #3',
      ].join('\n'),
      'Ada Lindqvist gave #2 “Build: Passkeys at login” to @scribe, due Thu 5 Nov.',
    ]);
  });

  /** Ada lets the builder go on without a stop at the plan. */
  const passes = () => world.does(world.ada, 'set_involvement', { task: '2', level: 'digest' });
  /** Whoever has the step shows it, and its reviewer approves it. */
  const approved = async (by: ParticipantId, number: number, reviewer: ParticipantId) => {
    await world.does(by, 'request_review', { task: `${number}`, note: 'It is in branch passkeys' });
    await world.does(reviewer, 'approve', { task: `${number}` });
  };

  it('goes on by itself from step to step, and the whole is done after its parts', async () => {
    await starts();
    wakes();
    const early = (await refusal(world.does(world.ada, 'complete_task', { task: '4' }))).message;
    expect(early).to.include('#4 waits for #2 and #3');
    await passes();
    await approved(world.scribe, 2, world.pilot);
    expect(wakes(), 'the reviewer, then who built it').to.deep.equal([world.pilot, world.scribe]);
    await done(world.scribe, 2);
    await approved(world.scribe, 3, world.ben);
    const open = await refusal(done(world.ada, 1));
    expect(open).to.be.instanceOf(Conflict);
    expect(open.message).to.include('#3 and #4');
    await done(world.scribe, 3);
    expect(await item(world.ada, 4)).to.deep.include({ state: 'open', reason: 'unblocked' });
    await done(world.ada, 4);
    await done(world.ada, 1);
    expect((await task(1)).state).to.equal('done');
  });

  it('goes back to who built it, three times, and then its giver is asked', async () => {
    await starts();
    await passes();
    expect((await refusal(done(world.scribe, 2))).message).to.equal(
      '#2 is to be reviewed by Pilot, so it is not done yet. request_review asks them.',
    );
    for (const round of [1, 2, 3]) {
      await world.does(world.scribe, 'request_review', { task: '2', note: `Round ${round}` });
      wakes();
      await world.does(world.pilot, 'send_back', { task: '2', comments: 'A stranger can enrol a key' });
      expect(wakes()).to.deep.equal(round < 3 ? [world.scribe] : []);
      expect((await refusal(done(world.scribe, 2))).message).to.include('sent back by Pilot');
    }
    const asked = await world.doc(NEEDS, needId(world.pod, world.ada, { on: DECIDING, id: (await task(2)).id }));
    expect(asked).to.deep.include({ state: 'open', reason: 'rounds' });
    expect((await task(3)).waitsFor?.map(({ number }) => number)).to.deep.equal([2]);
    await done(world.ada, 2, 'We take it as it is');
    expect((await task(3)).waitsFor).to.equal(undefined);
  });

  it('is held to its review also where people do it: they show it, and end no review of their own', async () => {
    await starts({ roles: ['developer: ben', 'security: pilot', 'qa: ada', 'owner: ada'] });
    wakes();
    expect((await refusal(done(world.ben, 2))).message).to.equal(
      '#2 is to be reviewed by Pilot, so it is not done yet. Say “#2 ask for review”, and they are asked.',
    );
    await world.does(world.ben, 'request_review', { task: '2' });
    expect(wakes()).to.deep.equal([world.pilot]);
    expect((await refusal(done(world.ben, 2))).message).to.include('in review by Pilot, round 1 of 3');
    await world.does(world.pilot, 'approve', { task: '2' });
    expect(await item(world.ben, 2)).to.deep.include({ state: 'open', reason: 'approved' });
    await done(world.ben, 2);
    expect((await task(2)).state).to.equal('done');
    await world.does(world.ada, 'assign_task', { task: '3', assignee: 'scribe' });
    await done(world.ada, 3, 'An owner takes it as it is');
    expect((await task(3)).state).to.equal('done');
  });

  it('is passed by nobody but its starter, its owners and those named, where its agent has shown no point; the notice says so', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await starts({}, world.ben);
    const [own] = (await readStops(makeReader(world.store), await task(2))).map(({ name }) => name);
    expect(own).to.equal('plan');
    await world.does(world.ben, 'request_review', { task: '#2' });
    const { binding: _binding, ...review } = (await task(2)).review ?? ({} as never);
    for (const who of review.reviewers) await world.does(who, 'approve', { task: '#2' });
    expect((await refusal(done(world.zoe, 2))).message).to.equal(
      '#2 is not done before “plan” (Ada Lindqvist). Whoever started the workflow, or an owner, can finish it without.',
    );
    await done(world.ben, 2);
    const need = needId(world.pod, world.ada, { on: STEPS, id: (await task(2)).id });
    const deps = { read: makeReader(world.store), texts, links: NO_LINKS, zone: 'UTC', clock: () => world.clock.now };
    const { lines } = await noticeWords(deps, { items: [{ need, pod: world.pod }] });
    expect(lines.join()).to.include('It was closed without Ada Lindqvist’s “plan”.');
  });

  it('is ended as an approved step by its reviewer, and by no other member', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await starts({
      workflow: 'customer-question',
      about: 'Is rye vegan?',
      roles: ['researcher: pilot', 'writer: scribe', 'expert: ben', 'sender: ada'],
    });
    const reviewed = (await tasks()).find(({ review }) => review) as TaskDoc;
    for (const one of reviewed.waitsFor ?? []) await done(world.ada, one.number);
    await world.does(world.ada, 'request_review', { task: `${reviewed.number}` });
    await world.does(world.ben, 'approve', { task: `${reviewed.number}` });
    expect((await refusal(done(world.zoe, reviewed.number))).message).to.include('is a step of a workflow');
    await done(world.ben, reviewed.number);
  });

  it('stops its agent at the checkpoint for those who are named there, and for no agent', async () => {
    await starts();
    const { id, involved, earlier = [] } = await task(2);
    expect(involved?.map(({ who, level }) => [who, level])).to.deep.equal([[world.ada, 'checkpoints']]);
    expect(await text(earlier[0])).to.equal('plan');
    const stops = await readStops(makeReader(world.store), await task(2));
    expect(stops.map(({ who, name }) => [who, name])).to.deep.equal([[world.ada, 'plan']]);
    for (const [action, words] of [
      ['complete_task', '#2 is not done before its checkpoints: “plan” (Ada Lindqvist).'],
      ['request_review', '#2 is not shown for review before its checkpoints: “plan” (Ada Lindqvist).'],
    ] as const)
      expect((await refusal(world.does(world.scribe, action, { task: '2' }))).message).to.include(words);
    expect((await task(3)).involved).to.equal(undefined);
    await starts({ roles: ['developer: scribe', 'security: pilot', 'qa: ben', 'owner: pilot'] });
    expect((await task(6)).involved, 'an agent says no yes').to.equal(undefined);
    world.delivered.length = 0;
    await world.does(world.ada, 'redact', { what: id });
    expect(JSON.stringify(world.delivered), 'erased with its task').to.include(earlier[0]);
  });

  it('attaches the file that a step makes, so that approvals are about its version', async () => {
    const roles = ['researcher: pilot', 'writer: scribe', 'expert: ben', 'sender: ada'];
    await starts({ workflow: 'customer-question', about: 'Sundays', roles });
    await done(world.pilot, 2);
    const put = (text: string, base?: number) =>
      world.does(world.scribe, 'put_file', { name: 'answer-3.md', text, ...(base ? { base } : {}) });
    await put('We do.');
    await world.does(world.scribe, 'request_review', { task: '3' });
    await world.does(world.ben, 'approve', { task: '3' });
    await put('We do, from ten.', 1);
    expect((await task(3)).review?.verdicts, 'there is another version').to.deep.equal([]);
    expect((await refusal(done(world.scribe, 3))).message).to.include('in review by Ben Okafor, round 1 of 3');
    // Another customer's answer is another file: it voids nothing here.
    await starts({ workflow: 'customer-question', about: 'Mondays', roles });
    const filesOf = async (number: number) => (await task(number)).files?.map((id) => id.split('/').at(-1));
    expect(await filesOf(7)).to.not.deep.equal(await filesOf(3));
    expect(await text((await task(7)).body)).to.include('“answer-7.md”');
  });

  it('lets people and agents take each other’s place at any step', async () => {
    await starts();
    await passes();
    await approved(world.scribe, 2, world.pilot);
    await done(world.scribe, 2);
    wakes();
    const toBen = { task: '3', assignee: 'ben' };
    expect((await refusal(world.does(world.ada, 'assign_task', toBen))).message).to.include(
      '#3 is reviewed by Ben Okafor alone, and nobody reviews their own work.',
    );
    await world.does(world.ada, 'request_review', { task: '3', reviewers: ['pilot'] });
    wakes();
    await world.does(world.ada, 'assign_task', toBen);
    expect(await item(world.ben, 3)).to.deep.include({ state: 'open', reason: 'assigned' });
    await world.does(world.ada, 'assign_task', { task: '4', assignee: 'pilot' });
    expect(wakes(), 'it waits still').to.deep.equal([]);
    expect((await refusal(done(world.ben, 3))).message).to.include('in review by Pilot');
    await world.does(world.pilot, 'approve', { task: '3' });
    await done(world.ben, 3);
    expect(wakes()).to.deep.equal([world.pilot]);
  });

  it('keeps the version that it began with, and the next one is started by the newest', async () => {
    const { workflow } = await starts();
    const [file] = (await shippedWorkflows()).filter(({ input }) => input.name === 'change-to-release');
    const [build] = file?.input.steps ?? [];
    const { reviewers: _reviewers, checkpoint: _checkpoint, ...first } = build ?? ({} as never);
    const newer = { ...file?.input, steps: [first], roles: file?.input.roles.slice(0, 1) };
    await importWorkflows({ act: world.act, read: makeReader(world.store) }, [
      { input: newer as WorkflowManifest, hash: '2' },
    ]);
    const stands = await world.doc(STARTED_WORKFLOWS, workflow.id);
    expect(stands).to.deep.include({ version: 1, name: 'change-to-release' });
    expect(stands?.definition.steps.map(({ id }) => id)).to.deep.equal(['build', 'try', 'release']);
    expect(stands?.definition.steps[0]).to.deep.include({
      reviewers: ['security'],
      checkpoint: { name: 'plan', who: ['owner'] },
    });
    expect(await tasks()).to.have.length(4);
    expect((await task(2)).review?.reviewers).to.deep.equal([world.pilot]);
    expect((await refusal(done(world.scribe, 2))).message).to.include('before its checkpoints: “plan”');
    await passes();
    expect((await refusal(done(world.scribe, 2))).message).to.include('is to be reviewed by Pilot');
    const again = await starts({ roles: ['developer: ben'] });
    expect(again.workflow).to.deep.include({ version: 2, task: 5 });
    expect(again.workflow.steps).to.have.length(1);
    const fresh = await task(6);
    expect([fresh.review, fresh.involved]).to.deep.equal([undefined, undefined]);
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
    expect(all.map(({ givenBy }) => givenBy)).to.deep.equal(Array(4).fill(world.ada));
    expect(all[0]?.assignee).to.equal(world.ada);
  });

  for (const [what, input, error, words] of [
    [
      'roles that nobody has',
      { roles: ['developer: scribe', 'qa: ben'] },
      InvalidInput,
      'Nobody has the role security (Looks for what could be misused), nor the role owner (Says yes to the plan, and decides whether it is released). Name a person or an agent of this pod for it, as in “security: Ada”.',
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
    [
      'two roles without a comma',
      { roles: ['developer: @ben qa: @ada'] },
      InvalidInput,
      'A comma is missing before “qa”. Write “developer: …, qa: …”, with a member for each.',
    ],
    [
      'somebody who would review their own work',
      { roles: ['developer: scribe', 'security: scribe', 'qa: ben', 'owner: ada'] },
      InvalidInput,
      'Scribe has the roles developer and security, and nobody reviews their own work (the step build). Name somebody else for one of them.',
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
      for (const [n, by] of [world.pilot, world.scribe, world.ben, world.scribe, world.ada].entries()) {
        if (n === 3) await approved(by, first + n, world.ada);
        await done(by, first + n);
      }
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
