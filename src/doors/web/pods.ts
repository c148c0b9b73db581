// Serves the pods to a page beside the chat: performs actions in one person's name, and adds data that actions do not
// return.

import { InvalidInput, NotFound } from '../../errors.ts';
import { VERSIONS, versionId } from '../../pods/files/file.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { type EnterDeps, type Entry, enter } from '../enter.ts';
import type { SlackContext } from '../slack/context.ts';
import { personOf } from '../slack/people/people.ts';
import { podOf } from '../slack/pods.ts';
import { slackThreadsOf, sourceOf, sourcesOf, threadsOf } from './sources.ts';

interface Deps extends EnterDeps {
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}

type Asked = Pick<Entry, 'pod' | 'action' | 'input'>;

interface ListedPod {
  id: string;
  name: string;
  channel?: string;
  direct: boolean;
}

interface Waits {
  waiting: { conversation?: string }[];
  more?: string;
}

interface Awaits {
  awaited: { conversation?: string }[];
  more?: string;
}

const MOST_WAITING = 50;

interface Found {
  id: string;
  name: string;
  version: number;
  mime: string;
}

/**
 * Returns the functions that the page calls. A person is identified by their Slack account, and may act even before
 * their first message.
 */
export function webPods({ onCommit, ...deps }: Deps, slack: SlackContext) {
  const { read } = deps;

  async function whoHas(user: string): Promise<PersonDoc> {
    const person = await personOf(slack, user);
    if (person) return person;
    throw new InvalidInput(`${user} is a bot; only people act on this page.`);
  }

  async function doAs<R>(user: string, asked: Asked): Promise<R> {
    return (await enter<R>(deps, { ...asked, as: await whoHas(user), via: 'web' })).result;
  }

  return {
    onCommit,
    act: doAs<unknown>,
    async of(channel: string) {
      const pod = await podOf(slack, { channel });
      return pod && { id: pod.id, name: pod.name, state: pod.state };
    },
    async mine(user: string) {
      const { pods } = await doAs<{ pods: ListedPod[] }>(user, { action: 'list_pods' });
      return pods.map(({ id, name, channel, direct }) => ({ id, name, direct, ...(channel ? { channel } : {}) }));
    },
    async waiting(user: string) {
      const input = { limit: MOST_WAITING };
      const found = await doAs<Waits>(user, { action: 'list_waiting', input });
      const { awaited, more } = await doAs<Awaits>(user, { action: 'list_awaited', input });
      const conversations = [...found.waiting, ...awaited].flatMap(({ conversation }) => conversation ?? []);
      const places = await slackThreadsOf(read, conversations);
      return { ...found, awaited, ...(more ? { moreAwaited: more } : {}), places };
    },
    async task(user: string, pod: string, task: string) {
      await doAs(user, { pod, action: 'read_pod' });
      return sourceOf(read, pod, task);
    },
    async about(user: string, pod: string) {
      await doAs(user, { pod, action: 'read_pod' });
      return { tasks: await sourcesOf(read, pod), threads: await threadsOf(read, pod) };
    },
    async file(user: string, pod: string, file: string, version: number | undefined) {
      // Returns the whole file. The action truncates its result to fit a model's context.
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
