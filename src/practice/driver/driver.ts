// The practice driver: web endpoints through which scripts and tests act as people in the practice workspace.

import { EventEmitter } from 'node:events';
import express, { type Request, type Response, Router } from 'express';
import { fail } from './answer.ts';
import { channelRoutes } from './channels.ts';
import { messageRoutes } from './messages.ts';
import type { DriverOptions } from './options.ts';
import { podRoutes } from './pods.ts';
import { readRoutes } from './read-routes.ts';
import { surfaceRoutes } from './surfaces.ts';

/** Returns the router. Mount it at /practice. */
export function practiceDriver(given: DriverOptions): Router {
  const clockMoved = new EventEmitter<{ moved: [] }>().setMaxListeners(0);
  const advanceClock = (seconds: number) => {
    given.advanceClock(seconds);
    clockMoved.emit('moved');
  };
  const options = { ...given, advanceClock };
  const router = Router();
  router.use(express.json({ limit: '64mb' }));
  readRoutes(router, options, clockMoved);
  messageRoutes(router, options);
  surfaceRoutes(router, options);
  channelRoutes(router, options);
  podRoutes(router, options);
  router.use((error: unknown, _request: Request, response: Response, _next: express.NextFunction) =>
    fail(error, response),
  );
  return router;
}
