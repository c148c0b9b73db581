// The driver's routes that read the workspace as a person sees it.
import type { EventEmitter } from 'node:events';
import type { Request, Response, Router } from 'express';
import { InvalidInput } from '../../errors.ts';
import { mayRead } from '../slack/api/files.ts';
import type { PracticeSlack } from '../slack/server.ts';
import { appOfAgent } from '../slack/state/apps.ts';
import { answering, fail } from './answer.ts';
import { inputs, parsed } from './inputs.ts';
import { channelsShown, messagesSeen, statusShown, viewsSeen } from './look.ts';
import { namesIn, personNamed } from './names.ts';
import type { DriverOptions } from './options.ts';

/** `clockMoved` emits `moved` after each move of Skein's clock. */
export function readRoutes(router: Router, options: DriverOptions, clockMoved: EventEmitter): void {
  const { slack, agents, podMail, pods, newcomer, commands = [] } = options;
  const { workspace } = slack.surfaces;
  const { who, where } = namesIn(workspace, agents);
  router.get('/state', (_request, response) =>
    answering(response, async () => {
      const { team, users, app } = workspace.state;
      const persons = [...users.values()].filter((user) => !user.bot);
      return {
        now: workspace.clock(),
        team: { id: team.id, name: team.name, domain: team.domain },
        users: persons.map(({ id, name, email, handle }) => ({ id, name, email, handle })),
        channels: await Promise.all(
          channelsShown(workspace).map(async (one) => {
            const [mail, pod] = await Promise.all([podMail(one.id), pods?.of(one.id)]);
            return { ...one, mail, pod: pod?.state === 'active' ? pod.id : undefined };
          }),
        ),
        agents: (await agents()).map((agent) => ({
          ...agent,
          user: appOfAgent(workspace.state, agent.handle)?.botUserId,
        })),
        app: { id: app.botUserId, name: app.name, shortcuts: app.shortcuts },
        commands,
        newcomer: (persons.find(({ handle }) => handle === newcomer) ?? persons[0])?.id,
      };
    }),
  );
  router.get('/messages', (request, response) =>
    answering(response, async () => {
      const { channel, thread, as } = parsed(inputs.messages, request.query);
      return messagesSeen(workspace, await where(as, channel), thread, as === undefined ? undefined : who(as));
    }),
  );
  router.get('/views', (request, response) =>
    answering(response, async () => viewsSeen(workspace, who(parsed(inputs.views, request.query).as))),
  );
  router.get('/status', (request, response) =>
    answering(response, async () => {
      const { channel, thread, as } = parsed(inputs.status, request.query);
      return statusShown(workspace, await where(as, channel), thread);
    }),
  );
  router.get('/files/:id', (request, response) => sendFile(slack, request, response));
  router.get('/events', (_request, response) => streamChanges(options, clockMoved, response));
}

function sendFile({ surfaces }: PracticeSlack, request: Request, response: Response): void {
  const { workspace } = surfaces;
  try {
    const user = personNamed(workspace, parsed(inputs.file, request.query).as).id;
    const file = workspace.state.files.get(String(request.params.id));
    const bytes = file !== undefined && mayRead(workspace, file, user) ? workspace.bytes.get(file.id) : undefined;
    if (file === undefined || bytes === undefined)
      throw new InvalidInput(`There is no file ${request.params.id} that this person can see.`);
    response
      .type(file.mimetype)
      .set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(bytes);
  } catch (error) {
    fail(error, response);
  }
}

const MAIL_EVERY_MS = 200;

/** Sends an event to a live page for each visible change (server-sent events). */
function streamChanges({ slack, pods, newestMail }: DriverOptions, clockMoved: EventEmitter, response: Response): void {
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  const hidden = ['event-queued', 'event-settled', 'response-url-set', 'founded'];
  const off = slack.onChange((notice) => {
    if (!hidden.includes(notice.kind)) response.write(`data: ${JSON.stringify(notice)}\n\n`);
  });
  const offCommits = pods?.onCommit((pod, seq) => {
    response.write(`data: ${JSON.stringify({ kind: 'commit', pod, seq })}\n\n`);
  });
  const clock = () => response.write('data: {"kind":"clock-moved"}\n\n');
  clockMoved.on('moved', clock);
  let seen = newestMail?.();
  const looking = setInterval(() => {
    if (newestMail?.() === seen) return;
    seen = newestMail?.();
    response.write('data: {"kind":"mail"}\n\n');
  }, MAIL_EVERY_MS);
  response.on('close', () => {
    off();
    offCommits?.();
    clockMoved.off('moved', clock);
    clearInterval(looking);
  });
}
