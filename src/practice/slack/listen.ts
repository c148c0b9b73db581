// Listening on loopback, if possible on the port of last time: stored response_urls and file URLs name it.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** `port` 0 takes the one that `dir` remembers, or a free one. Returns the port taken. */
export async function listenOnLoopback(server: Server, port: number, dir: string | undefined): Promise<number> {
  const before = port === 0 && dir !== undefined ? rememberedPort(dir) : 0;
  try {
    await listen(server, before === 0 ? port : before);
  } catch (error) {
    if (before === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listen(server, 0);
  }
  const taken = (server.address() as AddressInfo).port;
  if (dir !== undefined) writeFileSync(join(dir, 'port'), String(taken));
  return taken;
}

function rememberedPort(dir: string): number {
  try {
    return Number(readFileSync(join(dir, 'port'), 'utf8')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
