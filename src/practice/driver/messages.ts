// The driver's routes for messages and for the clock.
import type { Router } from 'express';
import { InvalidInput } from '../../errors.ts';
import * as people from '../slack/people/people.ts';
import { doing } from './answer.ts';
import { inputs } from './inputs.ts';
import { addressed, namesIn } from './names.ts';
import type { DriverOptions } from './options.ts';

export function messageRoutes(router: Router, options: DriverOptions): void {
  const { slack, agents } = options;
  const { workspace } = slack.surfaces;
  const { who, where, meant } = namesIn(workspace, agents);

  router.post(
    '/say',
    doing(inputs.say, async ({ as, channel, text, thread }) => {
      const target = await meant(as, channel);
      const message = people.say(
        workspace,
        who(as),
        target.channel,
        addressed(workspace, target, text, thread),
        thread,
      );
      return { ts: message.ts, channel: target.channel };
    }),
  );
  router.post(
    '/edit',
    doing(inputs.edit, async ({ as, channel, ts, text }) => {
      people.edit(workspace, who(as), await where(as, channel), ts, text);
      return { ts };
    }),
  );
  router.post(
    '/delete',
    doing(inputs.delete, async ({ as, channel, ts }) => {
      people.deleteMessage(workspace, who(as), await where(as, channel), ts);
      return { ts };
    }),
  );
  router.post(
    '/react',
    doing(inputs.react, async ({ as, channel, ts, name }) => ({
      reaction: people.react(workspace, who(as), await where(as, channel), ts, name),
    })),
  );
  router.post(
    '/upload',
    doing(inputs.upload, async ({ as, channel, thread, name, content, text, more }) => {
      const bytesOf = (base64: string) => Buffer.from(base64, 'base64');
      const others = more.map((one) => ({ name: one.name, bytes: bytesOf(one.content) }));
      const given = { name, bytes: bytesOf(content), more: others, text, thread };
      const { message, file } = people.upload(workspace, who(as), await where(as, channel), given);
      return { ts: message.ts, file: file.id };
    }),
  );
  router.post(
    '/stop',
    doing(inputs.stop, async ({ as, channel, thread, agent }) => {
      people.stopAgent(workspace, who(as), await where(as, channel), thread, agent);
      return { thread };
    }),
  );
  router.post(
    '/revoke',
    doing(inputs.revoke, async ({ agent }) => {
      slack.workspace.revoke(agent);
      return { revoked: agent };
    }),
  );
  router.post(
    '/redeliver',
    doing(inputs.redeliver, async ({ as, channel, ts, times }) => {
      const id = await where(as, channel);
      const events = slack.workspace.redeliver(id, ts, times);
      if (events === 0)
        throw new InvalidInput(
          `The app was told nothing about a message ${ts} in ${channel}, so nothing can be delivered again.`,
        );
      return { events };
    }),
  );
  router.post(
    '/clock',
    doing(inputs.clock, async ({ advance }) => {
      options.advanceClock(advance);
      return { now: workspace.clock() };
    }),
  );
}
