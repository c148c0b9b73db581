// Handles the buttons in a list of what waits. The list is shown anew after a click, because its items change elsewhere
// too.

import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import { showHome } from '../home.ts';
import { waitingPost } from './waiting.ts';

type Button = Extract<Inbound, { kind: 'button' }>;
type Reply = (post: Post, replaceOriginal?: boolean) => Promise<void>;

export function isListed({ actionId }: Button): boolean {
  return actionId.endsWith(actionIds.listed);
}

/** `press`: does what the button says. A refusal, such as that somebody else was quicker, stands above the new list. */
export async function listedPressed(
  slack: SlackContext,
  pressed: Button,
  { person, reply }: { person: PersonDoc; reply: Reply },
  press: (pressed: Button, reply: Reply) => Promise<void>,
): Promise<void> {
  let said: Post | undefined;
  try {
    const actionId = pressed.actionId.slice(0, -actionIds.listed.length);
    await press({ ...pressed, actionId }, async (post) => {
      said = post;
    });
  } catch (error) {
    said = notice(refusalInSlack(error));
  }
  // A click in the Home tab has no address to reply to.
  if (!pressed.responseUrl) return showHome(slack, pressed.user, person, said);
  const list = await waitingPost(slack, person);
  return reply(said ? { text: `${said.text}\n${list.text}`, blocks: [...said.blocks, ...list.blocks] } : list, true);
}
