// The mails about a day that has come: of a task that its agent can't begin, and of one that nobody has.
import { expect } from 'chai';
import { makePoll } from '../../../src/due/poll.ts';
import type { ParticipantId, PersonId } from '../../../src/log/participant.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import { dueTasks } from '../../../src/pods/tasks/due/due.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { silent } from '../../logs.ts';
import type { Json } from '../../pods/build.ts';
import { aStage, type Stage } from '../stage.ts';

const never = new AbortController().signal;

describe('a mail about a day that has come', () => {
  let stage: Stage;
  let maja: PersonId;

  beforeEach(async () => {
    stage = await aStage();
    const { world } = stage;
    world.clock.now = Date.parse('2026-12-03T09:00Z');
    const known = await world.does<Json>(world.ada, 'invite_person', { email: 'maja@mill.example', name: 'Maja Holm' });
    maja = known.person.id;
    await world.does(world.ada, 'add_member', { who: maja });
  });

  /** Maja makes the task, its day comes, and she is told. */
  const told = async (input: object) => {
    const { world, newest, parts, mails } = stage;
    const make = (by: ParticipantId, task: object) => world.does(by, 'create_task', task);
    await make(world.ada, { title: 'Bake', assignee: 'ben' });
    await make(maja, { title: 'Pack the rye', due: '2026-12-04', ...input });
    world.clock.now = Date.parse('2026-12-04T09:00Z');
    const deps = { things: [dueTasks], act: world.act, read: parts.read, clock: () => world.clock.now, logger: silent };
    await makePoll(deps)(never);
    const { input: heard } = newest('act');
    await world.act({ pod: maja, actor: 'skein', via: 'skein', action: 'hear', input: heard, key: 'hear' });
    const dueAt = (await world.doc(TELLINGS, maja))?.dueAt ?? 0;
    world.clock.now = dueAt;
    await world.act({ pod: maja, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key: 'tell' });
    const notice = newest('notice');
    expect(notice.through).to.equal('email');
    await DELIVERY_KINDS.notice.carry(parts, notice, never);
    return mails.at(-1)?.text ?? '';
  };

  it('says what its agent waits for and who has it, that it begins by itself then, and what a reply can do', async () => {
    const text = await told({ assignee: 'scribe', depends_on: ['#1'] });
    expect(text).to.contain(
      '#2 “Pack the rye” in Launch, due Fri 4 Dec, can’t begin: it waits for #1, with Ben Okafor. Scribe begins by itself once it waits for nothing. You can let it go on without, wait for another task instead, or drop it.',
    );
    expect(text).to.contain('#2 go on without #1').and.contain('drop');
  });

  it('says that nobody has it', async () => {
    expect(await told({})).to.contain('#2 “Pack the rye” in Launch is due today, and nobody has it yet.');
  });
});
