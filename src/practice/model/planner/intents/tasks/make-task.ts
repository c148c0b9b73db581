// Handles "Add a task for Ben to order boxes by Friday", "task for @ben: …", "ask Ben to …", "remind me to …", and
// lists of such tasks.

import { dueIn } from '../../due-date.ts';
import { type Intent, say, type Talk, troubleOf, tryCall } from '../../intent.ts';
import type { Situation, Wish } from '../../situation.ts';
import { isKnownPerson, taskIn, taskLine } from '../../task-words.ts';
import { asTitle, personOf, whoPattern } from '../../words.ts';

const verb = '(?:[Aa]dd|[Cc]reate|[Mm]ake|[Oo]pen|[Nn]ew|[Ss]et up|[Ff]ile|[Ll]og|[Nn]ote|[Pp]ut|[Gg]ive)';
const noun = '(?:tasks?|to-?dos?|tickets?|action items?|reminders?)';
const count = '(?:a|an|the|another|one|two|three|four|five|some|these|this|new|\\d)';
/**
 * The patterns of a request for a task. Each has the groups assignee and title. A missing assignee is the empty text.
 */
const forms = [
  `^(?:${verb}\\s+)?(?:${count}\\s+)*(?:new\\s+)?[Tt]asks?\\s+(?:for|to)\\s+(?<who>${whoPattern}|us|everyone|the team)\\s*(?::|[-–—]|,|\\bto\\b|\\babout\\b)\\s*(?<what>.+)$`,
  `^${verb}\\s+(?<who>${whoPattern})\\s+(?:${count}\\s+)*${noun}\\s*(?::|[-–—]|\\bto\\b|\\babout\\b)\\s*(?<what>.+)$`,
  `^${verb}\\s+(?:me\\s+)?(?:${count}\\s+)*(?:new\\s+)?${noun}\\s+for\\s+(?<who>${whoPattern}|us|everyone|the team)\\s*(?::|[-–—]|,|\\bto\\b|\\babout\\b)?\\s*(?<what>.+)$`,
  `^${verb}\\s+(?:me\\s+)?(?:${count}\\s+)*(?:new\\s+)?${noun}\\s*(?::|[-–—]|\\bto\\b|\\babout\\b|\\bthat says\\b|\\bcalled\\b)?\\s*(?<what>.+)$`,
  `^(?:[Tt]asks?|[Tt]o-?dos?|TODO|[Aa]ction items?)\\s*[:–—-]\\s*(?<what>.+)$`,
  `^(?:[Aa]ssign)\\s+(?<who>${whoPattern})\\s+(?:${count}\\s+)*${noun}\\s*(?::|\\bto\\b)\\s*(?<what>.+)$`,
  `^(?:[Aa]sk|[Tt]ell|[Gg]et|[Hh]ave)\\s+(?<who>${whoPattern})\\s+(?:if (?:he|she|they) (?:can|could)|(?:please\\s+)?to|whether (?:he|she|they) (?:can|could))\\s+(?<what>.+)$`,
  `^(?:[Rr]emind)\\s+(?<who>${whoPattern}|us|everyone|the team)\\s+(?:to|about|of|that)\\s+(?<what>.+)$`,
  `^(?:[Hh]ave|[Ll]et(?!\\s+me\\b))\\s+(?<who>${whoPattern})\\s+(?!to\\b)(?<what>[a-z].+)$`,
  `^(?:[Rr]emember|[Dd]on['’]t (?:let (?:me|us) )?forget)\\s+to\\s+(?<what>.+)$`,
].map((form) => new RegExp(form, 'su'));

const must = new RegExp(`^(?<who>${whoPattern})\\s+(?:needs to|has to|must|should|is to)\\s+(?<what>.+)$`, 'su');
const bare = new RegExp(
  `^(?:(?<what>.+[.!?:])\\s+)?(?:(?:[Cc]an|[Cc]ould) you )?(?:[Pp]lease )?${verb}\\s+(?:${count}\\s+)*(?:new\\s+)?${noun}(?:\\s+for\\s+(?<who>${whoPattern}))?[.?!]*$`,
  'su',
);

type Said = Partial<Record<string, string>>;

/** Returns the task in "Ben needs to …". A sentence such as "Everything needs to …" makes no task. */
function duty({ text }: Wish, situation: Situation): Said | undefined {
  const said = must.exec(text)?.groups;
  return said?.who && isKnownPerson(said.who, situation) ? said : undefined;
}

/** Returns the task in "We need boxes. Can you make a task for Ben?". The sentence before the request is the task. */
function untitled({ text }: Wish): Said | undefined {
  return bare.exec(text)?.groups;
}

interface NewTask {
  title: string;
  assignee?: string;
  due?: string;
}

export const makeTask: Intent = {
  acts: true,
  hear(wish, situation) {
    const said =
      forms.map((form) => form.exec(wish.text)?.groups).find(Boolean) ?? duty(wish, situation) ?? untitled(wish);
    if (!said) return undefined;
    if (!said.what)
      return () => say('What is the task? Say it like this: "add a task for Ben to order boxes by Friday".');
    const everyone = said.who && !/^(?:us|everyone|the team)$/.test(said.who) ? said.who : undefined;
    const several = /\b(?:tasks|to-?dos|tickets|items|reminders)\b[^:]*:/i.test(wish.text);
    const tasks = itemsIn(said.what, several).map((item) => taskOf(item, everyone, wish, situation));
    return tasks.every((task) => task.title) ? () => makeAll(tasks) : undefined;
  },
};

function* makeAll(tasks: readonly NewTask[]): Talk {
  const outcomes = yield tasks.map((task) => tryCall('create_task', { ...task }));
  return outcomes
    .map((outcome, index) => {
      const task = taskIn(outcome);
      return troubleOf(outcome) ?? `Made: ${task ? taskLine(task) : tasks[index]?.title}.`;
    })
    .join('\n');
}

/** Returns one task for each list item, or for each part of an announced enumeration. Otherwise returns one task. */
function itemsIn(what: string, several: boolean): string[] {
  const lines = what.split('\n').map((line) => line.trim());
  const bullets = lines.filter((line) => /^(?:[-*•]|\d+[.)])\s+/.test(line));
  if (bullets.length > 0) return bullets.map((line) => line.replace(/^(?:[-*•]|\d+[.)])\s+(?:\[ ?\]\s*)?/, ''));
  return several ? what.split(/\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+)/).filter(Boolean) : [what];
}

function taskOf(item: string, everyone: string | undefined, wish: Wish, situation: Situation): NewTask {
  const { due, rest } = dueIn(item, wish.today);
  const named = new RegExp(
    `^(?<what>.+?)\\s+\\(?(?:(?:for|assigned to)\\s+(?<who>${whoPattern})|(?<mention>@[\\w.-]+))\\)?[.!]*$`,
    'su',
  ).exec(rest)?.groups;
  const meant = named?.who ?? named?.mention;
  const own = !everyone && meant && (meant === 'me' || isKnownPerson(meant, situation)) ? meant : undefined;
  const who = everyone ?? own;
  return {
    title: asTitle((own && named?.what) || rest),
    ...(who && { assignee: personOf(who, wish) }),
    ...(due && { due }),
  };
}
