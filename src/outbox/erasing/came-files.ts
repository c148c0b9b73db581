// Erases the files that came with an erased message. Whoever erased it is asked about those that others use.
import { holdingsOf, keyOf } from '../../agents/news/held.ts';
import { turnsOf } from '../../agents/sessions/session.ts';
import { canonical, sha256 } from '../../log/ids.ts';
import { isPerson } from '../../log/participant.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { cameFiles, MOST_CAME } from '../../pods/erasing/came/came-files.ts';
import { FILES } from '../../pods/files/file.ts';
import { fileId, plainName } from '../../pods/files/files.ts';
import { seqOf } from '../delivery-id.ts';
import type { Parts } from '../parts.ts';
import { keepPlan, plansOf } from './plan.ts';
import { sessionsThatMayHold } from './sessions.ts';

type Erase = DeliveryOf<'erase'>;

/** A stored file that came with the message. `held`: an agent has read it. */
export interface Came {
  file: string;
  held: boolean;
}

/**
 * Called before the sessions forget what they have read. After a crash it also knows what they had read before, so that
 * a file that was left does not go then.
 */
export async function filesThatCame({ store, read }: Pick<Parts, 'store' | 'read'>, delivery: Erase): Promise<Came[]> {
  const { id, pod, from } = delivery;
  if (!from?.files?.length) return [];
  const names = await read.texts(from.files);
  const files = await stored({ read }, pod, [...names.values()]);
  if (!files.length) return [];
  const held = await heldOf(store, delivery);
  const earlier = (await plansOf(store).get(id))?.readFiles ?? [];
  const readFiles = files.filter((file) => earlier.includes(file) || held.has(keyOf({ kind: FILES.name, id: file })));
  if (readFiles.length > earlier.length) await keepPlan(store, id, { readFiles });
  return files.map((file) => ({ file, held: readFiles.includes(file) }));
}

/** Called while the message is still stored, so that a crash repeats it. */
export async function eraseCameFiles(
  { read, act }: Pick<Parts, 'read' | 'act'>,
  { id, pod, from }: Erase,
  files: readonly Came[],
): Promise<void> {
  const [commit] = await read.commits(pod, seqOf(id), seqOf(id));
  const message = from && (await read.get(MESSAGES, from.id));
  if (!commit || !message || !files.length) return;
  const input = { message: message.id, by: message.by, files: [...files] };
  const key = `came:${id}:${sha256(canonical(files)).slice(0, 16)}`;
  const who = [commit.actor, commit.onBehalfOf].find((one) => isPerson(one));
  // Slack let somebody delete it who has left the pod: then Skein erases in its own name.
  const actor = who ?? (commit.actor === 'skein' ? 'skein' : undefined);
  if (!actor) return;
  const found = await cameFiles(read, { pod, who: actor }, input);
  if (found.some(({ used }) => !used)) await act({ pod, actor, via: 'skein', action: 'erase_came', input, key });
  if (who && found.some(({ used }) => used))
    await act({
      ...{ pod, actor: 'skein', via: 'skein', action: 'offer_came' },
      ...{ input: { ...input, who, joins: commit.action !== 'redact' }, key: `${key}:offer` },
    });
}

async function stored({ read }: Pick<Parts, 'read'>, pod: string, names: readonly string[]): Promise<string[]> {
  // A file of a mail is named with its folder, and one of Slack as there.
  const ids = [...new Set(names.flatMap((name) => [fileId(pod, name), fileId(pod, plainName(name))]))];
  const docs = await Promise.all(ids.map((id) => read.get(FILES, id)));
  return ids.filter((_, n) => docs[n] !== undefined && !docs[n]?.erased).slice(0, MOST_CAME);
}

/** Returns the keys of all that the sessions hold which may have read the message. */
async function heldOf(store: Parts['store'], delivery: Erase): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const session of await sessionsThatMayHold(store, delivery))
    for (const key of holdingsOf(session, await turnsOf(store, session.id, session.epoch)).keys()) keys.add(key);
  return keys;
}
