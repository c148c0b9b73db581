// Acts in Slack make the same commits as the action itself (docs/architecture.md, “Invariants”, 7).

import { expect } from 'chai';
import { Conflict } from '../../src/errors.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import { slackPodId } from '../../src/log/place.ts';
import { MEMBERS } from '../../src/pods/members/member.ts';
import { RUNS, type RunDoc } from '../../src/pods/runs/run.ts';
import { refusal } from '../pods/build.ts';
import { aSlackStage, comesTo, GIL, type SlackStage, type Told, ZOE } from './slack-stage.ts';

interface Row {
  action: string;
  /** The way in Slack, where there are several. */
  by?: string;
  /** Not a person's to do in a pod that lives in a channel. */
  follows?: true;
  /** Prepares the stage. */
  first?(stage: SlackStage): Promise<unknown>;
  input(stage: SlackStage): object;
  /** The same, done in Slack. */
  inSlack(stage: SlackStage): unknown;
}

/** Pilot is at work in the thread. */
async function pilotWorks({ world, thread: { conversation } }: SlackStage): Promise<void> {
  await world.does(world.ada, 'post_message', { conversation, text: '@pilot plan it' });
  const more = { turns: 1, tokens: 15, cached: 0, steps: [], at: world.clock.now, root: 'r' };
  await world.store
    .collection<RunDoc>(RUNS.name)
    .insert([
      { id: 'r1', rev: 1, pod: world.pod, seq: 1, conversation, agent: world.pilot, state: 'working', ...more },
    ]);
}

const ROWS: readonly Row[] = [
  {
    action: 'pause_run',
    first: pilotWorks,
    input: ({ thread }) => ({ conversation: thread.conversation, agent: 'pilot' }),
    inSlack: ({ ada, channel }) => ada.command(channel, '/skein pause @pilot'),
  },
  {
    action: 'resume_run',
    async first(stage) {
      await pilotWorks(stage);
      await stage.world.does(stage.world.ada, 'pause_run', { conversation: stage.thread.conversation });
    },
    input: ({ thread }) => ({ conversation: thread.conversation, agent: 'pilot' }),
    inSlack: ({ ada, channel }) => ada.command(channel, '/skein resume'),
  },
  {
    action: 'post_message',
    input: ({ thread }) => ({ conversation: thread.conversation, text: '@pilot, where do we stand? “Über” 🪿' }),
    inSlack: ({ ada, thread }) => ada.say('@pilot, where do we stand? “Über” 🪿', thread.ts),
  },
  {
    action: 'edit_message',
    input: ({ draft }) => ({ message: draft.message, text: '@scribe this is final' }),
    inSlack: ({ ada, draft }) => ada.edit(draft.ts, '@scribe this is final'),
  },
  {
    action: 'delete_message',
    input: ({ draft }) => ({ message: draft.message }),
    inSlack: ({ ada, draft }) => ada.deletes(draft.ts),
  },
  {
    action: 'create_pod',
    input: () => ({ name: 'Offsite' }),
    inSlack: ({ ada, other }) => ada.command(other, '/skein pod new Offsite'),
  },
  {
    action: 'create_task',
    by: 'in a form',
    input: ({ world }) => ({ title: 'Book the hall', text: 'For *80*', assignee: world.ben, due: '2030-12-24' }),
    inSlack: ({ ada, world }) =>
      ada.fills('/skein create_task --text "For 40"', {
        ...{ title: 'Book the hall', text: 'For *80*', assignee: world.ben, due: '2030-12-24' },
      }),
  },
  {
    action: 'create_task',
    by: 'from the menu of a message',
    input: ({ thread }) => ({
      title: 'Say when we start',
      text: 'They wait for it',
      conversation: thread.conversation,
    }),
    inSlack: ({ ada, thread }) =>
      ada.shortcut(thread.ts, 'message.task', { title: 'Say when we start', text: 'They wait for it' }),
  },
  {
    action: 'record_decision',
    by: 'from the menu of a message',
    input: ({ thread }) => ({ decision: 'We start on Monday.', conversation: thread.conversation }),
    inSlack: ({ ada, thread }) => ada.shortcut(thread.ts, 'message.decision', { decision: 'We start on Monday.' }),
  },
  {
    action: 'add_member',
    follows: true,
    input: ({ world }) => ({ who: world.zoe, role: 'member' }),
    inSlack: ({ ada }) => ada.invite(ZOE),
  },
  {
    action: 'remove_member',
    follows: true,
    input: ({ world }) => ({ who: world.gil }),
    inSlack: ({ ada }) => ada.kick(GIL),
  },
];

