// A proxy that can fall silent, like a network that lost its connections: nothing arrives on either side, and no side notices.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SilentProxy {
  port: number;
  /** Connections that were ever made. */
  made(): number;
  /** Silences the open connections. New ones work. */
  silence(): void;
  close(): Promise<void>;
}

export async function silentProxy(to: number): Promise<SilentProxy> {
  const pairs: { ends: [Socket, Socket]; isSilent: boolean }[] = [];
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    const pair = { ends: [near, far] as [Socket, Socket], isSilent: false };
    pairs.push(pair);
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => pair.isSilent || other.write(chunk));
      from.on('error', () => from.destroy());
      from.on('close', () => pair.isSilent || other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    made: () => pairs.length,
    silence() {
      for (const pair of pairs) pair.isSilent = true;
    },
    async close() {
      for (const { ends } of pairs) for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
