// The practice driver: the web endpoints by which scripts and tests act as people in the practice workspace.
import express, { type Request, type Response, Router } from 'express';
import { fail } from './driver-answer.ts';
import { channelRoutes } from './driver-channels.ts';
import { messageRoutes } from './driver-messages.ts';
import type { DriverAgent } from './driver-names.ts';
import { type PracticePods, podRoutes } from './driver-pods.ts';
import { readRoutes } from './driver-reading.ts';
import { surfaceRoutes } from './driver-surfaces.ts';
import type { PracticeSlack } from './slack/server.ts';

export interface DriverOptions {
  slack: PracticeSlack;
  agents: () => Promise<DriverAgent[]>;
  /** A pod's mail address, if it has one. */
  podMail: (channelId: string) => Promise<string | undefined>;
  /** The mail address of a pod that is known by its id. */
  mailOf?: (pod: string) => Promise<string | undefined>;
  /** The slash commands that the app knows: how each is written, and what it does. */
  commands?: readonly { usage: string; says: string }[];
  /** The pods of the product; without them there is no pod view. */
  pods?: PracticePods;
  /** The number of the newest mail: a live page hears of each. */
  newestMail?: () => number;
  /** The handle of the person as whom somebody who was never here begins; the first of all where it is left out. */
  newcomer?: string;
  /** Moves the product's clock forward. */
  advanceClock: (seconds: number) => void;
}

/** Mount it at /practice. */
export function practiceDriver(options: DriverOptions): Router {
  const router = Router();
  router.use(express.json({ limit: '64mb' }));
  readRoutes(router, options);
  messageRoutes(router, options);
  surfaceRoutes(router, options);
  channelRoutes(router, options);
  podRoutes(router, options);
  router.use((error: unknown, _request: Request, response: Response, _next: express.NextFunction) =>
    fail(error, response),
  );
  return router;
}
