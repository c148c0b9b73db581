// The buttons below the message that says who controls an agent: what can be done about it now.
import { handleOf } from '../../log/participant.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import { isStopped } from '../../pods/conversations/words/at-work.ts';
import { withheldIn } from '../../pods/conversations/words/withheld.ts';
import { actionIds } from '../../slack/render/action-ids.ts';
import { type Button, buttons } from '../../slack/render/blocks.ts';
import type { Block } from '../../slack/render/render.ts';
import { runButtons } from '../../slack/render/runs/run-buttons.ts';
import type { PostDeps } from './send-once.ts';

/** Undefined once another message says what is so, or nothing is held any more. */
export async function controlButtons(
  { read, texts }: Pick<PostDeps, 'read' | 'texts'>,
  pod: string,
  message: MessageDoc,
): Promise<Block | undefined> {
  const { id, conversation, controls = [], stops } = message;
  if (stops) return stopButtons(texts, pod, { conversation, stops });
  if (!controls.length) return undefined;
  const doc = await read.get(CONVERSATIONS, conversation);
  const agents = controls.filter((agent) => doc?.atWork?.some((one) => one.agent === agent && one.line === id));
  const [first] = agents;
  if (!first) return undefined;
  const how = withheldIn(doc?.atWork, first)?.how ?? (isStopped(doc?.atWork, first) ? 'stopped' : undefined);
  if (!how) return undefined;
  const named = agents.length === 1 || how === 'stopped' ? [agents.join(',')] : [];
  const value = [pod, conversation, ...named].join('/');
  return buttons(runButtons((one) => texts.fill('message-notes', one), how, value));
}

/** The most runs with a button of their own. “Stop all” is for the others. */
const MOST = 4;

/** The buttons stay. A click on one whose run is over says so. */
function stopButtons(
  texts: PostDeps['texts'],
  pod: string,
  { conversation, stops }: { conversation: string; stops: NonNullable<MessageDoc['stops']> },
): Block {
  const each = stops.slice(0, MOST).map(
    (one, n): Button => ({
      actionId: `${actionIds.stopOther}.${n}`,
      label: texts.fill('message-notes', 'stop-one', { agent: handleOf(one.agent) }),
      value: [one.pod ?? pod, one.conversation, one.agent].join('/'),
    }),
  );
  const all = { actionId: actionIds.stopAll, label: texts.fill('message-notes', 'stop-all'), style: 'danger' as const };
  return buttons([...each, { ...all, value: [pod, conversation].join('/') }]);
}
