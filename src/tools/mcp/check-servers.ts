// Tries one tool server, for the doctor: starts it, lists its tools, ends it.

import type { Logger } from '../../logger.ts';
import type { ToolServer } from '../manifest.ts';
import { makeMcpServers } from './client.ts';

const silent: Logger = { info() {}, warn() {}, error() {} };

/** Throws what using it would throw; its secrets are cut out of every sentence. */
export async function checkServer(server: ToolServer, signal: AbortSignal): Promise<{ tools: string[] }> {
  const servers = makeMcpServers([server], { logger: silent, clock: { now: () => performance.now() } });
  const leave = () => void servers.stop();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return { tools: (await servers.tools(server.name)).map(({ name }) => name) };
  } finally {
    signal.removeEventListener('abort', leave);
    await servers.stop();
  }
}
