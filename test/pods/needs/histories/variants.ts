// The product, and variants of it that each break one rule of telling. The histories must notice every one.
import type { Act, ActRequest, EngineAction, Meaning } from '../../../../src/log/act.ts';
import { idOf } from '../../../../src/log/ids.ts';
import type { PersonId } from '../../../../src/log/participant.ts';
import type { Parts } from '../../../../src/outbox/parts.ts';
import { ACTIONS } from '../../../../src/pods/actions.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import type { Due } from '../../../../src/pods/due.ts';
import { questionsDue } from '../../../../src/pods/questions/due/due.ts';
import { digests } from '../../../../src/pods/subscriptions/due.ts';
import { dueTasks } from '../../../../src/pods/tasks/due/due.ts';
import { putOffItems, tellings } from '../../../../src/pods/telling/due.ts';
import { hear } from '../../../../src/pods/telling/hear.ts';
import { hearingId } from '../../../../src/pods/telling/hearing.ts';
import { tell } from '../../../../src/pods/telling/tell.ts';

export type Decided = Awaited<ReturnType<Meaning['decide']>>;

export interface Variant {
  name: string;
  due: readonly Due[];
  actions?: ReadonlyMap<string, EngineAction>;
  /** The acts of those who carry deliveries. */
  act?(act: Act): Act;
  carried?(delivery: Delivery, attempt: number): Delivery;
  /** True for a delivery that counts as carried without being carried. */
  drops?(delivery: Delivery): boolean;
  /** What becomes of a decision. */
  decided?(decision: Decided, request: ActRequest): Decided;
  /** What the carriers get. */
  parts?(parts: Parts): Parts;
  /** Called once a delivery was carried. */
  afterwards?(parts: Parts, delivery: Delivery): Promise<void>;
}

export const due = [digests, putOffItems, tellings, dueTasks, questionsDue];
export const PRODUCT: Variant = { name: 'the product', due };

export function withActions(...changed: readonly EngineAction[]): ReadonlyMap<string, EngineAction> {
  return new Map([...ACTIONS, ...changed.map((one) => [one.name, one] as const)] as [string, EngineAction][]);
}

export const isTold = ({ type }: { type: string }) => type === 'need_told';

const markedAfter: Variant = {
  name: 'it is marked as told after it was sent',
  due,
  actions: withActions(
    {
      ...tell,
      decide(view: never, input: never, ctx: never) {
        const decision = tell.decide(view, input, ctx);
        return { ...decision, changes: decision.changes.filter((change) => !isTold(change)) };
      },
    } as EngineAction,
    {
      ...tell,
      name: 'mark_told',
      load: async () => undefined,
      decide: (_view: unknown, { needs }: { needs: string[] }, { pod }: { pod: string }) => ({
        changes: needs.map((need) => {
          return { v: 1, on: 'hearings', id: hearingId(pod as PersonId, need), type: 'need_told', surface: 'slack' };
        }),
        result: {},
      }),
      input: { safeParse: (data: unknown) => ({ success: true, data }) },
    } as unknown as EngineAction,
  ),
  async afterwards({ act }, delivery) {
    if (delivery.kind !== 'notice') return;
    const input = { needs: delivery.items.map(({ need }) => need) };
    const key = `told:${delivery.id}`;
    await act({ pod: delivery.person, actor: 'skein', via: 'skein', action: 'mark_told', input, key });
  },
};

const unclaimed: Variant = {
  name: 'a post that names somebody does not claim the telling',
  due,
  act: (act) => (request) =>
    request.action === 'claim_tell'
      ? Promise.resolve({ result: { claimed: true }, labels: [], repeated: false } as never)
      : act(request),
};

const grouped: Variant = {
  name: 'a notice has another key at each try',
  due,
  carried: (delivery, attempt) =>
    delivery.kind === 'notice' && attempt > 1 ? { ...delivery, id: `${delivery.id}+${attempt}` } : delivery,
};

const everyRound: Variant = {
  name: 'an item is heard of whatever its round',
  due,
  actions: withActions({
    ...hear,
    decide: (view: object, input: never, ctx: never) =>
      hear.decide({ ...view, hearing: undefined } as never, input, ctx),
  } as EngineAction),
};

const uncounted: Variant = {
  name: 'the messages of a day are not counted',
  due,
  actions: withActions({
    ...tell,
    decide: ({ timing, ...view }: { timing: object }, input: never, ctx: never) =>
      tell.decide({ ...view, timing: { ...timing, sent: 0 } } as never, input, ctx),
  } as EngineAction),
};

const onlyFirst: Variant = {
  name: 'an item is heard of only when it is raised for the first time',
  due,
  act: (act) => (request) => act({ ...request, key: roundless(request) }),
};

/** All deliveries that let somebody hear of an item share one key, as if there were only the first. */
function roundless({ action, input, key }: { action: string; input: unknown; key: string }): string {
  return action === 'hear' ? idOf('h', JSON.stringify(input)) : key;
}

/** Each with a seed from which on it is noticed soon. */
export const BROKEN: readonly (readonly [Variant, number])[] = [
  [markedAfter, 1],
  [unclaimed, 1],
  [grouped, 116],
  [everyRound, 1],
  [uncounted, 1400],
  [onlyFirst, 1],
];
