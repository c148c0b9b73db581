// The driver's routes for the app's surfaces: commands, buttons, modals, App Home.
import type { Router } from 'express';
import { InvalidInput } from '../../errors.ts';
import { clientCommand } from '../slack/people/client-commands.ts';
import { command } from '../slack/people/command.ts';
import { click, close, submit } from '../slack/people/interact.ts';
import { messageShortcut } from '../slack/people/message-shortcut.ts';
import * as people from '../slack/people/people.ts';
import { doing } from './answer.ts';
import { inputs } from './inputs.ts';
import { shown } from './look.ts';
import { namesIn } from './names.ts';
import type { DriverOptions } from './options.ts';

export function surfaceRoutes(router: Router, { slack, agents }: DriverOptions): void {
  const { surfaces } = slack;
  const { workspace } = surfaces;
  const { who, where } = namesIn(workspace, agents);

  router.post(
    '/command',
    doing(inputs.command, async ({ as, channel, text }) => {
      const channelId = await where(as, channel);
      people.readable(workspace, who(as), channelId);
      const own = clientCommand(workspace, { user: who(as), channel: channelId, text });
      if (own !== undefined) return { text: own, messages: [], views: [] };
      const { messages, ...result } = await command(surfaces, { user: who(as), channel: channelId, text });
      return {
        ...result,
        messages: messages.map((message) =>
          shown(workspace.state, message, !workspace.state.messages.get(channelId)?.has(message.ts)),
        ),
      };
    }),
  );
  router.post(
    '/click',
    doing(inputs.click, async ({ as, channel, ts, viewId, actionId, value }) => {
      const clicked = { user: who(as), actionId, value };
      if (viewId !== undefined) {
        await click(surfaces, { ...clicked, view: viewId });
      } else if (channel !== undefined && ts !== undefined) {
        const channelId = await where(as, channel);
        people.readable(workspace, who(as), channelId);
        await click(surfaces, { ...clicked, channel: channelId, ts });
      } else {
        throw new InvalidInput('Say what is clicked: "channel" and "ts" of a message, or "viewId" of a view.');
      }
      return { acknowledged: true };
    }),
  );
  router.post(
    '/shortcut',
    doing(inputs.shortcut, async ({ as, channel, ts, callbackId }) => {
      const channelId = await where(as, channel);
      people.readable(workspace, who(as), channelId);
      await messageShortcut(surfaces, { user: who(as), channel: channelId, ts, callbackId });
      return { acknowledged: true };
    }),
  );
  router.post(
    '/submit',
    doing(inputs.submit, async ({ as, viewId, values }) => submit(surfaces, who(as), viewId, values)),
  );
  router.post(
    '/close',
    doing(inputs.close, async ({ as, viewId, all }) => {
      await close(surfaces, who(as), viewId, all);
      return { kind: 'closed' };
    }),
  );
  router.post(
    '/home',
    doing(inputs.home, async ({ as, tab }) => {
      people.openHome(workspace, who(as), tab);
      return { tab };
    }),
  );
}
