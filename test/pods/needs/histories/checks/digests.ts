// Checks digests: one a day, sent once, and what one of them tells is not told by a notice as well.
import type { Delivery } from '../../../../../src/pods/deliveries.ts';
import type { Evidence } from './check.ts';
import { carrierOf, tokenOf } from './facts.ts';
import { changesOf } from './replay.ts';

type Digest = Delivery & { kind: 'digest' };

export function digestFaults(evidence: Evidence): string[] {
  const digests = [...evidence.deliveries.values()].filter((one): one is Digest => one.kind === 'digest');
  const days = digests.map(({ person, day }) => `${person} ${day}`);
  return [
    ...days.filter((one, n) => days.indexOf(one) < n).map((one) => `${one} has two digests.`),
    ...digests.flatMap((digest) => [...sentOnce(evidence, digest), ...toldOnce(evidence, digest)]),
  ];
}

function sentOnce({ outside }: Evidence, { id, person }: Digest): string[] {
  const got = outside.arrived.filter(({ key }) => key === id);
  const twice = got.length > 1 && (got[0]?.on === 'slack' || new Set(got.map(({ text }) => text)).size > 1);
  return twice ? [`${person} got the digest ${id} ${got.length} times.`] : [];
}

/** What stood on the list of a digest, and was heard of before it, comes with no notice later. */
function toldOnce({ outside, own, needs, data, told, stands }: Evidence, { id, person }: Digest): string[] {
  const arrived = outside.arrived.find(({ key }) => key === id);
  const commits = own.find((one) => one.person === person)?.commits ?? [];
  const telling = commits.find(({ key }) => key === `digest:${id}`);
  if (!arrived || !telling) return [];
  const heard = commits
    .slice(0, commits.indexOf(telling))
    .flatMap(changesOf)
    .filter(({ type }) => type === 'need_heard');
  return heard.flatMap(({ need: of, round }) => {
    const need = needs.find((one) => one.id === of && one.round === round);
    const token = need && tokenOf(need, data);
    const later = told.find(
      (one) =>
        one.person === person &&
        one.need === of &&
        one.round === round &&
        !one.again &&
        one.surface !== 'digest' &&
        stands.placeOf(one.commit.id) > stands.placeOf(telling.id),
    );
    const listed = token && waitingPart(arrived.text).includes(token);
    return listed && later ? [`${person} is told of ${of} by the digest ${id} and by ${carrierOf(later)}.`] : [];
  });
}

/** The lines under the first heading, which lists what waits. */
function waitingPart(text: string): string {
  const from = text.indexOf('Waiting for you');
  const until = text.search(/New in |What is new|\*Launch\*|Launch\n/);
  return from < 0 ? '' : text.slice(from, until > from ? until : undefined);
}
