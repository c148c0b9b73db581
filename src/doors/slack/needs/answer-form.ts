// The button that opens the form of an answer in words, in a notice, on the Home tab and in /skein waiting.
import { NotAllowed } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { questionNamed } from '../../../pods/questions/question-words.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

export async function openAnswerForm(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const { channel, triggerId } = pressed;
  const [pod = '', named = ''] = pressed.value.split('/');
  if (!(await isMemberOf(slack, pod, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  const { id } = await questionNamed(slack.read, pod, named);
  const definition = actionNamed(ACTIONS, 'answer_question');
  await openActionForm(slack, { definition, pod, channel, triggerId, fixed: { question: id } });
}
