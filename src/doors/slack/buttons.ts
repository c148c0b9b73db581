// Handles the buttons in Skein's own messages. The answer to an unknown button says that the message is out of date.

import { NotFound } from '../../errors.ts';
import { code } from '../../pods/mail/mail-words.ts';
import { QUARANTINED_MAILS } from '../../pods/mail/quarantined-mail.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { Inbound } from '../../slack/parse/inbound.ts';
import { actionIds } from '../../slack/render/action-ids.ts';
import { notice } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import { enter } from '../enter.ts';
import { refusalInSlack } from '../typed-refusal.ts';
import { makePod, postOnce, welcome } from './channels.ts';
import type { SlackContext } from './context.ts';
import { filePressed, isFileButton } from './file-list/pressed.ts';
import { openAnswerForm } from './needs/answer-form.ts';
import { isItemButton, itemPressed } from './needs/item-buttons.ts';
import { laterChosen } from './needs/later-chosen.ts';
import { isListed, listedPressed } from './needs/listed.ts';
import { openTraceForm } from './needs/trace-form.ts';
import { wordsChosen } from './needs/which-one.ts';
import { personOf } from './people/people.ts';
import { podOf } from './pods.ts';
import { answerPressed } from './question-buttons.ts';
import { controlPressed, isControlButton } from './runs/pressed.ts';
import { openCardForm, opensForm } from './tasks/card-forms.ts';
import { undo, undoAnswered } from './tasks/undo.ts';
import { openStartForm } from './tasks/workflow.ts';

type Button = Extract<Inbound, { kind: 'button' }>;
type Reply = (post: Post, replaceOriginal?: boolean) => Promise<void>;

/** Handles a click. `at`: when it was saved, in milliseconds since 1970. */
export async function button(slack: SlackContext, pressed: Button, at: number): Promise<void> {
  const reply: Reply = async (post, replaceOriginal = false) => {
    if (pressed.responseUrl) await slack.sender.respond(pressed.responseUrl, { post, replaceOriginal });
  };
  const person = await personOf(slack, pressed.user);
  if (!person) return;
  try {
    await onButton(slack, pressed, person, reply, at);
  } catch (error) {
    await reply(notice(refusalInSlack(error)));
  }
}

async function onButton(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  reply: Reply,
  at: number,
): Promise<void> {
  if (isListed(pressed))
    return listedPressed(slack, pressed, { person, reply }, (inner, told) => onButton(slack, inner, person, told, at));
  if (pressed.actionId.startsWith(actionIds.answer)) return answerPressed(slack, pressed, person, reply);
  if (pressed.actionId.startsWith(actionIds.bringIn)) return bringIn(slack, pressed, person);
  if (pressed.actionId === actionIds.wordsFor) return wordsChosen(slack, pressed, person, reply);
  if (pressed.actionId === actionIds.answerInWords) return openAnswerForm(slack, pressed, person);
  if (pressed.actionId === actionIds.later) return laterChosen(slack, pressed, person);
  if (pressed.actionId === actionIds.lookAtMade) return openTraceForm(slack, pressed, person);
  if (pressed.actionId === actionIds.undoAnswered) return undoAnswered(slack, pressed, person, reply);
  if (pressed.actionId === actionIds.undo) return void (await undo(slack, pressed, person));
  if (opensForm(pressed)) return openCardForm(slack, pressed, person);
  if (isFileButton(pressed)) return filePressed(slack, pressed, person, reply);
  if (isControlButton(pressed)) return controlPressed(slack, pressed, person, (post) => reply(post));
  if (isItemButton(pressed.actionId)) return itemPressed(slack, pressed, person, reply);
  const channel = pressed.channel ?? pressed.value;
  switch (pressed.actionId) {
    case actionIds.makePod:
      return make(slack, channel, person, reply);
    case actionIds.makePodPast:
      return make(slack, channel, person, reply, at);
    case actionIds.makeSharedPod:
    case actionIds.makeSharedPast: {
      const past = pressed.actionId === actionIds.makeSharedPast;
      return makeShared(slack, channel, { person, name: pressed.value, at, past }, reply);
    }
    case actionIds.declinePod:
      return decline(slack, channel, person, reply);
    case actionIds.startWorkflow:
      return openStartForm(slack, pressed, person);
    case actionIds.retry:
      return retry(slack, pressed, person);
    case actionIds.acceptMail:
      return settleMail(slack, pressed, person, 'accept_mail', reply);
    case actionIds.rejectMail:
      return settleMail(slack, pressed, person, 'reject_mail', reply);
    case actionIds.separateMail:
      return separate(slack, pressed, person);
    default:
      throw new NotFound('This button belongs to something that is over. Ask the agent again in the thread.');
  }
}

