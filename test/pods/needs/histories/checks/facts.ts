// Facts of a history: what people were told in their own logs, and which words stand for an item in what was sent.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { PersonId } from '../../../../../src/log/participant.ts';
import type { MessageDoc } from '../../../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../../../src/pods/deliveries.ts';
import type { NeedDoc } from '../../../../../src/pods/needs/need.ts';
import type { QuestionDoc } from '../../../../../src/pods/questions/question.ts';
import type { TaskDoc } from '../../../../../src/pods/tasks/task.ts';
import type { Surface } from '../../../../../src/pods/telling/hearing.ts';
import type { MemoryData } from '../../../../store/memory.ts';
import type { Evidence } from './check.ts';
import { changesOf } from './replay.ts';

export interface Told {
  person: PersonId;
  need: string;
  round: number;
  surface: Surface;
  at: number;
  commit: Commit;
  /** It was put off before, or the message that was to tell it was not posted. */
  again: boolean;
}

/** All tellings in a person's own log, each with the round that it is about. */
export function toldIn(person: PersonId, commits: readonly Commit[]): Told[] {
  const heard = new Map<string, { need: string; round: number; again: boolean }>();
  const told: Told[] = [];
  for (const commit of commits)
    for (const change of changesOf(commit)) {
      const { id, type } = change;
      if (type === 'need_heard' || type === 'hearing_put_off') {
        const before = heard.get(id);
        const again = before?.round === change.round && (before?.again ?? false);
        heard.set(id, { need: String(change.need), round: Number(change.round), again });
      }
      const known = heard.get(id);
      if (!known) continue;
      if (type === 'hearing_resumed' || type === 'hearing_dropped') known.again = true;
      if (type !== 'need_told') continue;
      told.push({ person, ...known, surface: change.surface as Surface, at: commit.at, commit });
      known.again = false;
    }
  return told;
}

/** The delivery by which a telling reached the person. */
export function carrierOf({ surface, commit }: Told): string {
  if (surface === 'mention') return commit.key.replace(/^claim:/, '');
  if (surface === 'digest') return commit.key.replace(/^digest:/, '');
  return commit.deliveries.find(({ kind }) => kind === 'notice')?.id ?? '';
}

/** True if the telling arrived while the person was there to see it. A mention stands there also when they come back. */
export function arrivedAt({ outside, stands }: Pick<Evidence, 'outside' | 'stands'>, one: Told): boolean {
  const carrier = carrierOf(one);
  const place = stands.placeOf(one.commit.id);
  const mention = one.surface === 'mention';
  return outside.arrived.some(({ key, from, until }) => {
    if (key !== carrier && !key.startsWith(`${carrier}+`)) return false;
    if (!mention) return stands.reachable(one.person, from, until);
    return stands.there(one.person, from, until) || stands.there(one.person, place, place);
  });
}

/** The id of the delivery of a key: a post in several parts has a key for its rest, a question one for each person. */
export function deliveryOf(key: string): string {
  return /^.+?:\d+:\d+/.exec(key)?.[0] ?? key;
}

export function deliveriesIn(all: readonly Commit[]): Map<string, Delivery> {
  return new Map(all.flatMap(({ deliveries }) => deliveries.map((one) => [one.id, one as unknown as Delivery])));
}

/** The words of an item that are found again in what was sent. Undefined where its words may have changed since. */
export function tokenOf(need: NeedDoc, { docs, bodies }: MemoryData): string | undefined {
  const doc = <D>(view: string, id = '') => docs.get(view)?.get(id) as D | undefined;
  const textOf = (body = '') => bodies.get(body)?.text;
  const { about } = need;
  if (about.on === 'tasks' || about.on === 'steps') return textOf(doc<TaskDoc>('tasks', about.id)?.titleRef);
  if (about.on === 'questions') return textOf(doc<QuestionDoc>('questions', about.id)?.body)?.split(' ')[0];
  return /M\d+\./.exec(textOf(doc<MessageDoc>('messages', need.message)?.body) ?? '')?.[0];
}
