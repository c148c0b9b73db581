// The driver's side of the pod view: what lives in a conversation, the product's own actions done there, its files.
import type { Response, Router } from 'express';
import type { DriverOptions } from './driver.ts';
import { answering, doing, fail } from './driver-answer.ts';
import { inputs, parsed } from './driver-inputs.ts';
import { namesIn } from './driver-names.ts';

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

/** How the practice workspace reaches pods: always as a person of it, by id of their Slack account. */
export interface PracticePods {
  /** The pod that lives in this conversation. */
  of(channel: string): Promise<PracticePod | undefined>;
  /** One of the product's actions, through the web door. */
  act(user: string, asked: { pod?: string | undefined; action: string; input: unknown }): Promise<unknown>;
  /** What the actions leave out of a pod: where its tasks come from, and their texts. */
  about(user: string, pod: string): Promise<object>;
  /** A version of a file, byte for byte. */
  file(user: string, pod: string, file: string, version: number | undefined): Promise<PodFile>;
  /** Tells of every commit that is made; returns how to hear no more. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
}

export function podRoutes(router: Router, { slack, agents, pods }: DriverOptions): void {
  if (pods === undefined) return;
  const { who, where } = namesIn(slack.surfaces.workspace, agents);

  router.post(
    '/act',
    doing(inputs.act, async ({ as, pod, action, input }) => (await pods.act(who(as), { pod, action, input })) ?? {}),
  );
  router.get('/pod', (request, response) =>
    answering(response, async () => {
      const { as, channel } = parsed(inputs.pod, request.query);
      const pod = await pods.of(await where(as, channel));
      return pod === undefined ? {} : { ...pod, ...(await pods.about(who(as), pod.id)) };
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
