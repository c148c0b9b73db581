// The client of the tool servers, loaded at the first look at one: many teams have none.
import type { McpServers } from './client.ts';

/** `load` is called once. A stop before that loads nothing. */
export function lateServers(load: () => Promise<McpServers>): McpServers {
  let loaded: Promise<McpServers> | undefined;
  const servers = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    tools: async (server) => (await servers()).tools(server),
    call: async (call) => (await servers()).call(call),
    stop: async () => (await loaded)?.stop(),
  };
}
