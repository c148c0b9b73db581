// The server side of the command line, at /cli. It serves programs on this machine that can read the token in the data
// directory.
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { ServerChecked } from '../../doctor/server.ts';
import { faultsIn, InvalidInput, NotFound } from '../../errors.ts';
import type { Ignored } from '../../inbox/ignored-mails.ts';
import type { ShownLeftOut } from '../../inbox/left-out.ts';
import type { Queue } from '../../lanes/queue.ts';
import { waitingIn } from '../../lanes/waiting.ts';
import type { Logger } from '../../logger.ts';
import { anyPodNamed } from '../../pods/pod/pod-named.ts';
import { runsEverywhere } from '../../pods/runs/name-runs.ts';
import type { Texts } from '../../texts/texts.ts';
import { type EnterDeps, enter } from '../enter.ts';
import { graphFor } from './graph.ts';
import { onlyFromHere, onlyWith, refuse } from './guard.ts';

export interface CliDoorDeps extends EnterDeps {
  queues: Readonly<Record<QueueName, Queue>>;
  /** Lists the automatic mails that were ignored, and the events of Slack from which nothing came. */
  ignored(): Promise<Ignored & { events: ShownLeftOut[] }>;
  /** Rebuilds the views of one pod, or of all pods, from the log. */
  rebuild(pod?: string): Promise<{ pod: string; commits: number }[]>;
  /** Replaces an edited definition with the shipped file. */
  take(wanted: z.infer<typeof takeBody>): Promise<{ took: string; version: number }>;
  /** Runs the checks that only the server can run. */
  doctor(): Promise<ServerChecked>;
  /** The secret that callers must send. `writeRunning` stores it in the data directory. */
  token: string;
  /** Returns the time of the queues' clock, in milliseconds since 1970. */
  clock(): number;
  texts: Pick<Texts, 'fill'>;
  /** Receives bugs. */
  logger: Logger;
}

export type QueueName = 'inbox' | 'outbox';

const actBody = z.strictObject({
  as: z.string().min(1),
  for: z.string().min(1).optional(),
  pod: z.string().min(1).optional(),
  action: z.string().min(1),
  input: z.unknown().optional(),
  key: z.string().min(1).max(200).optional(),
});
const retryBody = z.strictObject({ id: z.string().min(1) });
const runsQuery = z.strictObject({ pod: z.string().min(1).optional() });
const graphQuery = z.strictObject({
  as: z.string().min(1),
  pod: z.string().min(1).optional(),
  page: z.coerce.number().int().min(1).default(1),
});
const rebuildBody = z.strictObject({ pod: z.string().min(1).optional() });

const takeBody = z.strictObject({ kind: z.enum(['agent', 'skill']), name: z.string().min(1) });

/** The limit of a request's body. It may contain a whole file, base64-encoded and escaped as JSON. */
const MOST_BYTES = 64 * 2 ** 20;

/** Returns the router. Mount it at /cli, before any parser of bodies. */
export function cliDoor(deps: CliDoorDeps): Router {
  const router = Router();
  router.use(onlyFromHere, onlyWith(deps.token), express.json({ limit: MOST_BYTES }));
  router.post('/act', async (request, response) => {
    const { key, ...asked } = parsed(actBody, request.body);
    // The prefix separates the keys that callers choose from the keys of other doors.
    response.json(await enter(deps, { ...asked, via: 'cli', key: key && `cli:${key}` }));
  });
  router.get('/doctor', async (_request, response) => {
    response.json(await deps.doctor());
  });
  router.get('/ignored', async (_request, response) => {
    response.json(await deps.ignored());
  });
  router.get('/runs', async (request, response) => {
    const { pod } = parsed(runsQuery, request.query);
    const where = pod === undefined ? undefined : await anyPodNamed(deps.read, pod);
    response.json(await runsEverywhere(deps.read, deps.clock(), where));
  });
  router.get('/graph', async (request, response) => {
    response.json(await graphFor(deps, parsed(graphQuery, request.query)));
  });
  router.get('/queue/:name', async (request, response) => {
    const name = queueName(request.params.name);
    response.json(await waitingIn(deps.queues[name], deps.clock()));
  });
  router.post('/queue/:name/retry', async (request, response) => {
    const name = queueName(request.params.name);
    const { id } = parsed(retryBody, request.body);
    if (!(await deps.queues[name].retry(id)))
      throw new NotFound(
        `Nothing with the id “${id}” waits or lies aside in the ${name}. “skein ${name}” shows what does.`,
      );
    response.json({ retried: id });
  });
  router.post('/rebuild', async (request, response) => {
    const { pod } = parsed(rebuildBody, request.body);
    response.json({ pods: await deps.rebuild(pod === undefined ? undefined : await anyPodNamed(deps.read, pod)) });
  });
  router.post('/take', async (request, response) => {
    response.json(await deps.take(parsed(takeBody, request.body)));
  });
  router.use((request, _response) => {
    throw new NotFound(`This door has no ${request.method} ${request.path}. Use a command line of the same version.`);
  });
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    refuse(error, request, response, deps.logger),
  );
  return router;
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw new InvalidInput(`The request can't be read: ${faultsIn(read.error)}.`, { cause: read.error });
}

function queueName(name: string): QueueName {
  if (name === 'inbox' || name === 'outbox') return name;
  throw new NotFound(`There is no queue “${name}”. There are inbox and outbox.`);
}
