// A real name server on this machine, with the records of one test.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** By name: an MX as `mx10 host`, anything else is a TXT; `silent` answers nothing. */
export type Zone = Record<string, readonly string[] | 'silent' | 'fails'>;

export interface NameServer {
  /** As a resolver takes it. */
  address: string;
  stop(): Promise<void>;
}

const TYPE = { mx: 15, txt: 16 };

export async function nameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query);
    const held = zone[name];
    if (held === 'silent') return;
    const answers = (held === 'fails' ? [] : (held ?? [])).flatMap((text) => recordOf(text, type));
    const code = held === 'fails' ? 2 : held === undefined ? 3 : 0;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(answers.length, 6);
    head.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([head, query.subarray(12, end), ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    async stop() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function recordOf(text: string, asked: number): Buffer[] {
  const [, weight, host = ''] = /^mx(\d+) (.*)$/.exec(text) ?? [];
  if ((weight === undefined ? TYPE.txt : TYPE.mx) !== asked) return [];
  const data = weight === undefined ? piecesOf(text) : Buffer.concat([u16(Number(weight)), nameOf(host)]);
  // The name of the question, once more: a pointer to byte 12.
  return [Buffer.concat([u16(0xc00c), u16(asked), u16(1), Buffer.alloc(4), u16(data.length), data])];
}

function piecesOf(text: string): Buffer {
  const pieces = text.match(/.{1,255}/gs) ?? [''];
  return Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])));
}

function nameOf(host: string): Buffer {
  const labels = host.split('.').filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
