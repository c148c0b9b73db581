// What the practice workspace may ask of the product's pods: its own actions, through the web door, as a person.

import { randomUUID } from 'node:crypto';
import type { SlackContext } from '../doors/slack/context.ts';
import { personOf } from '../doors/slack/people/people.ts';
import { podOf } from '../doors/slack/pods.ts';
import { InvalidInput, NotFound } from '../errors.ts';
import { actionNamed } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { Named, ParticipantId } from '../log/participant.ts';
import { ACTIONS } from '../pods/actions.ts';
import { CONVERSATIONS } from '../pods/conversations/conversation.ts';
import { broughtBy, MESSAGES } from '../pods/conversations/message.ts';
import { FILES, VERSIONS, versionId } from '../pods/files/file.ts';
import { minute } from '../pods/need.ts';
import { called, namesOfAll } from '../pods/people/directory.ts';
import { podFor } from '../pods/pod/pod-named.ts';
import { TASKS } from '../pods/tasks/task.ts';
import type { OwnPod, PracticePods } from '../practice/driver/options.ts';
import type { Core } from './core.ts';

interface Found {
  id: string;
  name: string;
  version: number;
  mime: string;
}

export function practicePods(core: Pick<Core, 'read' | 'act' | 'onCommit'>, slack: SlackContext): PracticePods {
  const { read, act, onCommit } = core;

  async function actorOf(user: string): Promise<Named> {
    const person = await personOf(slack, user);
    if (person) return { id: person.id as ParticipantId, name: person.name, handle: person.handle };
    throw new InvalidInput(`${user} is a bot; only people act on this page.`);
  }

  async function doAs<R>(user: string, { pod, action, input }: Parameters<PracticePods['act']>[1]): Promise<R> {
    const definition = actionNamed(ACTIONS, action);
    if (definition.internal) throw new NotFound(`${action} is Skein's own: nobody does it from here.`);
    const actor = await actorOf(user);
    const key = `web:${randomUUID()}`;
    const where = await podFor(read, definition, actor, pod, key);
    return (await act<R>({ pod: where, actor: actor.id, via: 'web', action, input, key })).result;
  }

  return {
    onCommit,
    act: doAs,
    async of(channel) {
      const pod = await podOf(slack, { channel });
      return pod && { id: pod.id, name: pod.name, state: pod.state };
    },
    async mine(user) {
      const { pods } = await doAs<{ pods: OwnPod[] }>(user, { pod: undefined, action: 'list_pods', input: {} });
      return pods.map(({ id, name, channel, direct }) => ({ id, name, direct, ...(channel ? { channel } : {}) }));
    },
    async task(user, pod, task) {
      await doAs(user, { pod, action: 'read_pod', input: {} });
      return origin(read, pod, task);
    },
    async about(user, pod) {
      await doAs(user, { pod, action: 'read_pod', input: {} });
      return { tasks: await origins(core, pod), threads: await threads(core, pod) };
    },
    async file(user, pod, file, version) {
      // Whoever may read it may have all of it; the action's own answer is cut to what a model can take in.
      const input = { name: file, ...(version === undefined ? {} : { version }) };
      const { file: found } = await doAs<{ file: Found }>(user, { pod, action: 'read_file', input });
      const { id, name, mime } = found;
      const doc = await read.get(VERSIONS, versionId(id, found.version));
      const content = doc && (await read.blob(pod, doc.hash));
      if (!content) throw new NotFound(`The content of “${name}” is gone.`);
      return { name, mime, content };
    },
  };
}

/** By the conversation's id, the newest: where its thread begins in Slack. */
async function threads({ read }: Pick<Core, 'read'>, pod: string): Promise<Record<string, string>> {
  const newest = await read.find(CONVERSATIONS, { where: { pod }, sort: [['lastAt', 'desc']], limit: MOST_THREADS });
  const placed = newest.flatMap(({ id, place }) =>
    place.kind === 'slack' && place.thread ? [[id, place.thread] as const] : [],
  );
  return Object.fromEntries(placed);
}

const MOST_THREADS = 500;

const MOST_MESSAGES = 200;

/** Of one task: what it came with, by whose eyes it is followed, and the files that are named where it is spoken of. */
async function origin(read: Reader, pod: string, id: string): Promise<object> {
  const task = await read.get(TASKS, id);
  if (task?.pod !== pod || task.erased) throw new NotFound('This task is not there any more.');
  const where = { conversation: task.conversation ?? '' };
  const [messages, files, names] = await Promise.all([
    read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: MOST_MESSAGES }),
    read.find(FILES, { where: { pod } }),
    namesOfAll(read, task.followers ?? []),
  ]);
  const source = messages[0] && broughtBy(messages[0]);
  const texts = await read.texts([
    ...messages.map(({ body }) => body),
    ...files.map(({ nameRef }) => nameRef),
    ...(source ? [source] : []),
  ]);
  const said = messages.map(({ body }) => texts.get(body) ?? '');
  const named = files.flatMap(({ nameRef, erased }) => (erased ? [] : (texts.get(nameRef) ?? [])));
  return {
    ...(source && texts.has(source) ? { source: texts.get(source) } : {}),
    files: named.filter((name) => said.some((text) => text.includes(name))),
    followers: (task.followers ?? []).map((one) => called(names, one).name),
  };
}

/** By the task's id: who made it when, its text, and the thread it came up in. */
async function origins({ read }: Pick<Core, 'read'>, pod: string): Promise<Record<string, object>> {
  const tasks = (await read.find(TASKS, { where: { pod } })).filter((task) => !task.erased);
  const conversations = await Promise.all(
    tasks.map((task) => (task.conversation ? read.get(CONVERSATIONS, task.conversation) : undefined)),
  );
  const [names, texts] = await Promise.all([
    namesOfAll(
      read,
      tasks.map((task) => task.createdBy),
    ),
    read.texts(tasks.map((task) => task.body)),
  ]);
  const all = tasks.map((task, n) => {
    const place = conversations[n]?.place;
    const text = texts.get(task.body ?? '');
    const thread = place?.kind === 'slack' ? place.thread : undefined;
    return [
      task.id,
      {
        by: called(names, task.createdBy).name,
        at: minute(task.createdAt),
        ...(text ? { text } : {}),
        ...(thread ? { thread } : {}),
        ...(conversations[n]?.mail ? { mail: true } : {}),
        ...(conversations[n] ? { conversation: conversations[n].id } : {}),
      },
    ] as const;
  });
  return Object.fromEntries(all);
}
