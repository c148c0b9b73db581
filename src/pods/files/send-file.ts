// send_file: sends a file to the one person who wants it, in Slack or by mail. Nobody else sees that.
import { z } from 'zod';
import { InvalidInput, NotFound } from '../../errors.ts';
import { said } from '../../log/body.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { askersOf } from '../members/rights.ts';
import { PEOPLE } from '../people/person.ts';
import { reachOf } from '../subscriptions/closing.ts';
import { VERSIONS, versionId } from './file.ts';
import { fileNamed } from './files.ts';

export const sendFile = action({
  name: 'send_file',
  title: 'Send a file',
  description: 'Sends a file to the person you are or act for, alone: in their direct message, or by mail.',
  input: z.strictObject({
    name: z.string().min(1).describe('Name or id'),
    version: z.int().min(1).optional(),
  }),
  effect: 'write',
  own: true,
  allow: 'guest',
  async load(read, { name, version }, ctx) {
    const file = await fileNamed(read, ctx.pod, name);
    const number = version ?? file.version;
    const [wanted, person] = await Promise.all([
      read.get(VERSIONS, versionId(file.id, number)),
      read.get(PEOPLE, theirs(ctx)),
    ]);
    return { file, number, wanted, person };
  },
  decide({ file, number, wanted, person }, _input, ctx) {
    if (!wanted) throw new NotFound(`“${file.name}” has no version ${number}; the newest is ${file.version}.`);
    if (wanted.erased) throw new NotFound(`Version ${number} of “${file.name}” was erased.`);
    // An answer to a mail is a mail.
    const through = ctx.via === 'email' ? 'email' : person && reachOf(person);
    if (!person || !through)
      throw new InvalidInput('There is neither a Slack account nor a mail address to send the file to.');
    const who = person.id as PersonId;
    return {
      changes: [{ v: 1, on: 'versions', id: wanted.id, type: 'version_sent', to: who }],
      deliveries: [{ kind: 'file', person: who, through, by: ctx.actor, file: file.id, version: number }],
      result: { file: { id: file.id, name: said(file.nameRef, file.labels?.hash), version: number }, through },
    };
  },
});

/** Returns the actor, or the one person for whom an agent works. */
function theirs(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (person && !other) return person;
  throw new InvalidInput(
    person ? 'Several people ask here, and a file is sent to one. Let each of them ask.' : 'Say for whom this is done.',
  );
}
