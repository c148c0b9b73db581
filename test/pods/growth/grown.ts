// Makes an organisation and its pod large: copies of the documents that are there, of every kind, in the store's memory.
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { memberId } from '../../../src/pods/members/member.ts';
import type { CollectionSpec, Doc } from '../../../src/store/port.ts';
import type { MemoryData } from '../../store/memory.ts';
import type { World } from '../build.ts';

export const SPECS: readonly CollectionSpec[] = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS];

type Fields = Record<string, unknown>;
type AnyDoc = Doc & Fields;

/** The fields in which a copy differs from its model, beside the id. Other views have copies that differ in their id alone. */
const DIFFERS: Readonly<Record<string, (n: number, world: World) => Fields>> = {
  people: (n) => ({
    ...{ id: `person:g${n}`, handle: `g${n}`, name: `Grown ${n}`, names: [`g${n}`, `grown ${n}`] },
    ...{ accounts: [`slack:T1:G${n}`], email: undefined, since: n },
  }),
  members: (n, { pod }) => ({ id: memberId(pod, `person:g${n}`), who: `person:g${n}`, role: 'member', since: n }),
  tasks: (n) => ({ number: 100 + n, state: n % 2 ? 'done' : 'open', due: n % 3 ? undefined : '2026-12-24' }),
  notes: (n) => ({ posted: n }),
  apps: (n) => ({ app: `A0GROWN${n}`, name: `Grown ${n}` }),
  conversations: (n) => ({ placeKey: `grown-${n}` }),
  messages: (n) => ({ places: [`slack:T1:C1:${n}`] }),
  questions: (n) => ({ number: 100 + n }),
  pods: (n) => ({ id: `p_grown${n}`, pod: `p_grown${n}`, name: `Grown ${n}`, placeKey: `grown-${n}` }),
  addresses: (n) => ({ id: `grown-${n}`, slug: `grown-${n}`, of: `p_grown${n}` }),
};

/** Views with one document for a person or for the organisation's few agents, skills and workflows. */
const FEW = ['subscriptions', 'preferences', 'agents', 'skills', 'workflows', 'commits', 'heads'];

/** Adds as many copies of each kind. */
export function grow({ docs, postings }: MemoryData, world: World, size: number): void {
  const { pod, ada, ben, scribe } = world;
  for (const { name } of SPECS.filter((spec) => !FEW.includes(spec.name))) {
    const here = docs.get(name) as Map<string, AnyDoc> | undefined;
    const models = [...(here?.values() ?? [])];
    const model =
      models.find((doc) => doc.pod === pod && doc.who !== ada) ?? models.find(({ id }) => id === ben) ?? models[0];
    for (let n = 1; here && model && n <= size; n++) {
      const copy = { ...model, id: `${model.id}-g${n}`, rev: 1, ...DIFFERS[name]?.(n, world) };
      here.set(copy.id, JSON.parse(JSON.stringify(copy)) as AnyDoc);
    }
  }
  // The same people are in all pods.
  const members = docs.get('members') as Map<string, AnyDoc>;
  const model = members.get(memberId(pod, ben)) as AnyDoc;
  for (const who of [ada, ben, scribe])
    for (let n = 1; n <= size; n++) {
      const id = memberId(`p_grown${n}`, who);
      members.set(id, { ...model, id, who, pod: `p_grown${n}` });
    }
  for (const posting of [...postings.values()])
    for (let n = 1; n <= size; n++) postings.set(`${posting.id}-g${n}`, { ...posting, id: `${posting.id}-g${n}` });
}
