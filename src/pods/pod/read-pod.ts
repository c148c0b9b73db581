// read_pod: returns the pod, its members, decisions and learnings.

import { z } from 'zod';
import { quoted } from '../../log/body.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { NOTES } from '../notes/note.ts';
import { called, namesOfAll, presentIn } from '../people/directory.ts';
import { minute, requirePod } from '../require.ts';
import { ACTIVE, TASKS, type TaskState } from '../tasks/task.ts';

export const readPod = action({
  name: 'read_pod',
  title: 'Read the pod',
  description:
    'Shows the pod: name, purpose, members with roles, counts of tasks, and the newest notes of its notebook.',
  input: z.strictObject({}),
  effect: 'read',
  allow: 'guest',
  async load(read, _input, ctx) {
    const { pod } = ctx;
    const [members, notes, tasks] = await Promise.all([
      presentIn(read, pod),
      read.find(NOTES, { where: { pod }, sort: [['posted', 'desc']], limit: 20 }),
      // Finished tasks are only counted, not read, because in an old pod most tasks are finished.
      read.find(TASKS, { where: { pod, state: { in: [...ACTIVE, 'erased'] } } }),
    ]);
    const [texts, names] = await Promise.all([
      read.texts(notes.map((note) => note.body)),
      namesOfAll(
        read,
        notes.map((note) => note.by),
      ),
    ]);
    return { members, notes, tasks, texts, names };
  },
  decide({ members, notes, tasks, texts, names }, _input, ctx) {
    const { id, name, purpose, state, defaultAgent, tasks: ever } = requirePod(ctx, { archived: true });
    const count = (wanted: TaskState) => tasks.filter((task) => task.state === wanted && !task.erased).length;
    return {
      changes: [],
      result: {
        pod: { id, name, purpose, state, ...(defaultAgent ? { defaultAgent } : {}) },
        members: members.map((member) => ({
          id: member.id,
          name: member.name,
          handle: member.handle,
          role: member.role,
        })),
        tasks: { open: count('open'), started: count('started'), done: Math.max(0, ever - tasks.length) },
        notebook: notes
          .filter((note) => !note.erased)
          .map((note) => ({
            id: note.id,
            kind: note.kind,
            text: quoted(texts.get(note.body) ?? '', note.labels?.body),
            by: called(names, note.by).name,
            at: minute(note.at),
          })),
        ...marked(notes.map(({ labels }) => labels?.body)),
      },
    };
  },
});
