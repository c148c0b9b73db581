// Handles the buttons that let a paused agent go on, take its work over, hand it back, or stop it.
import { Conflict, NotAllowed } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { isUnderWay } from '../../../pods/runs/control/same-root.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

const ACTS: Readonly<Record<string, string>> = {
  [actionIds.pauseRun]: 'pause_run',
  [actionIds.resumeRun]: 'resume_run',
  [actionIds.takeOver]: 'take_over',
  [actionIds.handBack]: 'hand_back',
  [actionIds.stopRun]: 'stop_run',
  [actionIds.letGoOn]: 'post_message',
};

export function isControlButton({ actionId }: Pick<Button, 'actionId'>): boolean {
  return actionId in ACTS || actionId === actionIds.stopAll || actionId.startsWith(actionIds.stopOther);
}

/** The end of the value of a button in a list of runs, which is in no thread. */
export const IN_LIST = '/listed';

/**
 * The thread says what was done, by the deliveries of the act; a click in a list of runs is answered there. Handing back
 * opens a form, for the note.
 */
export async function controlPressed(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  reply: (post: Post) => Promise<void>,
): Promise<void> {
  const { actionId, triggerId, channel } = pressed;
  const inList = pressed.value.endsWith(IN_LIST);
  const value = inList ? pressed.value.slice(0, -IN_LIST.length) : pressed.value;
  const [pod = '', conversation = '', id] = value.split('/');
  const names = id?.split(',').map((one) => one.slice('agent:'.length)) ?? [];
  const fixed = { conversation, ...(names.length === 1 ? { agent: names[0] } : {}) };
  const action = ACTS[actionId] ?? 'stop_run';
  // Its thread need not hear of a stop that stops nothing.
  if (actionId.startsWith(actionIds.stopOther) && !(await isUnderWay(slack.read, { conversation, agent: id })))
    throw new Conflict('That work is over already.');
  if (actionId === actionIds.handBack) {
    // Anybody may look into a public channel and click.
    if (!(await isMemberOf(slack, pod, person)))
      throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
    return openActionForm(slack, { definition: actionNamed(ACTIONS, action), pod, channel, triggerId, fixed });
  }
  // Stopped agents go on by a person's word alone, so the click writes it in their name.
  const called = names.map((one) => `@${one}`).join(' ');
  const goOn = actionId === actionIds.letGoOn ? { conversation, text: `${called} go on` } : undefined;
  const input = goOn ?? { ...fixed, ...(actionId === actionIds.stopAll ? { everywhere: true } : {}) };
  await enter(slack, { as: person, pod: { id: pod }, action, input, via: 'slack', key: `control:${triggerId}` });
  if (inList) await reply(notice(slack.texts.fill('message-notes', DONE[action] ?? 'list-stopped')));
}

const DONE: Readonly<Record<string, 'list-paused' | 'list-resumed' | 'list-taken' | 'list-stopped'>> = {
  pause_run: 'list-paused',
  resume_run: 'list-resumed',
  take_over: 'list-taken',
};
