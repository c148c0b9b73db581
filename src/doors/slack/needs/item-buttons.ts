// Handles the buttons of a notice or of a task's card, with which a person acts on an item. The deliveries of that act
// then update them.
import type { InMailedDigests } from '../../../pods/erasing/mailed-digests.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { mailedDigest } from '../../notices/mailed-digest.ts';
import type { SlackContext } from '../context.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

const OF_TASKS: Readonly<Record<string, { action: string; input?: object }>> = {
  [actionIds.startTask]: { action: 'start_task' },
  [actionIds.completeTask]: { action: 'complete_task' },
  [actionIds.onlyResult]: { action: 'set_involvement', input: { level: 'result' } },
  [actionIds.onlyDigest]: { action: 'set_involvement', input: { level: 'digest' } },
  [actionIds.goOn]: { action: 'repeat_task', input: { go_on: true } },
  [actionIds.endRepeat]: { action: 'repeat_task', input: { every: null } },
  [actionIds.reopenTask]: { action: 'reopen_task' },
};

const OF_TRACES: Readonly<Record<string, object>> = {
  [actionIds.forget]: { answer: 'forget' },
  [actionIds.keep]: { answer: 'keep' },
};

export function isItemButton(actionId: string): boolean {
  return (
    actionId === actionIds.snooze ||
    takesDay(actionId) ||
    actionId === actionIds.goOnWithout ||
    actionId === actionIds.approve ||
    actionId in OF_TASKS ||
    actionId in OF_TRACES ||
    isForgetOne(actionId)
  );
}

function takesDay(actionId: string): boolean {
  return actionId === actionIds.takeDay || actionId === actionIds.takeOtherDay;
}

function isForgetOne(actionId: string): boolean {
  return actionId.startsWith(`${actionIds.forgetOne}.`);
}

export async function itemPressed(
  slack: SlackContext,
  { actionId, value, triggerId }: Button,
  person: PersonDoc,
  reply: (post: Post) => Promise<void>,
): Promise<void> {
  const asked = { as: person, via: 'slack', key: `item:${triggerId}` } as const;
  if (actionId === actionIds.snooze) {
    await enter(slack, { ...asked, action: 'snooze_item', input: { item: value } });
    return;
  }
  const [pod = '', task = '', third = ''] = value.split('/');
  if (takesDay(actionId)) {
    await enter(slack, { ...asked, pod: { id: pod }, action: 'update_task', input: { task, due: third } });
    return;
  }
  if (actionId === actionIds.goOnWithout) {
    const wish = { action: 'change_dependencies', input: { task, remove: [third] } };
    await enter(slack, { ...asked, pod: { id: pod }, ...wish });
    return;
  }
  if (actionId === actionIds.approve) {
    const input = { task, ...(Number(third) ? { turn: Number(third) } : {}) };
    await enter(slack, { ...asked, pod: { id: pod }, action: 'approve', input });
    return;
  }
  const answer = isForgetOne(actionId) ? { answer: 'forget', only: third } : OF_TRACES[actionId];
  if (answer) {
    const input = { trace: task, ...answer };
    const entry = { ...asked, pod: { id: pod }, action: 'settle_traces', input } as const;
    const { result } = await enter<InMailedDigests>(slack, entry);
    for (const words of mailedDigest(slack.texts, result)) await reply(notice(words));
    return;
  }
  const { action = '', input = {} } = OF_TASKS[actionId] ?? {};
  await enter(slack, { ...asked, pod: { id: pod }, action, input: { task, ...input } });
}