/** Makes the channel a pod. `past`: when the person asked for the channel's recent messages; absent if they did not. */
async function make(
  slack: SlackContext,
  channel: string,
  person: PersonDoc,
  reply: Reply,
  past?: number,
): Promise<void> {
  const made = await makePod(slack, channel, person, past === undefined ? {} : { past });
  if ('question' in made) return reply(made.question, true);
  return reply(await welcome(slack, made, { past: past !== undefined }), true);
}

/**
 * Makes a shared channel a pod, after a person confirmed that another organisation can read it. The answer replaces the
 * question.
 */
async function makeShared(
  slack: SlackContext,
  channel: string,
  { person, name, at, past }: { person: PersonDoc; name: string; at: number; past: boolean },
  reply: Reply,
): Promise<void> {
  const wanted = { shared: true, ...(name ? { name } : {}), ...(past ? { past: at } : {}) };
  const made = await makePod(slack, channel, person, wanted);
  if ('question' in made) return reply(made.question, true);
  const words = await welcome(slack, made, { shared: true, past });
  if (made.made) await postOnce(slack, channel, words, `welcome:${channel}`, at);
  return reply(notice(slack.texts.fill('pod-welcome', 'shared', { person: person.name })), true);
}

async function decline(slack: SlackContext, channel: string, person: PersonDoc, reply: Reply): Promise<void> {
  const pod = await podOf(slack, { channel });
  // Somebody else has made the channel a pod in the meantime.
  if (pod) return reply(await welcome(slack, { pod: pod.id, name: pod.name }), true);
  return reply(notice(slack.texts.fill('pod-welcome', 'not-now', { person: person.name })), true);
}

/** Accepts or rejects a quarantined mail in an owner's name. The message with the buttons then shows the result. */
async function settleMail(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  action: 'accept_mail' | 'reject_mail',
  reply: Reply,
): Promise<void> {
  const [pod = '', mail = ''] = pressed.value.split('/');
  const subject = action === 'accept_mail' ? await subjectOf(slack, mail) : '';
  const key = `settle:${pressed.triggerId}`;
  await enter(slack, { as: person, pod: { id: pod }, action, input: { mail }, via: 'slack', key });
  const { fill } = slack.texts;
  const said =
    action === 'accept_mail'
      ? fill('held-mail', 'accepted-in-slack', { subject })
      : fill('held-mail', 'rejected-in-slack');
  return reply(notice(said), true);
}

/** Returns the mail's subject, formatted as code, because a stranger wrote it. */
async function subjectOf({ read, texts }: SlackContext, mail: string): Promise<string> {
  const ref = (await read.get(QUARANTINED_MAILS, mail))?.subjectRef;
  const subject = ref && (await read.texts([ref])).get(ref);
  return subject ? code(subject) : texts.fill('held-mail', 'without-subject');
}

/**
 * Adds an agent to the pod after a message mentioned it there. The agent then gets that message, and the button is
 * removed.
 */
async function bringIn(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc): Promise<void> {
  const [pod = '', offer = '', who = ''] = value.split('/');
  const input = { who, offer };
  await enter(slack, {
    as: person,
    pod: { id: pod },
    action: 'add_member',
    input,
    via: 'slack',
    key: `add:${triggerId}`,
  });
}

/** “Try again” under a failed answer: acts in the person's name, and only once however many people press it. */
async function retry(slack: SlackContext, { channel, value }: Button, person: PersonDoc): Promise<void> {
  const pod = channel ? await podOf(slack, { channel }) : undefined;
  if (!pod) throw new NotFound('This channel is no pod any more. Write /skein pod new to make it one.');
  const input = { message: value };
  await enter(slack, { as: person, pod, action: 'retry_run', input, via: 'slack', key: `retry:${value}` });
}

/** Makes a task of its own of a mail that joined a task. The mail in the thread then says so, without the button. */
async function separate(slack: SlackContext, { value }: Button, person: PersonDoc): Promise<void> {
  const [pod = '', message = ''] = value.split('/');
  const key = `separate:${message}`;
  await enter(slack, { as: person, pod: { id: pod }, action: 'separate_mail', input: { message }, via: 'slack', key });
}
