// Stores the wording of a digest until it is sent, so that a retry sends the same.
import type { Facts } from '../digest/facts.ts';
import type { Wording } from '../digest/model-wording.ts';
import { inPlainWords, type Section } from '../digest/plain.ts';
import { canonical, sha256 } from '../log/ids.ts';
import type { PersonDoc } from '../pods/people/person.ts';
import type { Collection, CollectionSpec, Doc } from '../store/port.ts';
import type { Texts } from '../texts/texts.ts';

export interface WordingDoc extends Doc {
  /** The pods whose text is in it. An erasure in one of them deletes it. */
  pods: string[];
  /** The hash of the facts. After an erasure or a left pod the facts differ, and the digest is worded again. */
  facts: string;
  /** The sections as JSON. */
  sections: string;
}

/** A worded digest, and the values for its frame. */
export interface Worded {
  key: string;
  person: PersonDoc;
  facts: Facts;
  sections: Section[];
  /** True if the person asked for it. */
  asked: boolean;
  /** HH:MM */
  time: string;
}

export const WORDING_SPEC: CollectionSpec = { name: 'wordings', kind: 'journal', indexes: [{ fields: ['pods'] }] };

/** After an erasure in the pod: a digest on its way is worded again from the remaining text. */
export async function forgetWordings(wordings: Collection<WordingDoc>, pod: string): Promise<void> {
  for (const { id } of await wordings.find({ where: { pods: pod } })) await wordings.delete(id);
}

export async function wordedOnce(
  { texts, wordings, word }: { texts: Texts; wordings: Collection<WordingDoc>; word?: Wording },
  id: string,
  facts: Facts,
  signal: AbortSignal,
): Promise<Section[]> {
  const hash = sha256(canonical(facts));
  const kept = await wordings.get(id);
  if (kept?.facts === hash) return JSON.parse(kept.sections) as Section[];
  const sections = word ? await word(facts, signal) : inPlainWords(texts, facts);
  const doc = { id, pods: facts.podIds, facts: hash, sections: JSON.stringify(sections) };
  if (kept) await wordings.replace({ ...doc, rev: kept.rev }, kept.rev);
  else await wordings.insert([{ ...doc, rev: 1 }]);
  return sections;
}
