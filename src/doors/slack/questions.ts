// What Skein asks a channel before it becomes a pod. Pure: the words are given.
import { actionIds, question } from '../../slack/render/blocks.ts';
import type { Post } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';

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
