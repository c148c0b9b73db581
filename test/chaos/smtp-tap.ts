// An SMTP proxy that reports of each mail when it has come, when it was accepted and when that was answered.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Hear } from './tap.ts';

export interface SmtpTap {
  port: number;
  hear: Hear;
  stop(): Promise<void>;
}

/** The end of a mail (RFC 5321 section 4.1.1.4). */
const END = '\r\n.\r\n';

/** `target` is called for each connection. If it returns undefined, the connection fails. */
export async function smtpTap(target: () => number | undefined): Promise<SmtpTap> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    const port = target();
    if (port === undefined) return client.destroy();
    pass(tap, client, keep(connect(port, '127.0.0.1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tap: SmtpTap = {
    port: (server.address() as AddressInfo).port,
    hear: () => undefined,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
  return tap;
}

function pass(tap: SmtpTap, client: Socket, behind: Socket): void {
  let tail = '';
  let awaiting = false;
  client.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('latin1')).slice(-4096);
    if (tail.endsWith(END)) {
      tail = '';
      if (tap.hear('mail', 'reached') === 'lost') {
        client.destroy();
        behind.destroy();
        return;
      }
      awaiting = true;
    }
    behind.write(chunk);
  });
  behind.on('data', (chunk: Buffer) => {
    const taken = awaiting && chunk.toString('latin1').startsWith('250');
    awaiting = false;
    if (taken) tap.hear('mail', 'done');
    client.write(chunk, () => taken && tap.hear('mail', 'answered'));
  });
  client.on('close', () => behind.destroy());
  behind.on('close', () => client.destroy());
}
