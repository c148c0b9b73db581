// Listens on loopback, if possible on the same port as before, because stored response_urls and file URLs contain the
// port.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { unwritable } from '../lines.ts';

/** Listens and returns the port. If `port` is 0, uses the port stored in `dir`, or else a free one. */
export async function listenOnLoopback(server: Server, port: number, dir: string | undefined): Promise<number> {
  const before = port === 0 && dir !== undefined ? rememberedPort(dir) : 0;
  try {
    await listen(server, before === 0 ? port : before);
  } catch (error) {
    if (before === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await listen(server, 0);
  }
  const taken = (server.address() as AddressInfo).port;
  if (dir !== undefined) remember(join(dir, 'port'), taken);
  return taken;
}

function remember(path: string, port: number): void {
  try {
    writeFileSync(path, String(port));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Returns the stored port. 0 if none can be read. */
function rememberedPort(dir: string): number {
  try {
    const port = Number(readFileSync(join(dir, 'port'), 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
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
