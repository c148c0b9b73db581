// Answers thanks, greetings and "what can you do?".

import { type Intent, say } from '../intent.ts';
import type { Situation } from '../situation.ts';
import { subjectWords } from '../words.ts';

const thanks =
  /^(?:(?:many |a )?thanks?|thank you|thx|cheers|perfect|great|nice|lovely|well done|good job|awesome|got it|ok(?:ay)?)\b/i;
const greeting = /^(?:hi|hello|hey|hallo|moin|good (?:morning|afternoon|evening|day))\b/i;
const help = /^(?:help|what can you do|what do you do|who are you|how do you work)\b/i;

export const smallTalk: Intent = {
  hear({ text, from }, situation) {
    if (help.test(text)) return () => say(`I am the stand-in model and work by simple rules. ${abilities(situation)}`);
    // A longer sentence that begins with thanks contains another wish.
    if (subjectWords(text).length > 5) return undefined;
    const name = from ? `, ${from.split(' ')[0]}` : '';
    if (thanks.test(text)) return () => say(`You are welcome${name}.`);
    if (greeting.test(text)) return () => say(`Hello${name}. ${abilities(situation)}`);
    return undefined;
  },
};

const skills: readonly (readonly [tool: string, ability: string])[] = [
  ['create_task', 'make tasks ("add a task for Ben to order boxes by Friday")'],
  ['complete_task', 'close them ("#3 is done")'],
  ['list_tasks', 'list them ("what is open?")'],
  ['search_pod', 'look things up ("what do we know about boxes?")'],
  ['ask', 'ask people ("ask Ben: which flour do we order, rye or wheat?")'],
  ['record_decision', 'keep decisions ("we decided to …")'],
  ['put_file', 'write files ("write a brief about the launch")'],
  ['read_conversation', 'sum up this thread'],
];

/** Returns one sentence about the tools that the request offers. */
export function abilities({ offered }: Situation): string {
  const known = skills.filter(([tool]) => offered.has(tool)).map(([, ability]) => ability);
  return known.length > 0 ? `I can ${known.join(', ')}.` : 'I was given no tools here, so I can do nothing but answer.';
}
