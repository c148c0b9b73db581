// The practice driver: the web endpoints by which scripts and tests act as people in the practice workspace.

import express, { type Request, type Response, Router } from 'express';
import { fail } from './driver-answer.ts';
import { channelRoutes } from './driver-channels.ts';
import { messageRoutes } from './driver-messages.ts';
import type { DriverOptions } from './driver-options.ts';
import { podRoutes } from './driver-pods.ts';
import { readRoutes } from './driver-reading.ts';
import { surfaceRoutes } from './driver-surfaces.ts';

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
