// Handles the menu of times to which a person puts something off. A time that it does not hold is written in a form.
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

export async function laterChosen(
  slack: SlackContext,
  { value, channel, triggerId }: Button,
  person: PersonDoc,
): Promise<void> {
  const [item = '', until = ''] = value.split('/');
  if (until) {
    const input = { item, until };
    await enter(slack, { as: person, via: 'slack', key: `item:${triggerId}`, action: 'snooze_item', input });
    return;
  }
  const definition = actionNamed(ACTIONS, 'snooze_item');
  await openActionForm(slack, { definition, channel, triggerId, fixed: { item } });
}
