// The buttons of a notice: what its person can do with an item right there. The notice is amended by the act's own delivery.
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/blocks.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

const OF_TASKS: Readonly<Record<string, string>> = {
  [actionIds.startTask]: 'start_task',
  [actionIds.completeTask]: 'complete_task',
};

export function isItemButton(actionId: string): boolean {
  return actionId === actionIds.snooze || actionId in OF_TASKS;
}

export async function itemPressed(
  slack: SlackContext,
  { actionId, value, triggerId }: Button,
  person: PersonDoc,
): Promise<void> {
  const asked = { as: person, via: 'slack', key: `item:${triggerId}` } as const;
  if (actionId === actionIds.snooze) {
    await enter(slack, { ...asked, action: 'snooze_item', input: { item: value } });
    return;
  }
  const [pod = '', task = ''] = value.split('/');
  await enter(slack, { ...asked, pod: { id: pod }, action: OF_TASKS[actionId] ?? '', input: { task } });
}
