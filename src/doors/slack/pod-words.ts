// What Skein asks a channel before it becomes a pod, and says once it is one. Pure.
import type { AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { actionIds, notice, question } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import { PAST_DAYS, PAST_MESSAGES } from './past/past.ts';

/** Asked when the app is added to a channel. `value` comes back with the answer. */
export function inviteQuestion({ say }: Texts, { channelName, value }: { channelName: string; value: string }): Post {
  return question({
    asks: say('pod-invitation', 'question', { channel: channelName }),
    means: say('pod-invitation', 'meaning'),
    answers: [
      { actionId: actionIds.makePod, label: say('pod-invitation', 'yes'), value, style: 'primary' },
      { actionId: actionIds.makePodPast, label: say('pod-invitation', 'yes-with-history'), value },
      { actionId: actionIds.declinePod, label: say('pod-invitation', 'no'), value },
    ],
  });
}

/** Asked before a channel with readers of another organisation becomes a pod. `name` comes back with the answer. */
export function sharedQuestion(
  { say }: Texts,
  { channelName, name = '' }: { channelName: string; name?: string },
): Post {
  const text = 'shared-pod-invitation';
  return question({
    asks: say(text, 'question', { channel: channelName }),
    means: say(text, 'meaning'),
    answers: [
      { actionId: actionIds.makeSharedPod, label: say(text, 'yes'), value: name, style: 'danger' },
      { actionId: actionIds.makeSharedPast, label: say(text, 'yes-with-history'), value: name, style: 'danger' },
      { actionId: actionIds.declinePod, label: say(text, 'no'), value: '' },
    ],
  });
}

const PURPOSE_CHARS = 120;

export interface Welcomed {
  name: string;
  agents: readonly Pick<AgentDoc, 'handle' | 'purpose'>[];
  /** People of another organisation are here too. */
  shared?: boolean;
  /** Recent messages are being read. */
  past?: boolean;
}

export function welcomeWords(texts: Texts, { name, agents, shared = false, past = false }: Welcomed): Post {
  const { say } = texts;
  const lines = agents.map(({ handle, purpose }) =>
    say('pod-welcome', 'agent', { handle, purpose: purpose.slice(0, PURPOSE_CHARS).replace(/[\uD800-\uDBFF]$/, '') }),
  );
  return notice(
    say('pod-welcome', 'welcome', {
      pod: name,
      members: say('pod-welcome', shared ? 'members-and-guests' : 'members-all'),
      agents: lines.join('\n'),
      history: past ? historyWords(texts) : '',
    }),
  );
}

/** The answer to the person who asked for past messages. */
export function historyWords({ say }: Texts): string {
  return say('pod-welcome', 'history', { days: PAST_DAYS, most: PAST_MESSAGES });
}
