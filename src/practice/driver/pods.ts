// The driver's routes for the page's view of a pod: the pod of a conversation, its actions and its files.

import type { Response, Router } from 'express';
import { InvalidInput } from '../../errors.ts';
import { drawGraph } from '../drawing/draw-graph.ts';
import { limited, readGraph } from '../drawing/graph.ts';
import { given } from '../slack/given.ts';
import { answering, doing, fail } from './answer.ts';
import { inputs, parsed } from './inputs.ts';
import { namesIn } from './names.ts';
import type { DriverOptions, PodFile } from './options.ts';

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
  router.get('/waiting', (request, response) =>
    answering(response, () => pods.waiting(who(parsed(inputs.person, request.query).as))),
  );
  router.get('/pods/:pod/graph', (request, response) =>
    answering(response, async () => {
      const { as, drawn, ...only } = parsed(inputs.graph, request.query);
      const input = { all: true, limit: MOST_IN_GRAPH };
      const graph = await pods.act(who(as), { pod: request.params.pod, action: 'read_graph', input });
      const drawing = drawn ? drawGraph(limited(readGraph.parse(graph).tasks, only)) : undefined;
      return { ...(graph as object), ...(drawing ? { drawing } : {}) };
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

/** More tasks are not readable in one drawing, nor on one board. The page says how many there are. */
const MOST_IN_GRAPH = 200;

/** The types that a browser may show. Files of all other types are downloaded, because they may contain scripts. */
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
