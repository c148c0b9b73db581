// Handles "What is waiting for me?" and "what do you need from me?".

import { call, type Intent, list, once, part } from '../../intent.ts';
import { quoted } from '../../words.ts';

const asked = [
  /\bwhat(?:['’]s| is| else is)?\s+(?:still\s+)?(?:waits?|waiting)\s+(?:for|on)\s+me\b/i,
  /\b(?:anything|something|who is)\s+(?:waiting|that waits)\s+(?:for|on)\s+me\b/i,
  /\bwaiting list\b/i,
  /\bwhat (?:do|does) (?:you|everybody|anybody|the team|they) (?:need|want) (?:from|of) me\b/i,
];

interface Waits {
  why: string;
  pod: { name: string };
  from?: string;
  task?: string;
  title?: string;
  question?: string;
  options?: string[];
  text?: string;
  due?: string;
  is?: string;
  mails?: number;
  put_off_until?: string;
}

export const listWaiting: Intent = {
  hear({ text }, { direct }) {
    if (!asked.some((form) => form.test(text))) return undefined;
    return () =>
      once(call('list_waiting'), (outcome) => {
        const all = list<Waits>(outcome, 'waiting');
        const where = direct ? '' : ' in this pod';
        if (all.length === 0) return `Nothing is waiting for you${where}.`;
        const more = part<string>(outcome, 'more');
        return [
          `This waits for you${where}:`,
          ...all.map((one) => `- ${line(one)}`),
          ...(more ? [`- … ${more}`] : []),
        ].join('\n');
      });
  },
};

function line(one: Waits): string {
  const { pod, due, is, put_off_until: until } = one;
  const when = [until && 'put off', due && (is ?? `due ${due}`)].filter(Boolean);
  return `${subject(one)} (${[pod.name, ...when].join(', ')})`;
}

function subject({ why, from, task, title = '', question, options = [], text = '', mails }: Waits): string {
  if (mails) return `${mails} ${mails === 1 ? 'mail' : 'mails'} for an owner to let in`;
  if (task) return `${task} ${quoted(title, 120)}${from ? `, from ${from}` : ''}`;
  const choices = options.length ? ` [${options.join(' / ')}]` : '';
  if (question) return `${from} asks (${question}): ${quoted(text, 200)}${choices}`;
  return from ? `${from} ${why === 'answered' ? 'answered' : 'asks for you'}: ${quoted(text, 200)}` : 'something';
}
