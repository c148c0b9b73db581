// The driver's side of the pod view: what lives in a conversation, the product's own actions done there, its files.
import type { Response, Router } from 'express';
import { InvalidInput } from '../errors.ts';
import type { DriverOptions } from './driver.ts';
import { answering, doing, fail } from './driver-answer.ts';
import { inputs, parsed } from './driver-inputs.ts';
import { namesIn } from './driver-names.ts';
import { given } from './slack/given.ts';

export interface PracticePod {
  id: string;
  name: string;
  state: 'active' | 'archived';
}

export interface PodFile {
  name: string;
  mime: string;
  content: Uint8Array;
}

/** A pod that somebody is in; `channel` where it lives in one. */
export interface OwnPod {
  id: string;
  name: string;
  channel?: string;
  /** One person's own pod with the agents. */
  direct: boolean;
}

/** How the practice workspace reaches pods: always as a person of it, by id of their Slack account. */
export interface PracticePods {
  /** The pod that lives in this conversation. */
  of(channel: string): Promise<PracticePod | undefined>;
  /** The pods that this person is in. */
  mine(user: string): Promise<OwnPod[]>;
  /** One of the product's actions, through the web door. */
  act(user: string, asked: { pod?: string | undefined; action: string; input: unknown }): Promise<unknown>;
  /** What the actions leave out of a pod: where its tasks come from, and their texts. */
  about(user: string, pod: string): Promise<object>;
  /** What a task came from: the mail as it was passed on, the files named where it came up, who follows it. */
  task(user: string, pod: string, task: string): Promise<object>;
  /** A version of a file, byte for byte. */
  file(user: string, pod: string, file: string, version: number | undefined): Promise<PodFile>;
  /** Tells of every commit that is made; returns how to hear no more. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}

export function podRoutes(router: Router, { slack, agents, pods, mailOf }: DriverOptions): void {
  if (pods === undefined) return;
  const { who, where } = namesIn(slack.surfaces.workspace, agents);

  router.post(
    '/act',
    doing(inputs.act, async ({ as, pod, action, input }) => (await pods.act(who(as), { pod, action, input })) ?? {}),
  );
  router.get('/pod', (request, response) =>
    answering(response, async () => {
      const { as, channel, pod: named } = parsed(inputs.pod, request.query);
      if (channel === undefined && named === undefined)
        throw new InvalidInput('Say which pod: its "channel", or "pod" with its id.');
      const pod =
        channel === undefined
          ? (await pods.mine(who(as))).find(({ id }) => id === named)
          : await pods.of(await where(as, channel));
      return pod === undefined ? {} : { ...pod, ...(await pods.about(who(as), pod.id)) };
    }),
  );
  router.get('/pods', (request, response) =>
    answering(response, async () => {
      const { as } = parsed(inputs.person, request.query);
      const mine = await pods.mine(who(as));
      return Promise.all(mine.map(async (pod) => given({ ...pod, mail: await mailOf?.(pod.id) })));
    }),
  );
  router.get('/pods/:pod/tasks/:task', (request, response) =>
    answering(response, async () => {
      const { as } = parsed(inputs.person, request.query);
      return pods.task(who(as), request.params.pod, request.params.task);
    }),
  );
  router.get('/pods/:pod/files/:file', async (request, response) => {
    try {
      const { as, version } = parsed(inputs.podFile, request.query);
      sendPodFile(response, await pods.file(who(as), request.params.pod, request.params.file, version));
    } catch (error) {
      fail(error, response);
    }
  });
}

/** Pictures are shown as they are; whatever else a file may hold is only ever downloaded. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function sendPodFile(response: Response, { name, mime, content }: PodFile): void {
  const way = SHOWN.has(mime) ? 'inline' : 'attachment';
  response
    .type(mime)
    .set({
      'content-disposition': `${way}; filename*=UTF-8''${encodeURIComponent(name.split('/').at(-1) ?? name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(content));
}