async function onStage<T>(work: (stage: SlackStage) => Promise<T>): Promise<T> {
  const stage = await aSlackStage();
  try {
    return await work(stage);
  } finally {
    await stage.stop();
  }
}

const byItself = ({ action, follows, first, input }: Row): Promise<Told[]> =>
  onStage(async (stage) => {
    await first?.(stage);
    const { world, team, other } = stage;
    const origin = { kind: 'slack', team, channel: other } as const;
    const more = action === 'create_pod' ? { pod: slackPodId(team, other), origin } : {};
    return comesTo(stage, action, () => world.does(follows ? 'skein' : world.ada, action, input(stage), more));
  });

describe('parity: Slack', () => {
  for (const row of ROWS)
    it(`comes to the same in Slack as by itself: ${[row.action, row.by].filter(Boolean).join(', ')}`, async () => {
      const inSlack = await onStage(async (stage) => {
        await row.first?.(stage);
        return comesTo(stage, row.action, () => row.inSlack(stage));
      });
      expect(inSlack).to.have.length(1);
      expect(inSlack).to.deep.equal(await byItself(row));
    });

  it('leaves who is in the pod to the channel', () =>
    onStage(async ({ world, ada, quiet }) => {
      const removed = await refusal(world.does(world.ada, 'remove_member', { who: 'gil' }));
      expect(removed).to.be.instanceOf(Conflict);
      expect(removed.message).to.match(/Remove Gil Torres from the channel in Slack, and the pod follows/);
      const left = await refusal(world.does(world.gil, 'remove_member', { who: 'gil' }));
      expect(left.message).to.include('Leave the channel in Slack');
      const added = await refusal(world.does(world.ada, 'add_member', { who: 'zoe' }));
      expect(added.message).to.include('Invite Zoe Marsh to the channel in Slack');
      ada.kick(GIL);
      await quiet();
      expect(await world.doc(MEMBERS, `${world.pod}/${world.gil}`)).to.include({ state: 'out' });
      // Agents, and people without an account there, come and go by hand.
      await world.does(world.ada, 'remove_member', { who: 'scribe' });
      await world.does(world.ada, 'add_member', { who: 'scribe' });
      const { person } = await world.does(world.ada, 'invite_person', { email: 'maja@x.example', name: 'Maja Holm' });
      await world.does(world.ada, 'add_member', { who: person.id });
      await world.does(world.ada, 'remove_member', { who: person.id });
    }));

  it('shows in Slack what list_tasks gives', () =>
    onStage(async ({ world, ada, channel }) => {
      await world.does(world.ada, 'create_task', { title: 'Book the hall', assignee: 'ben', due: '2026-12-01' });
      await world.does(world.ada, 'create_task', { title: 'Print the menu' });
      const done = await world.does(world.ada, 'create_task', { title: 'Ask the band' });
      await world.does(world.ada, 'complete_task', { task: done.task.id });
      const { tasks } = await world.does(world.ada as ParticipantId, 'list_tasks');
      expect(tasks).to.have.length(2);
      const shown = await ada.command(channel, '/skein tasks');
      for (const { number, title, assigneeName = '' } of tasks)
        for (const word of [`#${number}`, title, assigneeName]) expect(shown).to.include(word);
      expect(shown).not.to.include('Ask the band');
    }));
});
