// Tells whether words ask that somebody gets a task: “add a task for me”, “remind me to call the mill”, “give #3 to Ben”. Pure.
// It errs towards no: somebody who wants the result only then reads in the answer what is left for them.

/** A task that is not there yet: not “my tasks”, “Ada’s task”, “the tasks”, “a list of tasks” or “the task list”. */
const TASK =
  "(?<!(?:\\bof|['’]s|\\bmy|\\byour|\\bour|\\btheir|\\bhis|\\bher|\\ball|\\bopen|\\bthese|\\bthose)\\s)" +
  "(?<!\\bthe\\s(?=[\\w-]+s\\b))(?:tasks?|to-?dos?|reminders?|tickets?)\\b(?!\\s+lists?\\b)(?!['’])";
const ASKS = [
  `\\b(?:add|make|create|put|set|file|open|give|get|hand|leave)\\s+(?:[^\\s,:]+\\s+){0,4}?${TASK}`,
  `\\b(?:note|write)\\s+(?:[^\\s,:]+\\s+){0,3}?${TASK}`,
  "\\b(?:add|put|write|note|set)\\b[^,:]{0,200}?\\b(?:on|onto|to|in|into)\\s+(?:my|\\S{1,60}['’]s)\\s+(?:[\\w-]+\\s+)?(?:lists?|tasks|to-?dos)\\b",
  "\\b(?:my|\\S{1,60}['’]s)\\s+(?:[\\w-]+\\s+)?list:\\s*(?:add|put)\\b",
  '\\b(?:give|assign|hand|pass|leave|take)\\s+(?:[^\\s,:]+\\s+){0,2}?#\\d+\\b(?!\\s+(?:off|from|away)\\b)',
  '\\b(?:remind|assign)\\b',
].map((form) => new RegExp(form, 'giu'));
/** A wish of somebody for themselves, without “me”. */
const WANTS = new RegExp(
  `\\b(?:(?:want|need|like)s?\\s+(?:an?|another|one)\\s+(?:[\\w-]+\\s+){0,2}?${TASK}|take\\s+(?:over\\s+)?#\\d+\\b(?!\\s+(?:off|from|away)\\b))`,
  'giu',
);
const NEGATED =
  /\b(?:not|never|no|nobody|none|without|stop|avoid|cannot|dont|doesnt|cant|wont|rather than|instead of)\b|n['’]t\b/i;
/** They negate nothing. */
const FILLERS = /\b(?:do not|don['’]?t)\s+forget\b|\bwhy (?:not|don['’]?t (?:you|we))\b|\bno problem\b/gi;
const ENQUIRES = /^(?:@\S+\s+)*(?:what|which|who|whose|when|where|why|how|did|does|has|had|is|are|was|were)\b.*\?$/i;
/** In characters. A longer sentence is not read, so that the time stays short. */
const LONGEST = 1000;
const OWN = /\b(?:me|my|mine|myself)\b/i;

/** `names`: the names and the handle of whoever would get the task. `own`: they wrote the words themselves. */
export function asksForTask(words: string, { names, own }: { names: readonly string[]; own: boolean }): boolean {
  return words.split(/(?<=[.!?;])\s+|\n/).some((written) => {
    const sentence = written.replace(FILLERS, ' ').trim();
    if (sentence.length > LONGEST || ENQUIRES.test(sentence)) return false;
    if (own && isSaid(sentence, [WANTS]) && /\bI\b/.test(sentence)) return true;
    if (!isSaid(sentence, [...ASKS, WANTS])) return false;
    return (own && OWN.test(sentence)) || isNamed(sentence, names);
  });
}

/** True if one of the forms stands there and nothing before it in its clause negates it. */
function isSaid(sentence: string, forms: readonly RegExp[]): boolean {
  return forms.some((form) =>
    [...sentence.matchAll(form)].some(({ index }) => !NEGATED.test(clauseBefore(sentence, index))),
  );
}

function clauseBefore(sentence: string, end: number): string {
  return (
    sentence
      .slice(0, end)
      .split(/[,:;–—]/)
      .at(-1) ?? ''
  );
}

function isNamed(sentence: string, names: readonly string[]): boolean {
  const said = ` ${sentence.toLowerCase().replace(/[^\p{L}\p{N}._'’-]+/gu, ' ')} `.replace(
    /[.'’]+(?= )|['’]s(?= )/g,
    '',
  );
  return names.some((name) => name !== '' && said.includes(` ${name.toLowerCase()} `));
}
