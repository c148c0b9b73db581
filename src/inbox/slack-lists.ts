// What somebody's pods and tasks are, for the slash command and the Home tab.
import { formatAddress } from '../email/address.ts';
import { NotFound } from '../errors.ts';
import { shownDate } from '../pods/local-time.ts';
import type { ParticipantId } from '../pods/participant.ts';
import { ORG } from '../pods/standing.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import type { ListedPod, ListedTask } from '../slack/blocks.ts';
import type { SlackContext } from './context.ts';

export interface ShownPod {
  id: string;
  name: string;
  channel?: string;
  direct: boolean;
}

interface ShownTask {
  number: number;
  title: string;
  state: string;
  assigneeName?: string;
  due?: string;
}

async function asked<R>(
  slack: SlackContext,
  pod: string,
  person: PersonDoc,
  action: string,
  input: unknown,
): Promise<R> {
  const actor = person.id as ParticipantId;
  return (await slack.act<R>({ pod, actor, via: 'slack', action, input, key: '' })).result;
}

export async function podsOf(slack: SlackContext, person: PersonDoc): Promise<ShownPod[]> {
  return (await asked<{ pods: ShownPod[] }>(slack, ORG, person, 'list_pods', {})).pods;
}

/** Those with a channel or a life of their own, with their open tasks counted. */
export async function listedPods(slack: SlackContext, person: PersonDoc, pods: ShownPod[]): Promise<ListedPod[]> {
  const shared = pods.filter((pod) => !pod.direct);
  return Promise.all(
    shared.map(async ({ id, name, channel }) => {
      const openTasks = (await listedTasks(slack, person, { id })).length;
      const mail = await mailOf(slack, id);
      return { name, openTasks, ...(channel ? { channel } : {}), ...(mail ? { mail } : {}) };
    }),
  );
}

/** What the pod is written to by. */
async function mailOf({ read, mailHome }: SlackContext, pod: string): Promise<string | undefined> {
  const [address] = mailHome ? await read.find('addresses', { where: { of: pod }, limit: 1 }) : [];
  return mailHome && address && formatAddress(mailHome, { kind: 'pod', slug: address.slug });
}

/** A pod's tasks that are not done; `name` is shown where tasks of several pods stand together. */
export async function listedTasks(
  slack: SlackContext,
  person: PersonDoc,
  pod: { id: string; name?: string },
  assignee?: string,
): Promise<ListedTask[]> {
  const input = assignee ? { assignee } : {};
  const { tasks } = await asked<{ tasks: ShownTask[] }>(slack, pod.id, person, 'list_tasks', input);
  return tasks.map((task) => listed(task, pod.name));
}

/** @throws NotFound when the assignee is in none of the pods */
export async function tasksEverywhere(
  slack: SlackContext,
  person: PersonDoc,
  pods: readonly ShownPod[],
  assignee?: string,
): Promise<ListedTask[]> {
  const found: ListedTask[][] = [];
  let missing: NotFound | undefined;
  for (const pod of pods)
    try {
      found.push(await listedTasks(slack, person, pod, assignee));
    } catch (error) {
      // Whom one asks for need not be in every pod.
      if (!(error instanceof NotFound)) throw error;
      missing = error;
    }
  if (!found.length && missing) throw missing;
  return found.flat();
}

function listed({ number, title, state, assigneeName, due }: ShownTask, pod?: string): ListedTask {
  const id = pod ? `${pod} #${number}` : `#${number}`;
  const status = due ? `${state}, due ${shownDate(due)}` : state;
  return { id, title, status, ...(assigneeName ? { assignee: assigneeName } : {}) };
}
