// Sends an answer, whole or as a stream. If a fault requires it, the connection breaks in the middle.

import type { ServerResponse } from 'node:http';
import type { TransportFault } from './faults.ts';
import { eventText, streamEvents } from './stream-events.ts';
import type { Answer } from './wire.ts';

export function sendAnswer(response: ServerResponse, answer: Answer, stream: boolean, fault?: TransportFault): void {
  response.writeHead(200, {
    'content-type': stream ? 'text/event-stream' : 'application/json',
    'cache-control': 'no-cache',
  });
  const parts = stream ? streamEvents(answer).map(eventText) : halves(JSON.stringify(answer));
  const half = parts.slice(0, Math.ceil(parts.length / 2)).join('');
  switch (fault) {
    case 'nonsense':
      response.end(stream ? 'event: message_start\ndata: {"type": me\u0000ssage\n\n' : '{"id": "msg_\u0000');
      return;
    case 'stall_mid_stream':
      response.write(half);
      return;
    case 'cut':
      response.write(half, () => response.destroy());
      return;
    default:
      response.end(parts.join(''));
  }
}

function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
