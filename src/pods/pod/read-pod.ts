// read_pod: returns the pod, its members, decisions and learnings.

import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { quoted } from '../../log/body.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { MEMBERS } from '../members/member.ts';
import { membersPage } from '../members/members-of.ts';
import { NOTES } from '../notes/note.ts';
import { called, namesOfAll, type Present, presentAmong, someOf } from '../people/directory.ts';
import { minute, requirePod } from '../require.ts';
import { TASKS } from '../tasks/task.ts';
import type { PodDoc } from './pod.ts';

export const readPod = action({
  name: 'read_pod',
  title: 'Read the pod',
  description: 'Shows the pod: name, purpose, members with roles, counts of tasks, newest notes.',
  input: z.strictObject({ after: z.string().optional() }),
  effect: 'read',
  allow: 'guest',
  async load(read, { after }, ctx) {
    const { pod } = ctx;
    const [{ members, next }, notes, open, started, over] = await Promise.all([
      membersShown(read, pod, after),
      read.find(NOTES, { where: { pod }, sort: [['posted', 'desc']], limit: 20 }),
      ...(['open', 'started', { in: ['done', 'dropped'] }] as const).map((state) =>
        read.count(TASKS, { pod, state }, MOST_COUNTED + 1),
      ),
    ]);
    const [texts, names] = await Promise.all([
      read.texts(notes.map((note) => note.body)),
      namesOfAll(
        read,
        notes.map((note) => note.by),
      ),
    ]);
    return { members, next, notes, tasks: { open, started, done: over }, texts, names };
  },
  decide({ members, next, notes, tasks, texts, names }, _input, ctx) {
    const { id, name, purpose, state, defaultAgent, mailWorkflow } = requirePod(ctx, { archived: true });
    return {
      changes: [],
      result: {
        pod: { id, name, purpose, state, ...(defaultAgent ? { defaultAgent } : {}), ...startsShown(mailWorkflow) },
        members: members.map((member) => ({
          id: member.id,
          name: member.name,
          handle: member.handle,
          role: member.role,
        })),
        ...(next ? { next } : {}),
        tasks: { open: counted(tasks.open), started: counted(tasks.started), done: counted(tasks.done) },
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

/** Tasks are counted up to here. */
const MOST_COUNTED = 1000;

function counted(count = 0): number | string {
  return count > MOST_COUNTED ? `over ${MOST_COUNTED}` : count;
}

function startsShown(one: PodDoc['mailWorkflow']) {
  return one ? { mail_workflow: { workflow: one.workflow, an_hour: one.anHour, a_day: one.aDay } } : {};
}

/** The most members of a further page. */
const PAGE = 100;

/** `next`: the id of the membership after which the next page begins. Absent on the last page. */
async function membersShown(
  read: Reader,
  pod: string,
  after: string | undefined,
): Promise<{ members: Present[]; next?: string }> {
  if (after === undefined) {
    const { present, last } = await someOf(read, pod);
    return { members: present, ...(last ? { next: last.id } : {}) };
  }
  const before = await read.get(MEMBERS, after);
  if (before?.pod !== pod) throw new NotFound(`“${after}” is no next of this pod. Leave after out, and begin anew.`);
  const page = await membersPage(read, pod, PAGE + 1, before);
  const shown = page.slice(0, PAGE);
  // The first page has all owners and agents.
  const members = await presentAmong(
    read,
    shown.filter(({ role, who }) => role !== 'owner' && !isAgent(who)),
  );
  const last = page.length > PAGE ? shown.at(-1) : undefined;
  return { members, ...(last ? { next: last.id } : {}) };
}
