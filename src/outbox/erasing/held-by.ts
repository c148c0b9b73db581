// Decides whether an epoch of a session holds erased words. In doubt it does.
import type { PastTurn } from '../../agents/sessions/past-epochs.ts';
import type { SessionDoc, TurnDoc } from '../../agents/sessions/session.ts';
import { ESCAPES, type TakeOut } from './passages.ts';

export interface ErasedWords {
  pod: string;
  /** The conversation in which they were said. */
  conversation?: string;
  /** The documents that said or quote them. */
  ids: ReadonlySet<string>;
  /** Their bodies and blobs. */
  refs: ReadonlySet<string>;
  takeOut: TakeOut;
}

type Session = Pick<SessionDoc, 'pod' | 'conversation' | 'waiting'>;

/** `turns`: those of the present epoch, in order. `working`: its run is going on, and does not wait for people. */
export async function holdsWords(
  session: Session,
  turns: readonly TurnDoc[],
  working: boolean,
  words: ErasedWords,
): Promise<boolean> {
  // Turns of earlier versions do not name what was read for them, and neither do calls that wait.
  if (session.waiting?.length || turns.some(isUntold)) return true;
  // Calls that are under way are saved later. While the model is asked, nothing is read.
  if (working && turns.at(-1)?.role !== 'user') return true;
  if (tookIn(session, turns, words)) return true;
  for (const { content } of turns) {
    if ([...words.ids].some((id) => content.includes(id))) return true;
    if ((await words.takeOut(content.replace(ESCAPES, ' '))) !== undefined) return true;
  }
  return false;
}

function isUntold({ role, refs }: TurnDoc): boolean {
  return role === 'user' && !refs;
}

/** True if one of the turns heard the words, read them, or was shown a document that has them. */
export function tookIn(
  { pod, conversation }: Pick<SessionDoc, 'pod' | 'conversation'>,
  turns: readonly PastTurn[],
  { pod: saidIn, conversation: said, ids, refs }: ErasedWords,
): boolean {
  const here = pod === saidIn && conversation === said;
  return turns.some(
    ({ took, held, refs: read, named }) =>
      here ||
      [...(took ?? []), ...(named ?? [])].some((id) => ids.has(id)) ||
      held?.some(({ id }) => ids.has(id)) ||
      read?.some((ref) => refs.has(ref)),
  );
}
