// Tells whether words ask that somebody gets a task: “add a task for me”, “remind me to call the mill”, “give #3 to Ben”. Pure.

const GIVES =
  /\b(?:add|make|create|put|set|file|open|note|write|give|assign|hand|pass|leave|take|want|need|like|have|get|let)\b/i;
const TASK = /\b(?:tasks?|to-?dos?|list|reminders?|tickets?)\b|#\d+/i;
/** These say it without a word for the task. */
const REMINDS = /\b(?:remind|assign)\b/i;
const REFUSES = [
  /\b(?:do not|don['’]?t|never)\s+(?:[\w'’]+\s+){0,2}?(?:add|make|create|put|set|file|open|give|assign|hand|pass|remind)\b/i,
  /\bno\s+(?:more\s+|new\s+|other\s+)?(?:tasks?|to-?dos?|reminders?)\b/i,
  /\bwithout\s+(?:any\s+)?(?:giving|adding|making|assigning|reminding|tasks?|reminders?)\b/i,
];
const OWN = /\b(?:me|my|mine|myself|I)\b/i;

/** `names`: the names and the handle of whoever would get the task. `own`: they wrote the words themselves. */
export function asksForTask(words: string, { names, own }: { names: readonly string[]; own: boolean }): boolean {
  return words.split(/[.!?;]+(?:\s|$)|\n/).some((sentence) => {
    if (REFUSES.some((form) => form.test(sentence))) return false;
    if (!REMINDS.test(sentence) && !(GIVES.test(sentence) && TASK.test(sentence))) return false;
    return (own && OWN.test(sentence)) || isNamed(sentence, names);
  });
}

function isNamed(sentence: string, names: readonly string[]): boolean {
  const said = ` ${sentence.toLowerCase().replace(/[^\p{L}\p{N}._'’-]+/gu, ' ')} `.replace(
    /[.'’]+(?= )|['’]s(?= )/g,
    '',
  );
  return names.some((name) => name !== '' && said.includes(` ${name.toLowerCase()} `));
}
