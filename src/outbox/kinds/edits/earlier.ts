// The delivery of an edit that took words away: offers its author to have the earlier words forgotten, together with what
// agents made from them. Nothing is offered where neither an agent nor a digest had them. Idempotent.
import { isPerson } from '../../../log/participant.ts';
import { earlierWords } from '../../../pods/erasing/edits/earlier-words.ts';
import { NOTICES } from '../../../pods/telling/notices/notice.ts';
import { seqOf } from '../../delivery-id.ts';
import { offer } from '../../erasing/offer-forgetting.ts';
import { quotesOf } from '../../erasing/quotes.ts';
import { eraseLane } from '../../erasing/under-way.ts';
import type { DeliveryKind } from '../../kind.ts';

export const earlier: DeliveryKind<'earlier'> = {
  // In order with the erasures of the pod: of an erased message nothing is offered.
  lane: ({ pod }) => eraseLane(pod),
  resource: 'any',
  promises: ['idempotent'],
  async carry({ store, read, act }, { id, pod, message }) {
    const [commit] = await read.commits(pod, seqOf(id), seqOf(id));
    const words = await earlierWords(read, pod, message);
    if (!words || !commit || !isPerson(commit.actor)) return;
    const { since, posted, from } = words;
    const nothing = { bodies: [], postings: [], blobs: [] };
    const quotes = await quotesOf({ store, read, act }, { kind: 'erase', id, pod, ...nothing, since, posted, from });
    const { made, held } = await quotes.found();
    const [digest] = await read.find(NOTICES, { where: { about: message }, limit: 1 });
    if (held || digest) await offer({ act }, { id, who: commit.actor, from, made, joins: true, earlierIn: pod });
    await quotes.done();
  },
};
