// The button that shows what agents made from an erased text, in a form that forgets or keeps some of it.

import { madeLine } from '../../../digest/made-line.ts';
import { NotAllowed, NotFound } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { madeThings } from '../../../pods/erasing/traces/made-things.ts';
import { TRACES } from '../../../pods/erasing/traces/trace.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { isMemberOf } from '../pods.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

export async function openTraceForm(slack: SlackContext, pressed: Button, person: PersonDoc): Promise<void> {
  const { channel, triggerId } = pressed;
  const [pod = '', id = ''] = pressed.value.split('/');
  if (!(await isMemberOf(slack, pod, person)))
    throw new NotAllowed('Only members of this pod can do that. Join the channel first.');
  const trace = await slack.read.get(TRACES, id);
  const things = trace?.pod === pod && trace.who === person.id ? await madeThings(slack.read, trace) : [];
  if (!things.length) throw new NotFound('Nothing of this is left.');
  const definition = actionNamed(ACTIONS, 'settle_traces');
  const lead = things.map((thing) => madeLine(slack.texts.fill, thing)).join('\n');
  await openActionForm(slack, { definition, pod, channel, triggerId, fixed: { trace: id }, lead });
}
