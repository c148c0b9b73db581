// The line that asks the owner of a repeat whether it goes on.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import type { NeedDoc } from '../../pods/needs/need.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { MOST_JOINED } from '../../pods/tasks/repeats/repeat.ts';
import { repeatOf } from '../../pods/tasks/repeats/repeat-of.ts';
import { ruleWords } from '../../pods/tasks/repeats/rule.ts';
import { TASKS } from '../../pods/tasks/task.ts';
import { withTitles } from '../../pods/tasks/task-words.ts';
import type { Texts } from '../../texts/texts.ts';

export async function repeatLine(
  { read, texts: { fill } }: { read: Reader; texts: Texts },
  { reason, about }: NeedDoc,
  { pod, url }: { pod: string; url: string },
): Promise<string | undefined> {
  const doc = reason === 'goes_on' ? await read.get(TASKS, about.id) : undefined;
  const repeat = doc && (await repeatOf(read, doc));
  if (!doc || !repeat) return undefined;
  const [task] = await withTitles(read, [doc]);
  const names = await namesOfAll(read, [doc.assignee, repeat.owner]);
  const nameOf = (who: typeof doc.assignee) => (who ? quiet(called(names, who).name, 60) : fill('notice', 'nobody'));
  const said = { pod, url, number: doc.number, title: quiet(task?.title ?? '', 120), rule: ruleWords(repeat.rule) };
  return repeat.asked === 'left'
    ? fill('notice', 'goes-on-left', { ...said, absent: nameOf(repeat.owner) })
    : fill('notice', 'goes-on', { ...said, count: MOST_JOINED, assignee: nameOf(doc.assignee) });
}
