// Handles the buttons that let a paused agent go on, take its work over, hand it back, or stop it.
import { NotAllowed } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/blocks.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

const ACTS: Readonly<Record<string, string>> = {
  [actionIds.resumeRun]: 'resume_run',
  [actionIds.takeOver]: 'take_over',
  [actionIds.handBack]: 'hand_back',
  [actionIds.stopRun]: 'stop_run',
};

export function isControlButton({ actionId }: Pick<Button, 'actionId'>): boolean {
  return actionId in ACTS;
}

/** The thread says what was done, by the deliveries of the act. Handing back opens a form, for the note. */
export async function controlPressed(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const { actionId, triggerId, channel, value } = pressed;
  const [pod = '', conversation = '', id] = value.split('/');
  const fixed = { conversation, ...(id ? { agent: id.slice('agent:'.length) } : {}) };
  const action = ACTS[actionId] ?? '';
  if (actionId === actionIds.handBack) {
    // Anybody may look into a public channel and click.
    if (!(await isMemberOf(slack, pod, person)))
      throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
    return openActionForm(slack, { definition: actionNamed(ACTIONS, action), pod, channel, triggerId, fixed });
  }
  await enter(slack, { as: person, pod: { id: pod }, action, input: fixed, via: 'slack', key: `control:${triggerId}` });
}
