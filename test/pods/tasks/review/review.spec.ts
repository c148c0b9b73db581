// Reviews of tasks: who is asked, who hears what they say, and what ends them.
import { expect } from 'chai';
import type { ParticipantId } from '../../../../src/log/participant.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { NEEDS, type NeedDoc } from '../../../../src/pods/needs/need.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

type Wake = Extract<Delivery, { kind: 'wake' }>;

describe('a review', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'deck.md', text: '# One' });
  });
  const make = async (input: object, by: ParticipantId = world.ada): Promise<string> =>
    `#${(await world.does(by, 'create_task', { title: 'Make the deck', ...input })).task.number}`;
  const wakes = () => world.delivered.splice(0).flatMap((one) => (one.kind === 'wake' ? [(one as Wake).agent] : []));
  const task = async (number = 1): Promise<TaskDoc> =>
    (
      await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod, number } as never })
    )[0] as TaskDoc;
  const refused = async (action: string, input: object, by: ParticipantId) =>
    (await refusal(world.does(by, action, input))).message;
  const items = async (who: string): Promise<string[]> => {
    const all = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who } as never });
    return all.filter(({ state }) => state === 'open' || state === 'news').map(({ reason }) => reason);
  };
  const shown = async (): Promise<string | undefined> =>
    (await world.does(world.ada, 'list_tasks', { state: 'all' })).tasks[0].review;
  const lines = async (): Promise<string[]> => {
    const { conversation } = await task();
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    return messages.map(({ text }: Json) => text);
  };
  /** Scribe has it; Ben and Pilot review it, and look at version 1 of the deck. */
  const reviewed = async (): Promise<void> => {
    await make({ assignee: 'scribe', reviewers: ['ben', 'pilot'] });
    await world.does(world.ada, 'attach_file', { task: '#1', file: 'deck.md' });
    wakes();
    await world.does(world.scribe, 'request_review', { task: '#1' });
  };
  const version = async (n: number) =>
    world.does(world.scribe, 'put_file', { name: 'deck.md', text: `# ${n}`, base: n - 1 });

  it('asks people by an open item and wakes agents; neither has the task then', async () => {
    await reviewed();
    expect(wakes()).to.deep.equal([world.pilot]);
    expect(await items(world.ben)).to.deep.equal(['review']);
    expect((await task()).assignee).to.equal(world.scribe);
    expect(await shown()).to.equal('in review by Ben Okafor and Pilot, round 1 of 3');
    expect((await lines()).at(-1)).to.equal('Scribe asks @pilot to review #1 “Make the deck” (round 1 of 3).');
  });

  it('names its reviewers in what each action tells of the task', async () => {
    const other = await make({ title: 'Find a photo' });
    await make({ assignee: 'ben', reviewers: ['ada'] });
    const told = async (action: string, input: object) =>
      (await world.does(world.ada, action, { task: '#2', ...input })).task.review;
    for (const [action, input] of [
      ['assign_task', { assignee: 'pilot' }],
      ['change_dependencies', { add: [other] }],
      ['change_dependencies', { remove: [other] }],
      ['update_task', { title: 'Make both decks' }],
    ] as const)
      expect(await told(action, input), action).to.equal('to be reviewed by Ada Lindqvist');
  });

  it('is not put to an agent that has no tool to answer it: the refusal says how to mend that', async () => {
    const CURE =
      'Scribe can’t review: it does not have send_back among its tools. Add it with update_agent, or name somebody else.';
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: ['read_pod', 'approve'] });
    expect(await refused('create_task', { title: 'Deck', reviewers: ['scribe'] }, world.ada)).to.equal(CURE);
    await make({ assignee: 'ben' });
    expect(await refused('request_review', { task: '#1', reviewers: ['scribe'] }, world.ben)).to.equal(CURE);
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: ['read_pod', 'approve', 'send_back'] });
    await world.does(world.ben, 'request_review', { task: '#1', reviewers: ['scribe'] });
    expect(await shown()).to.equal('in review by Scribe, round 1 of 3');
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: ['read_pod'] });
    await world.does(world.ben, 'update_task', { task: '#1', text: 'Two pages.' });
    await make({ assignee: 'ben' });
    expect(await refused('request_review', { task: '#2', reviewers: ['scribe'] }, world.ben)).to.include(
      'does not have approve and send_back among its tools. Add them',
    );
  });

  it('is given by the reviewers alone, and by nobody for them', async () => {
    await reviewed();
    expect(await refused('approve', { task: '#1' }, world.ada)).to.equal(
      '#1 is reviewed by Ben Okafor and Pilot, and each of them says it themselves.',
    );
    expect(await refused('send_back', { task: '#1', comments: 'No' }, world.scribe)).to.contain('says it themselves');
    await make({});
    expect(await refused('approve', { task: '#2' }, world.ben)).to.contain('request_review names reviewers');
    expect(await refused('create_task', { title: 'X', assignee: 'ben', reviewers: ['ben'] }, world.ada)).to.contain(
      'nobody reviews their own work',
    );
  });

  it('is given by the deputy of a reviewer who is away, in their place and in the deputy’s own name', async () => {
    await reviewed();
    const away = () => world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'ada' });
    await away();
    wakes();
    const { task: shownTask, for: absent } = await world.does(world.ada, 'approve', { task: '#1', note: 'Good.' });
    expect([shownTask.review, absent]).to.deep.equal([
      'in review by Pilot, round 1 of 3; approved by Ada Lindqvist, for Ben Okafor',
      'Ben Okafor',
    ]);
    expect(await items(world.ben), 'nothing waits for them any more').to.deep.equal([]);
    const { history } = await world.does(world.gil, 'pod_history', { limit: 1 });
    expect(history[0].text).to.contain('Ada Lindqvist approved #1 “Make the deck” for Ben Okafor: “Good.”');
    await world.does(world.pilot, 'send_back', { task: '#1', comments: 'Too long.' });
    await version(2);
    await world.does(world.scribe, 'request_review', { task: '#1' });
    expect(await items(world.ben)).to.deep.equal(['review']);
    await world.does(world.ada, 'send_back', { task: '#1', comments: 'Still too long.' });
    expect((await lines()).at(-1)).to.equal(
      'Ada Lindqvist, for Ben Okafor, sent #1 “Make the deck” back: Still too long. It is with @scribe.',
    );
    await world.does(world.ben, 'set_away', { back: true });
    expect(await refused('approve', { task: '#1' }, world.ada), 'no longer their deputy').to.contain(
      'says it themselves',
    );
  });

  it('is given by a guest who reviews it, who makes no tasks of it', async () => {
    await make({ assignee: 'scribe', reviewers: ['gil'] });
    await world.does(world.scribe, 'request_review', { task: '#1' });
    const beyond = { task: '#1', comments: 'Too long', beyond: ['Ask the mill'] };
    expect(await refused('send_back', beyond, world.gil)).to.contain('A guest makes no tasks');
    await world.does(world.gil, 'approve', { task: '#1' });
    expect(await shown()).to.equal('approved by Gil Torres');
  });

  it('is given by no deputy who has the task, and by a reviewer who is a deputy too first for themselves', async () => {
    await make({ assignee: 'ada', reviewers: ['ben'] });
    await world.does(world.ada, 'request_review', { task: '#1' });
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'ada' });
    expect(await refused('approve', { task: '#1' }, world.ada)).to.contain('reviewed by Ben Okafor');
    await make({ assignee: 'scribe', reviewers: ['ben', 'ada'] });
    await world.does(world.scribe, 'request_review', { task: '#2' });
    await world.does(world.ada, 'approve', { task: '#2' });
    expect((await task(2)).review?.verdicts.map(({ who, by }) => [who, by])).to.deep.equal([[world.ada, undefined]]);
    await world.does(world.ada, 'approve', { task: '#2' });
    expect((await task(2)).review?.verdicts.map(({ who, by }) => [who, by])).to.deep.equal([
      [world.ada, undefined],
      [world.ben, world.ada],
    ]);
    expect(await refused('approve', { task: '#2' }, world.ada)).to.contain('You have approved #2 already');
  });

  it('is given by no guest in place of a member who is away', async () => {
    await reviewed();
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    expect(await refused('approve', { task: '#1' }, world.gil)).to.contain('says it themselves');
    expect(await items(world.ben)).to.deep.equal(['review']);
  });

  it('is given by an owner for an agent that has lost the tools to answer, and by no other member', async () => {
    await make({ assignee: 'scribe', reviewers: ['pilot'] });
    await world.does(world.scribe, 'request_review', { task: '#1' });
    const asOwner = { task: '#1', note: 'I have looked' };
    expect(await refused('approve', asOwner, world.ada)).to.equal(
      '#1 is reviewed by Pilot, and each of them says it themselves.',
    );
    await world.does(world.ada, 'update_agent', { agent: 'pilot', tools: ['read_pod', 'approve'] });
    expect(await refused('approve', { task: '#1' }, world.ben)).to.include('is reviewed by Pilot');
    const { for: whose } = await world.does(world.ada, 'approve', asOwner);
    expect(whose).to.equal('Pilot');
    expect(await shown()).to.include('approved by Ada Lindqvist');
  });

  it('is given by no deputy of a reviewer who has left: the owners have what was asked', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await reviewed();
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'zoe' });
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    expect(await refused('approve', { task: '#1' }, world.zoe)).to.contain('says it themselves');
    await world.does(world.ada, 'approve', { task: '#1' });
    expect(await items('owners')).not.to.include('review');
  });

  it('wakes the author with the comments of who sends it back, and asks for a new version', async () => {
    await reviewed();
    wakes();
    await world.does(world.pilot, 'send_back', { task: '#1', comments: 'The dates are last year’s.' });
    expect(wakes()).to.deep.equal([world.scribe]);
    expect((await lines()).at(-1)).to.equal(
      'Pilot sent #1 “Make the deck” back: The dates are last year’s. It is with @scribe.',
    );
    expect(await refused('request_review', { task: '#1' }, world.scribe)).to.equal(
      '#1 was sent back by Pilot, round 1 of 3, and nothing has changed since. Write a new version first; if the change is elsewhere, say in note what it is.',
    );
    await version(2);
    wakes();
    await world.does(world.scribe, 'request_review', { task: '#1' });
    expect(await shown()).to.equal('in review by Ben Okafor and Pilot, round 2 of 3');
    expect(wakes()).to.deep.equal([world.pilot]);
  });

  it('lets no agent end the task before all have approved; the last of them wakes it', async () => {
    await reviewed();
    expect(await refused('complete_task', { task: '#1' }, world.scribe)).to.equal(
      '#1 is in review by Ben Okafor and Pilot, round 1 of 3, so it is not done yet. You are woken when they have looked.',
    );
    wakes();
    await world.does(world.pilot, 'approve', { task: '#1' });
    expect(wakes()).to.deep.equal([]);
    await world.does(world.ben, 'approve', { task: '#1', note: 'Good.' });
    expect(await items(world.ben)).to.deep.equal([]);
    expect(wakes()).to.deep.equal([world.scribe]);
    expect((await lines()).at(-1)).to.equal(
      'Ben Okafor approved #1 “Make the deck”: Good. All its reviewers have. It is with @scribe.',
    );
    await world.does(world.scribe, 'complete_task', { task: '#1' });
    expect(await shown()).to.equal('approved by Ben Okafor and Pilot');
  });

  it('belongs to a version: a comment and reopening keep approvals, a new version asks anew', async () => {
    await reviewed();
    await world.does(world.pilot, 'approve', { task: '#1' });
    await world.does(world.ben, 'approve', { task: '#1' });
    await world.does(world.scribe, 'complete_task', { task: '#1' });
    const { conversation } = await task();
    await world.does(world.ada, 'post_message', { conversation, text: 'Nice.' });
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    expect(await shown()).to.equal('approved by Ben Okafor and Pilot');
    wakes();
    await version(2);
    expect(wakes()).to.deep.equal([world.pilot]);
    expect(await items(world.ben)).to.deep.equal(['review']);
    expect(await shown()).to.equal('in review by Ben Okafor and Pilot, round 1 of 3');
    expect(await refused('complete_task', { task: '#1' }, world.scribe)).to.contain('not done yet');
    // A button of the request before approves nothing of what its person has not seen.
    expect(await refused('approve', { task: '#1', turn: 1 }, world.ben)).to.contain('a newer version');
  });

  it('of a new version, made while somebody else mends it, is not approved by an old button', async () => {
    await reviewed();
    await world.does(world.pilot, 'send_back', { task: '#1', comments: 'No.' });
    await version(2);
    expect(await refused('approve', { task: '#1' }, world.ben)).to.contain('a newer version');
  });

  it('asks whoever gave the task once, when the third round is sent back, and wakes nobody', async () => {
    await reviewed();
    for (const n of [1, 2, 3]) {
      wakes();
      await world.does(world.pilot, 'send_back', { task: '#1', comments: `Not yet ${n}.` });
      if (n === 3) break;
      await version(n + 1);
      await world.does(world.scribe, 'request_review', { task: '#1' });
    }
    expect(wakes()).to.deep.equal([]);
    await world.does(world.ben, 'send_back', { task: '#1', comments: 'Nor I.' });
    expect((await items(world.ada)).filter((one) => one === 'rounds')).to.deep.equal(['rounds']);
    const all = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who: world.ada } as never });
    const asks = all.find(({ reason }) => reason === 'rounds');
    expect(asks?.count).to.equal(1);
    await version(4);
    expect(await refused('request_review', { task: '#1' }, world.scribe)).to.contain('a person decides');
    wakes();
    await world.does(world.ada, 'send_back', { task: '#1', comments: 'Once more, only the dates.' });
    expect(wakes()).to.deep.equal([world.scribe]);
    expect(await items(world.ada)).not.to.include('rounds');
    await world.does(world.scribe, 'request_review', { task: '#1' });
    expect(await shown()).to.equal('in review by Ben Okafor and Pilot, round 4 of 4');
  });

  it('ends with a person’s “done”, which withdraws what was asked', async () => {
    await reviewed();
    await world.does(world.ada, 'complete_task', { task: '#1' });
    expect(await items(world.ben)).to.deep.equal([]);
    expect((await task()).review).not.to.have.any.keys('open', 'used');
    expect(await refused('approve', { task: '#1' }, world.ben)).to.contain('nothing to review');
  });

  it('is withdrawn when the task is dropped or erased, too', async () => {
    await reviewed();
    await world.does(world.ada, 'drop_task', { task: '#1', reason: 'No time' });
    expect(await items(world.ben)).to.deep.equal([]);
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    await world.does(world.scribe, 'request_review', { task: '#1' });
    expect(await items(world.ben)).to.deep.equal(['review']);
    await world.does(world.ada, 'redact', { what: '#1' });
    expect(await items(world.ben)).to.deep.equal([]);
  });

  it('proposes a finding beyond the words of the task as a task of its own, which nobody has', async () => {
    await reviewed();
    const { proposed } = await world.does(world.pilot, 'send_back', {
      ...{ task: '#1', comments: 'The dates.', beyond: ['Translate the deck'] },
    });
    expect(proposed).to.deep.equal([{ number: 2, title: 'Translate the deck' }]);
    expect(await task(2)).not.to.have.property('assignee');
    expect((await lines()).at(-1)).not.to.contain('Translate');
    await world.does(world.ben, 'approve', { task: '#1', beyond: ['Print it', 'Send it'] });
    expect((await task(4)).number).to.equal(4);
  });

  it('changes nobody’s task: an assignee that somebody chose stays, and is no reviewer then', async () => {
    await reviewed();
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'ben' });
    expect(await items(world.ben)).to.deep.equal(['assigned']);
    expect(await shown()).to.equal('in review by Pilot, round 1 of 3');
    await world.does(world.pilot, 'send_back', { task: '#1', comments: 'The dates.' });
    expect((await task()).assignee).to.equal(world.ben);
    expect(await items(world.ben)).to.deep.equal(['sent_back']);
    await version(2);
    await world.does(world.ben, 'request_review', { task: '#1' });
    await world.does(world.pilot, 'approve', { task: '#1' });
    expect(await items(world.ben)).to.deep.equal(['approved']);
  });

  it('is not taken away by giving the task to its only reviewer; with another one named first it goes', async () => {
    await make({ assignee: 'scribe', reviewers: ['ben'] });
    expect(await refused('assign_task', { task: '#1', assignee: 'ben' }, world.ada)).to.equal(
      '#1 is reviewed by Ben Okafor alone, and nobody reviews their own work. Name somebody else to review it first (request_review with reviewers), then give it to Ben Okafor.',
    );
    expect((await task()).assignee).to.equal(world.scribe);
    await world.does(world.ada, 'request_review', { task: '#1', reviewers: ['pilot'] });
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'ben' });
    expect(await shown()).to.equal('in review by Pilot, round 1 of 3');
  });

  it('tells whoever has the whole once each that a part is to review, and that its rounds are used up', async () => {
    await make({ assignee: 'ben' });
    const part = await make({ assignee: 'scribe', reviewers: ['pilot'], parent: '#1' });
    for (const n of [1, 2, 3]) {
      await world.does(world.scribe, 'request_review', { task: part, note: `Look ${n}` });
      await world.does(world.pilot, 'send_back', { task: part, comments: 'No.' });
    }
    const commits = await world.commits();
    const became = commits.flatMap(({ changes }) =>
      changes.flatMap((one) => ('became' in one && one.on === 'tasks' ? [one.became] : [])),
    );
    expect(became).to.deep.equal(['review', 'rounds']);
    expect(await items(world.ben)).to.include('part');
  });

  it('between two agents ends by itself, though each wakes the other', async () => {
    await make({ assignee: 'scribe', reviewers: ['pilot'] });
    let rounds = 0;
    for (; rounds < 10; rounds += 1) {
      const asked = world.does(world.scribe, 'request_review', { task: '#1', note: `Look ${rounds}` });
      if (
        !(await asked.then(
          () => true,
          () => false,
        ))
      )
        break;
      await world.does(world.pilot, 'send_back', { task: '#1', comments: 'No.' });
    }
    expect(rounds).to.equal(3);
    expect(await items(world.ada)).to.include('rounds');
  });

  it('by an agent names further reviewers, and takes none away that a person named', async () => {
    await reviewed();
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await world.does(world.scribe, 'request_review', { task: '#1', reviewers: ['zoe'] });
    expect((await task()).review?.reviewers).to.deep.equal([world.ben, world.pilot, world.zoe]);
    await world.does(world.ada, 'request_review', { task: '#1', reviewers: ['zoe', 'scribe'] }).then(
      () => expect.fail('Scribe has the task'),
      (error: Error) => expect(error.message).to.contain('nobody reviews their own work'),
    );
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    expect(await items('owners')).to.include('review');
    await world.does(world.ada, 'request_review', { task: '#1', reviewers: ['zoe'] });
    expect(await items('owners')).not.to.include('review');
  });

  describe('whose reviewer can’t any more', () => {
    const rows = async (who: ParticipantId): Promise<Json[]> =>
      (await world.does(who, 'list_waiting', {})).waiting.filter(({ why }: Json) => why === 'review');

    for (const [how, action, input, left] of [
      ['has left', 'remove_member', { who: 'ben' }, 'Ben Okafor'],
      ['is a guest now', 'change_role', { who: 'ben', role: 'guest' }, 'Ben Okafor'],
      ['is an agent that has left', 'remove_member', { who: 'pilot' }, 'Pilot'],
    ] as const)
      it(`because one ${how}: the owners have what was asked, and one of them answers in their place`, async () => {
        await reviewed();
        await world.does(world.ada, action, input);
        const [row, ...more] = await rows(world.ada);
        expect(row).to.include({ task: '#1', turn: 1 });
        expect(row?.left).to.equal(left);
        if (left) expect(row?.from, 'who asked, not who removed them').to.equal('Scribe');
        expect(more).to.deep.equal([]);
        await world.does(world.ada, 'send_back', { task: '#1', comments: 'The dates' });
        expect(await rows(world.ada)).to.deep.equal([]);
        expect(await shown()).to.match(/^sent back by Ada Lindqvist, round 1 of 3$/);
        await version(2);
        await world.does(world.scribe, 'request_review', { task: '#1' });
        expect(
          (await rows(world.ada)).map(({ left: before }) => before),
          'asked again, herself',
        ).to.deep.equal([undefined]);
        await world.does(world.ada, 'approve', { task: '#1' });
        expect(await rows(world.ada)).to.deep.equal([]);
        await world.does(left === 'Pilot' ? world.ben : world.pilot, 'approve', { task: '#1' });
        expect(await shown())
          .to.contain('approved by')
          .and.to.contain('Ada Lindqvist');
      });

    it('is answered once for all of them', async () => {
      await world.does(world.ada, 'add_member', { who: 'zoe' });
      await make({ assignee: 'scribe', reviewers: ['ben', 'zoe'] });
      await world.does(world.scribe, 'request_review', { task: '#1' });
      await world.does(world.ada, 'remove_member', { who: 'ben' });
      await world.does(world.ada, 'remove_member', { who: 'zoe' });
      await world.does(world.ada, 'approve', { task: '#1' });
      expect(await rows(world.ada)).to.deep.equal([]);
      expect(await shown()).to.equal('approved by Ada Lindqvist');
    });

    it('is theirs again once they may', async () => {
      await reviewed();
      await world.does(world.ada, 'change_role', { who: 'ben', role: 'guest' });
      await world.does(world.ada, 'change_role', { who: 'ben', role: 'member' });
      expect(await rows(world.ada)).to.deep.equal([]);
      expect(await rows(world.ben)).to.have.length(1);
      await world.does(world.ben, 'approve', { task: '#1' });
      expect(await rows(world.ben)).to.deep.equal([]);
    });
  });
});
