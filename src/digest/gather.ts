// Gathers the facts of a digest from the current logs and views of the person's pods.

import type { DeliveryOf } from '../pods/deliveries.ts';
import { localDay } from '../pods/local-time.ts';
import type { PersonDoc } from '../pods/people/person.ts';
import type { PodDoc } from '../pods/pod/pod.ts';
import { sharedPodsOf } from '../pods/subscriptions/range.ts';
import { SUBSCRIPTIONS } from '../pods/subscriptions/subscription.ts';
import { scheduleOf } from '../pods/subscriptions/times.ts';
import type { GatherDeps } from './deps.ts';
import { type Facts, type Links, NO_LINKS, type PodLink } from './facts.ts';
import { newsOf } from './gather-news.ts';
import { waitingMails, waitingMentions, waitingTasks } from './gather-waiting.ts';
import { quiet } from './quiet.ts';

export type DigestDelivery = DeliveryOf<'digest'>;

/** Returns the facts. Omits pods that the person has left since the delivery was made. */
export async function gather(
  given: GatherDeps,
  person: PersonDoc,
  delivery: Pick<DigestDelivery, 'person' | 'from' | 'to'>,
  now: number,
): Promise<Facts> {
  const slack = person.accounts.some((account) => account.startsWith('slack:'));
  const deps = { ...given, links: slack ? given.links : NO_LINKS };
  const { read, links } = deps;
  const { from, to } = delivery;
  const subscription = await read.get(SUBSCRIPTIONS, delivery.person);
  const { timeZone } = scheduleOf(person, subscription);
  const today = localDay(timeZone, now);
  const pods = await sharedPodsOf(read, delivery.person);
  const podLinks = new Map(pods.map((pod) => [pod.id, podLinkOf(pod, links)]));
  const awake = new Map(pods.filter((pod) => pod.state === 'active').map((pod) => [pod.id, pod]));
  const [tasks, mentions, quarantined, news] = await Promise.all([
    waitingTasks(deps, delivery.person, awake, today),
    waitingMentions(deps, delivery.person, awake, now),
    waitingMails(deps, delivery.person, podLinks.keys()),
    newsOf(
      deps,
      delivery.person,
      pods.flatMap(({ id }) => (to[id] === undefined ? [] : [{ pod: id, from: from[id] ?? 0, to: to[id] }])),
      deps.withWords ?? false,
    ),
  ]);
  const withPodLink = <T extends { podId: string }>({ podId, ...rest }: T) => ({
    ...rest,
    pod: podLinks.get(podId) ?? { name: '' },
  });
  return {
    person: { name: person.name, timeZone, ...(slack ? { slack } : {}) },
    podIds: pods.map((pod) => pod.id),
    today,
    tasks: tasks.map(withPodLink),
    mentions: mentions.map(withPodLink),
    quarantined: quarantined.map(withPodLink),
    pods: news
      .filter(({ facts, talk }) => facts.length > 0 || talk.messages > 0)
      .map(withPodLink)
      .sort((a, b) => importance(a) - importance(b) || a.pod.name.localeCompare(b.pod.name)),
  };
}

function podLinkOf(pod: PodDoc, links: Links): PodLink {
  const url = links.pod(pod);
  return { name: quiet(pod.name, 80), ...(url ? { url } : {}) };
}

const importance = ({ facts }: { facts: readonly { rank: number }[] }) => facts[0]?.rank ?? Number.POSITIVE_INFINITY;
