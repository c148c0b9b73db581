// Handles /skein follow: how closely a person stays with a task, or with the pod of the channel.
import { InvalidInput } from '../../../errors.ts';
import { closenessNamed, LONGEST_NAME, MOST_NAMED } from '../../../pods/involvement/level.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { enter } from '../../enter.ts';
import { type Chosen, involvementAnswer } from '../../involvement-answer.ts';
import { type PodCommand, podHere } from '../tasks/pod-command.ts';

export const FOLLOW_HELP = [
  {
    usage: '/skein follow #3 every step',
    says: 'says how close you stay with a task, or without a number with this pod; also: only when it’s done, digest, nothing; or checkpoints: outline, final text',
  },
];

export const followCommand: PodCommand = async (slack, asked, person, pod, words) => {
  const [, number, said = ''] = /^(?:#?(\d{1,9})(?![\p{L}\p{N}]))?[:,]?\s*(.*)$/su.exec(words.trim()) ?? [];
  const task = number && `#${number}`;
  const closeness = closenessNamed(said);
  if (!closeness && /^checkpoints?\b/i.test(said))
    throw new InvalidInput(
      `Name one to ${MOST_NAMED} points, each with at most ${LONGEST_NAME} characters and commas between: /skein follow #3 checkpoints: outline, final text.`,
    );
  if (!closeness)
    throw new InvalidInput(
      'Write how close you stay: “every step”, “only when it’s done”, “digest” or “nothing”; with a task’s number before it, as in /skein follow #3 every step. Or name the points at which its agent waits for your yes: /skein follow #3 checkpoints: outline, final text.',
    );
  const here = podHere(pod, 'it is about that pod, or a task there');
  const { result } = await enter<Chosen>(slack, {
    ...{
      as: person,
      via: 'slack',
      pod: here,
      action: 'set_involvement',
      input: { ...closeness, ...(task ? { task } : {}) },
    },
    key: `follow:${asked.triggerId}`,
  });
  return notice(involvementAnswer(slack.texts, result));
};
