// The buttons below the message that says who controls an agent: what can be done about it now.
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import { withheldIn } from '../../pods/conversations/words/withheld.ts';
import { actionIds, type Button, buttons } from '../../slack/render/blocks.ts';
import type { Block } from '../../slack/render/render.ts';
import type { PostDeps } from './send-once.ts';

/** Undefined once another message says what is so, or nothing is held any more. */
export async function controlButtons(
  { read, texts }: Pick<PostDeps, 'read' | 'texts'>,
  pod: string,
  { id, conversation, controls = [] }: MessageDoc,
): Promise<Block | undefined> {
  if (!controls.length) return undefined;
  const doc = await read.get(CONVERSATIONS, conversation);
  const agents = controls.filter((agent) => doc?.atWork?.some((one) => one.agent === agent && one.line === id));
  const [first] = agents;
  const withheld = first && withheldIn(doc?.atWork, first);
  if (!withheld) return undefined;
  const value = [pod, conversation, ...(agents.length === 1 ? agents : [])].join('/');
  const one = (actionId: string, label: 'go-on' | 'take-over' | 'hand-back' | 'stop'): Button => ({
    ...{ actionId, value },
    label: texts.fill('message-notes', label),
  });
  const paused = [one(actionIds.resumeRun, 'go-on'), one(actionIds.takeOver, 'take-over')];
  const taken = [one(actionIds.handBack, 'hand-back')];
  return buttons([...(withheld.how === 'paused' ? paused : taken), one(actionIds.stopRun, 'stop')]);
}
