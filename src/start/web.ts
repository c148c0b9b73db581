// Builds the web server's routes: the command line's door, the pages, and Slack's events over HTTP.
import type { RequestListener } from 'node:http';
import type { Router } from 'express';
import type { Config } from '../config/config.ts';
import { serverDoctor } from '../doctor/in-server.ts';
import { wiringOf } from '../doctor/settings.ts';
import { cliDoor } from '../doors/cli/door.ts';
import type { Web } from '../doors/web/server.ts';
import { type IgnoredMailDoc, ignoredMails } from '../inbox/ignored-mails.ts';
import { type LeftOutDoc, leftOutEvents } from '../inbox/left-out.ts';
import type { Logger } from '../logger.ts';
import { surveyShipped } from '../manifests/read.ts';
import { takeShipped } from '../manifests/take.ts';
import type { Texts } from '../texts/texts.ts';
import type { Core } from './core.ts';

export interface WebParts {
  config: Config;
  version: string;
  /** The token of the command line. */
  token: string;
  texts: Texts;
  unsubscribe: Router;
  site: Router | undefined;
  slackEvents: RequestListener | undefined;
}

export function mountAll(web: Web, core: Core, parts: WebParts, logger: Logger): void {
  const { config, version, token, texts, unsubscribe, site, slackEvents } = parts;
  const { act, read, inbox, outbox, rebuild, store, waiting } = core;
  web.mount({
    cli: cliDoor({
      act,
      read,
      queues: { inbox, outbox },
      async ignored() {
        const mails = ignoredMails(store.collection<IgnoredMailDoc>('ignoredMails'));
        const events = leftOutEvents(store.collection<LeftOutDoc>('leftOutEvents'));
        return { ...(await mails), events: await events };
      },
      rebuild,
      take: async (wanted) => takeShipped(core, await surveyShipped(config.home, config.env), wanted),
      doctor: serverDoctor(core, { version, wiring: wiringOf(config) }),
      token,
      texts,
      clock: waiting,
      logger,
    }),
    unsubscribe,
    ...(site ? { site } : {}),
    ...(slackEvents ? { slack: slackEvents } : {}),
  });
}
