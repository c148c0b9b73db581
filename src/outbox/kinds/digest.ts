// Carrying a digest: read from the logs as they are now, worded once, and sent where its person is.

import { type Facts, type Links, saysSomething } from '../../digest/facts.ts';
import { type DigestDelivery, gather } from '../../digest/gather.ts';
import { inPlainWords, type Section } from '../../digest/plain.ts';
import type { Wording } from '../../digest/word.ts';
import { InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { canonical, sha256 } from '../../log/ids.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { SUBSCRIPTIONS } from '../../pods/subscriptions/subscription.ts';
import { DEFAULT_TIME } from '../../pods/subscriptions/times.ts';
import type { Collection, CollectionSpec, Doc } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';

/** How a digest was worded, from before it is sent until it stands: who sends it once more sends the same. */
export interface WordingDoc extends Doc {
  /** Whose words are in it: erasing something there removes it. */
  pods: string[];
  /** Of the facts: other facts, because something was erased or a pod was left, are other words. */
  facts: string;
  /** JSON. */
  sections: string;
}

export const WORDING_SPEC: CollectionSpec = { name: 'wordings', kind: 'journal', indexes: [{ fields: ['pods'] }] };

/** A digest in words, and what its frame needs. */
export interface Worded {
  key: string;
  person: PersonDoc;
  facts: Facts;
  sections: Section[];
  /** Its person asked for it. */
  asked: boolean;
  /** HH:MM */
  time: string;
}

export interface DigestDeps {
  read: Reader;
  texts: Texts;
  clock(): number;
  wordings: Collection<WordingDoc>;
  links: Links;
  /** Absent: plain words. */
  word?: Wording;
  slack(worded: Worded): Promise<void>;
  /** Absent: no mail is set up. */
  mail?(worded: Worded): Promise<void>;
}

/** Something in the pod was erased: a digest on its way is worded once more, from what is left. */
export async function forgetWordings(wordings: Collection<WordingDoc>, pod: string): Promise<void> {
  for (const { id } of await wordings.find({ where: { pods: pod } })) await wordings.delete(id);
}

export async function carryDigest(deps: DigestDeps, delivery: DigestDelivery, signal: AbortSignal): Promise<void> {
  const { read, wordings } = deps;
  const [person, subscription] = await Promise.all([
    read.get(PEOPLE, delivery.person),
    read.get(SUBSCRIPTIONS, delivery.person),
  ]);
  const asked = delivery.day === undefined;
  if (person?.state !== 'in' || (subscription?.state === 'off' && !asked)) return;
  const facts = await gather({ ...deps, withWords: deps.word !== undefined }, person, delivery, deps.clock());
  if (!asked && !saysSomething(facts)) return;
  const sections = await wordedOnce(deps, delivery, facts, signal);
  const worded = { key: delivery.id, person, facts, sections, asked, time: subscription?.time ?? DEFAULT_TIME };
  if (delivery.through === 'slack') await deps.slack(worded);
  else if (deps.mail) await deps.mail(worded);
  else
    throw new InvalidInput(
      'This digest goes by mail, and no mail is set up. Set SMTP_URL and MAIL_DOMAIN, then retry it.',
    );
  await wordings.delete(delivery.id);
}

async function wordedOnce(
  { texts, wordings, word }: DigestDeps,
  delivery: DigestDelivery,
  facts: Facts,
  signal: AbortSignal,
): Promise<Section[]> {
  const hash = sha256(canonical(facts));
  const kept = await wordings.get(delivery.id);
  if (kept?.facts === hash) return JSON.parse(kept.sections) as Section[];
  const sections = word ? await word(facts, signal) : inPlainWords(texts, facts);
  const doc = { id: delivery.id, pods: facts.podIds, facts: hash, sections: JSON.stringify(sections) };
  if (kept) await wordings.replace({ ...doc, rev: kept.rev }, kept.rev);
  else await wordings.insert([{ ...doc, rev: 1 }]);
  return sections;
}
