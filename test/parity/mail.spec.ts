// The first lines of a mail make the same commits as the actions themselves (docs/architecture.md, “Invariants”, 7).
import { expect } from 'chai';
import { REPLY_COMMANDS } from '../../src/doors/replies/reply-command.ts';
import { CONVERSATIONS } from '../../src/pods/conversations/conversation.ts';
import { ADA, aMailWorld, type MailWorld } from '../doors/mail/mail-world.ts';
import { EXAMPLES } from './examples.ts';
import { comesTo, type Told } from './slack-stage.ts';
import type { Scene } from './stage.ts';

interface Row {
  action: string;
  /** Prepares the world. */
  first?(scene: Scene): Promise<unknown>;
  input(scene: Scene): object;
  line: string;
}

const task = '#1';
/** #2, beside the task of the mail. */
const another = ({ world }: Scene) => world.does(world.ben, 'create_task', { title: 'Weigh the flour' });

const ROWS: Readonly<Record<Exclude<keyof typeof REPLY_COMMANDS, 'apart'>, Row>> = {
  done: { action: 'complete_task', input: () => ({ task, note: 'it is here' }), line: 'done: it is here' },
  start: { action: 'start_task', input: () => ({ task }), line: '#1 start' },
  reopen: {
    action: 'reopen_task',
    first: ({ world }) => world.does(world.ben, 'complete_task', { task }),
    input: () => ({ task }),
    line: 'reopen',
  },
  undo: {
    action: 'reopen_task',
    first: ({ world }) => world.does(world.ada, 'complete_task', { task }),
    input: () => ({ task }),
    line: 'undo',
  },
  assign: {
    action: 'assign_task',
    input: ({ world }) => ({ task, assignee: world.ben }),
    line: 'assign to Ben',
  },
  back: {
    action: 'give_back_task',
    first: ({ world }) => world.does(world.ben, 'assign_task', { task, assignee: 'ada' }),
    input: () => ({ task, reason: 'I am away that week' }),
    line: 'not me: I am away that week',
  },
  drop: {
    action: 'drop_task',
    input: () => ({ task, reason: 'the hall is closed' }),
    line: '#1 drop: the hall is closed',
  },
  approve: {
    action: 'approve',
    first: ({ world }) => world.does(world.ben, 'request_review', { task, reviewers: ['ada'] }),
    input: () => ({ task, note: 'well said' }),
    line: '#1 approve: well said',
  },
  review: {
    action: 'request_review',
    async first({ world }) {
      await world.does(world.ben, 'request_review', { task, reviewers: ['ada'] });
      await world.does(world.ada, 'send_back', { task, comments: 'the dates are last year’s' });
    },
    input: () => ({ task, note: 'the dates are mended' }),
    line: '#1 ask for review: the dates are mended',
  },
  'send-back': {
    action: 'send_back',
    first: ({ world }) => world.does(world.ben, 'request_review', { task, reviewers: ['ada'] }),
    input: () => ({ task, comments: 'the dates are last year’s' }),
    line: '#1 send back: the dates are last year’s',
  },
  without: {
    action: 'change_dependencies',
    async first(scene) {
      await another(scene);
      await scene.world.does(scene.world.ben, 'change_dependencies', { task, add: ['#2'] });
    },
    input: () => ({ task, remove: ['#2'] }),
    line: '#1 go on without #2',
  },
  merge: {
    action: 'merge_tasks',
    first: another,
    input: () => ({ task, into: '#2', note: 'the same flour' }),
    line: 'merge #1 into #2: the same flour',
  },
  due: { action: 'update_task', input: () => ({ task, due: '2026-12-24' }), line: 'due 24 December' },
  repeat: {
    action: 'repeat_task',
    input: () => ({ task, every: 'every Monday at 9:00' }),
    line: 'repeat every Monday at 9:00',
  },
  decide: {
    action: 'record_decision',
    input: ({ conversation }) => ({ decision: 'we take the blue boxes', conversation }),
    line: 'decision: we take the blue boxes',
  },
  involve: {
    action: 'set_involvement',
    input: () => ({ task, level: 'result' }),
    line: '#1 only tell me when it’s done',
  },
  workflow: {
    action: 'start_workflow',
    first: async (scene) => EXAMPLES.start_workflow?.(scene),
    input: ({ conversation }) => ({ workflow: 'tea', about: 'the launch', roles: ['maker: Ben'], conversation }),
    line: 'workflow tea: the launch (maker: Ben)',
  },
  add: {
    action: 'add_member',
    first: ({ world }) =>
      world.does(world.ada, 'create_agent', { handle: 'cook', name: 'Cook', purpose: 'Cooks.', instructions: 'Stir.' }),
    input: () => ({ who: 'cook' }),
    line: 'add @cook',
  },
  admit: {
    action: 'add_member',
    first: ({ world }) => world.does(world.ada, 'invite_person', { email: 'maja@example.com', name: 'Maja Holm' }),
    input: () => ({ who: 'Maja Holm' }),
    line: 'admit maja@example.com',
  },
};

async function staged({ first }: Row): Promise<{ room: MailWorld; scene: Scene }> {
  const room = await aMailWorld();
  await room.arrives({});
  const { world } = room;
  const [conversation] = await room.mail.read.find(CONVERSATIONS, { where: { pod: world.pod } });
  const scene = { world, actor: world.ada, conversation: conversation?.id ?? '' };
  await first?.(scene);
  return { room, scene };
}

const tells = ({ world }: Scene, action: string, does: () => unknown): Promise<Told[]> =>
  comesTo({ world, quiet: async () => {} } as Parameters<typeof comesTo>[0], action, does);

describe('parity: mail', () => {
  for (const [command, row] of Object.entries(ROWS))
    it(`comes to the same by a line of a mail as by itself: ${command}, ${row.action}`, async () => {
      const [one, other] = [await staged(row), await staged(row)];
      const headers = {
        ...{ 'Message-ID': '<m2@example.org>', Subject: 'Re: The list', 'In-Reply-To': '<m1@example.org>', From: ADA },
      };
      const byMail = await tells(one.scene, row.action, () =>
        one.room.arrives({ headers, body: `${row.line}\r\n` }, { from: ADA }),
      );
      expect(one.room.answers.map(({ text }) => text).filter((text) => text.includes(row.line))).to.deep.equal([]);
      const { world } = other.scene;
      const itself = await tells(other.scene, row.action, () =>
        world.does(world.ada, row.action, row.input(other.scene), { via: 'email' }),
      );
      expect(byMail).to.have.length(1);
      expect(byMail).to.deep.equal(itself);
    });

  it('has a row for each line that people write, but for “own task”, which needs a mail that joined (journeys/merging.spec.ts)', () => {
    expect([...Object.keys(ROWS), 'apart'].sort()).to.deep.equal(Object.keys(REPLY_COMMANDS).sort());
  });
});
