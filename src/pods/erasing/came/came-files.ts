// Reads the files that came with a message which was erased, and what else uses each of them.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { FILES, VERSIONS } from '../../files/file.ts';
import { type NamedFile, withFileNames } from '../../files/files.ts';
import { partRefs } from '../../mail/message-parts.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { TASKS } from '../../tasks/task.ts';
import { erasableAt, type Named } from '../erasable.ts';

export const MOST_CAME = 50;

/** `held`: an agent has read the file. `by`: the author of the message. */
export const cameInput = z.strictObject({
  message: z.string(),
  by: z.string(),
  files: z.array(z.strictObject({ file: z.string(), held: z.boolean() })).max(MOST_CAME),
});

export interface Came {
  thing: Named;
  used: boolean;
}

/**
 * Leaves out files that are erased already, or that `who` may not erase: only an owner of the pod erases what others
 * wrote too.
 */
export async function cameFiles(
  read: Reader,
  { pod, who }: { pod: string; who: ParticipantId },
  { message, by, files }: z.infer<typeof cameInput>,
): Promise<Came[]> {
  const member = await read.get(MEMBERS, memberId(pod, who));
  const owns = who === 'skein' || (member?.state === 'in' && member.role === 'owner');
  const all = await Promise.all(
    files.map(async ({ file: id, held }): Promise<Came | undefined> => {
      const [doc, thing] = await Promise.all([read.get(FILES, id), erasableAt(read, pod, { on: FILES.name, id })]);
      if (!doc || doc.pod !== pod || !thing || thing.erased) return undefined;
      const others = thing.authors.some((author) => author !== by);
      if (!owns && (others || by !== who)) return undefined;
      const [named] = await withFileNames(read, [doc]);
      const used = held || others || (named ? await isUsed(read, named, message) : true);
      return { thing, used };
    }),
  );
  return all.filter((one) => one !== undefined);
}

async function isUsed(read: Reader, file: NamedFile, message: string): Promise<boolean> {
  const [versions, tasks] = await Promise.all([
    read.find(VERSIONS, { where: { file: file.id }, sort: [['version', 'asc']], limit: 2 }),
    read.find(TASKS, { where: { files: file.id }, limit: 1 }),
  ]);
  return versions.length > 1 || tasks.length > 0 || (await isNamed(read, file, message));
}

/** The messages that are read at once. */
const AT_ONCE = 50;

/** True if another message names the file, or came with a file of that name. A file from a mail is named without its folder. */
async function isNamed(read: Reader, { pod, name }: NamedFile, message: string): Promise<boolean> {
  const said = (name.split('/').at(-1) ?? name).toLowerCase();
  let seen = 0;
  for (let limit = AT_ONCE; ; limit *= 2) {
    const hits = await read.search(pod, said, limit);
    for (; seen < hits.length; seen += AT_ONCE) {
      const docs = await Promise.all(hits.slice(seen, seen + AT_ONCE).map(({ id }) => read.get(MESSAGES, id)));
      const others = docs.flatMap((doc) => (doc && !doc.erased && doc.id !== message ? [doc] : []));
      const texts = await read.texts(others.flatMap(partRefs));
      if ([...texts.values()].some((text) => text.toLowerCase().includes(said))) return true;
    }
    if (hits.length < limit) return false;
  }
}
