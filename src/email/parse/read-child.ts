// The process that parses mails for read-mail.ts. It keeps no state, because it may be killed at any moment.
import { reasonOf } from '../../errors.ts';
import type { Mail, Unreadable } from '../mail.ts';
import { parseMail } from './parse-mail.ts';

export interface ReadRequest {
  n: number;
  raw: Uint8Array;
}

export type ReadAnswer = { kind: 'ready' } | { kind: 'read'; n: number; read: Mail | Unreadable };

process.on('message', ({ n, raw }: ReadRequest) => {
  void parseMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
    .catch(
      (error: unknown): Unreadable => ({ kind: 'unreadable', reason: `The mail can't be read. ${reasonOf(error)}` }),
    )
    .then((read) => process.send?.({ kind: 'read', n, read } satisfies ReadAnswer));
});
// The parent process has ended, so nobody waits for an answer.
process.on('disconnect', () => process.exit());
process.send?.({ kind: 'ready' } satisfies ReadAnswer);
