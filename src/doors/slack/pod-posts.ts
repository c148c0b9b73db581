// The texts that Skein posts before and after a channel becomes a pod. Pure.
import type { AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { actionIds } from '../../slack/render/action-ids.ts';
import { notice, question } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import { PAST_DAYS, PAST_MESSAGES } from './past/past.ts';

/** The question after the app is added to a channel. Slack sends `value` back with the answer. */
export function inviteQuestion({ fill }: Texts, { channelName, value }: { channelName: string; value: string }): Post {
  return question({
    asks: fill('pod-invitation', 'question', { channel: channelName }),
    means: fill('pod-invitation', 'meaning'),
    answers: [
      { actionId: actionIds.makePod, label: fill('pod-invitation', 'yes'), value, style: 'primary' },
      { actionId: actionIds.makePodPast, label: fill('pod-invitation', 'yes-with-history'), value },
      { actionId: actionIds.declinePod, label: fill('pod-invitation', 'no'), value },
    ],
  });
}

/**
 * The question before a channel with readers of another organisation becomes a pod. Slack sends `name` back with the
 * answer.
 */
export function sharedQuestion(
  { fill }: Texts,
  { channelName, name = '' }: { channelName: string; name?: string },
): Post {
  const text = 'shared-pod-invitation';
  return question({
    asks: fill(text, 'question', { channel: channelName }),
    means: fill(text, 'meaning'),
    answers: [
      { actionId: actionIds.makeSharedPod, label: fill(text, 'yes'), value: name, style: 'danger' },
      { actionId: actionIds.makeSharedPast, label: fill(text, 'yes-with-history'), value: name, style: 'danger' },
      { actionId: actionIds.declinePod, label: fill(text, 'no'), value: '' },
    ],
  });
}

const PURPOSE_CHARS = 120;

export interface Welcomed {
  name: string;
  agents: readonly Pick<AgentDoc, 'handle' | 'purpose'>[];
  /** True if people of another organisation are in the channel. */
  shared?: boolean;
  /** True while recent messages are being read. */
  past?: boolean;
}

export function welcomeWords(texts: Texts, { name, agents, shared = false, past = false }: Welcomed): Post {
  const { fill } = texts;
  const lines = agents.map(({ handle, purpose }) =>
    fill('pod-welcome', 'agent', { handle, purpose: purpose.slice(0, PURPOSE_CHARS).replace(/[\uD800-\uDBFF]$/, '') }),
  );
  return notice(
    fill('pod-welcome', 'welcome', {
      pod: name,
      members: fill('pod-welcome', shared ? 'members-and-guests' : 'members-all'),
      agents: lines.join('\n'),
      history: past ? historyWords(texts) : '',
    }),
  );
}

/** The answer to a person who asked for past messages. */
export function historyWords({ fill }: Texts): string {
  return fill('pod-welcome', 'history', { days: PAST_DAYS, most: PAST_MESSAGES });
}
