// list_repeats: the tasks of the pod that come again by the clock.
import { z } from 'zod';
import { said } from '../../../log/body.ts';
import { action } from '../../action.ts';
import { marked } from '../../marked.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { minute, requirePod } from '../../require.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import { REPEATS } from './repeat.ts';
import { ruleWords } from './rule.ts';

const MOST = 100;

export const listRepeats = action({
  name: 'list_repeats',
  title: 'List what repeats',
  description: "Lists the pod's tasks that come again by the clock: when, for whom, and who set it.",
  input: z.strictObject({ after: z.number().optional() }),
  effect: 'read',
  allow: 'guest',
  async load(read, { after = 0 }, { pod }) {
    const found = await Promise.all(
      (['on', 'asked'] as const).map((state) =>
        read.find(REPEATS, {
          where: { pod, state, number: { gt: after } },
          sort: [['number', 'asc']],
          limit: MOST + 1,
        }),
      ),
    );
    const all = found.flat().sort((a, b) => a.number - b.number);
    const repeats = all.slice(0, MOST);
    const tasks = await Promise.all(repeats.map(({ task }) => read.get(TASKS, task)));
    const names = await namesOfAll(
      read,
      repeats.flatMap(({ assignee, owner }) => [assignee, owner]),
    );
    return {
      repeats,
      more: all.length > MOST,
      tasks: new Map(tasks.flatMap((one): [string, TaskDoc][] => (one ? [[one.id, one]] : []))),
      names,
    };
  },
  decide({ repeats, more, tasks, names }, _input, ctx) {
    requirePod(ctx, { archived: true });
    return {
      changes: [],
      result: {
        repeats: repeats.map(({ task, number, rule, state, dueAt, assignee, owner }) => {
          const doc = tasks.get(task);
          return {
            ...{ task: `#${number}`, every: ruleWords(rule), state },
            ...(doc ? { title: said(doc.titleRef, doc.labels?.titleRef) } : {}),
            ...(dueAt === undefined ? {} : { next: minute(dueAt) }),
            ...(assignee ? { assignee: called(names, assignee).name } : {}),
            ...(owner ? { set_by: called(names, owner).name } : {}),
          };
        }),
        ...(more ? { next: repeats.at(-1)?.number } : {}),
        ...marked([...tasks.values()].map(({ labels }) => labels?.titleRef)),
      },
    };
  },
});
