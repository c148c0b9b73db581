// Handles /skein repeat: has a task come again, lets it go on, or ends that.
import { InvalidInput } from '../../../errors.ts';
import { shownDate } from '../../../pods/local-time.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { enter } from '../../enter.ts';
import { type PodCommand, podHere } from './pod-command.ts';

export const REPEAT_HELP = [
  {
    usage: '/skein repeat #3 every Monday at 9:00',
    says: 'has a task come again; “#3 stop” ends that, “#3 go on” lets it go on',
  },
];

const USAGE =
  'Write a task’s number and when it comes again, as in “/skein repeat #3 every Monday at 9:00”, or “/skein repeat #3 stop”.';

interface Repeated {
  repeat: { task: number; every?: string; day?: string };
}

export const repeatCommand: PodCommand = async (slack, asked, person, pod, words) => {
  const { fill } = slack.texts;
  const [, task, said = ''] = /^#?(\d{1,9})[:,]?\s+(\S.*)$/s.exec(words.trim()) ?? [];
  if (!task) throw new InvalidInput(USAGE);
  const here = podHere(pod, 'the number is that of a task there');
  const ends = /^(?:stop|end|never)[.!]?$/i.test(said);
  const goesOn = /^go on[.!]?$/i.test(said);
  const input = { task, ...(goesOn ? { go_on: true } : { every: ends ? null : said }) };
  const entry = {
    as: person,
    via: 'slack',
    pod: here,
    action: 'repeat_task',
    input,
    key: `repeat:${asked.triggerId}`,
  } as const;
  const { repeat } = (await enter<Repeated>(slack, entry)).result;
  const { task: number, every: rule, day } = repeat;
  if (!rule || !day) return notice(fill('repeat-answer', 'ended', { number }));
  return notice(fill('repeat-answer', 'repeats', { number, rule, day: shownDate(day) }));
};
