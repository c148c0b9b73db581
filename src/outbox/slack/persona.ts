// The name and picture under which a participant's messages are posted in Slack.

import type { Reader } from '../../log/action.ts';
import { handleOf, isAgent, type ParticipantId } from '../../log/participant.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import type { Persona } from '../../slack/send/post.ts';

/**
 * Returns the persona. An agent posts under its own name and picture. A message of a person who wrote it outside Slack
 * shows “(through Skein)” after the person's name.
 */
export async function personaOf(read: Reader, by: ParticipantId): Promise<Persona> {
  if (isAgent(by)) {
    const agent = await read.get(AGENTS, by);
    if (!agent) return { username: handleOf(by) };
    return { username: agent.name, iconEmoji: agent.avatar.emoji, iconUrl: agent.avatar.url };
  }
  if (by === 'skein') return {};
  const names = await namesOfAll(read, [by]);
  return { username: `${called(names, by).name} (through Skein)` };
}
