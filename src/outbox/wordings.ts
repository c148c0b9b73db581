// Stores the wording of a digest until it is sent, so that a retry sends the same text.
import type { Facts } from '../digest/facts.ts';
import type { Wording } from '../digest/model-wording.ts';
import { inPlainWords } from '../digest/plain.ts';
import { canonical, sha256 } from '../log/ids.ts';
import type { PersonDoc } from '../pods/people/person.ts';
import type { Section } from '../pods/telling/notices/sent-digest.ts';
import type { Collection, CollectionSpec, Doc } from '../store/port.ts';
import type { Texts } from '../texts/texts.ts';

export interface WordingDoc extends Doc {
  /** The pods whose text the wording contains. An erasure in one of them deletes the wording. */
  pods: string[];
  /** The hash of the facts. An erasure changes the facts, and so does leaving a pod. The text is then made again. */
  facts: string;
  /** The sections as JSON. */
  sections: string;
  /** The reader's local day when the text was made. */
  today?: string;
}

/** The text of a digest, and the values that its frame shows. */
export interface Worded {
  key: string;
  person: PersonDoc;
  facts: Facts;
  sections: Section[];
  /** True if the person asked for this digest. */
  asked: boolean;
  /** The time of the person's digests, as HH:MM. */
  time: string;
}

export const WORDING_SPEC: CollectionSpec = { name: 'wordings', kind: 'journal', indexes: [{ fields: ['pods'] }] };

/**
 * Deletes the texts of digests that contain text of the pod. Called after an erasure, so that an unsent digest is made
 * again from the remaining text.
 */
export async function forgetWordings(wordings: Collection<WordingDoc>, pod: string): Promise<void> {
  for (const { id } of await wordings.find({ where: { pods: pod } })) await wordings.delete(id);
}

/**
 * Returns the stored text and its day, or makes and stores it. The text is made again if the facts have changed.
 * `begun`: an attempt to send this text may have reached the reader. It then stays as it was, so that the same mail does
 * not come twice with different words, unless something was erased or the reader has left a pod.
 */
export async function wordedOnce(
  { texts, wordings, word }: { texts: Texts; wordings: Collection<WordingDoc>; word?: Wording },
  id: string,
  facts: Facts,
  begun: boolean,
  signal: AbortSignal,
): Promise<{ sections: Section[]; today: string }> {
  const hash = sha256(canonical(facts));
  const kept = await wordings.get(id);
  const mayShow = kept?.pods.every((pod) => facts.podIds.includes(pod));
  if (kept && (kept.facts === hash || (begun && mayShow)))
    return { sections: JSON.parse(kept.sections) as Section[], today: kept.today ?? facts.today };
  const sections = word ? await word(facts, signal) : inPlainWords(texts, facts);
  const { podIds, today } = facts;
  const doc = { id, pods: podIds, facts: hash, sections: JSON.stringify(sections), today };
  if (kept) await wordings.replace({ ...doc, rev: kept.rev }, kept.rev);
  else await wordings.insert([{ ...doc, rev: 1 }]);
  return { sections, today };
}
