// The doctor's check of a tool server: starts it, lists its tools and stops it.

import type { Logger } from '../../logger.ts';
import type { ToolServer } from '../manifest.ts';
import { makeMcpServers } from './client.ts';

const silent: Logger = { info() {}, warn() {}, error() {} };

/** Returns the names of the server's tools. Throws the same errors as a use of the server. Secrets are redacted. */
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
