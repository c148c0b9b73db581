// Variants of the product that each break one rule around the acts of people: questions, absences, things put off, digests, those who
// leave, archived pods, and how close people stay.
import type { EngineAction } from '../../../../src/log/act.ts';
import { putOffItems } from '../../../../src/pods/telling/due.ts';
import { tell } from '../../../../src/pods/telling/tell.ts';
import { tellInDigest } from '../../../../src/pods/telling/tell-in-digest.ts';
import { type Decided, due, isTold, type Variant, withActions } from './variants.ts';

/** The decision without the needs of these reasons, or of all. */
const unraised = (decision: Decided, ...reasons: string[]): Decided => ({
  ...decision,
  changes: (decision.changes as readonly { type: string; reason?: string }[]).filter(
    ({ type, reason = '' }) => type !== 'need_opened' || (reasons.length > 0 && !reasons.includes(reason)),
  ) as unknown as Decided['changes'],
});

const unpassed: Variant = {
  name: 'a question that passes to somebody is not brought to them',
  due,
  decided: (decision, { action }) => (action === 'question_due' ? unraised(decision) : decision),
};

const unsaid: Variant = {
  name: 'the deputy of somebody who is away hears nothing',
  due,
  drops: (delivery) =>
    delivery.kind === 'act' && delivery.action === 'hear' && (delivery.input as { for?: string }).for !== undefined,
};

const undisturbed: Variant = {
  name: 'somebody who is away is told all the same',
  due,
  actions: withActions({
    ...tell,
    decide: (view: object, input: never, ctx: never) =>
      tell.decide({ ...view, preference: undefined } as never, input, ctx),
  } as EngineAction),
};

const forgotten: Variant = {
  name: 'what was put off does not come back',
  due: due.filter((one) => one !== putOffItems),
};

const unmarked: Variant = {
  name: 'a digest does not mark as told what it tells',
  due,
  actions: withActions({
    ...tellInDigest,
    decide(view: never, input: never, ctx: never) {
      const decision = tellInDigest.decide(view, input, ctx);
      return { ...decision, changes: decision.changes.filter((change) => !isTold(change)) };
    },
  } as EngineAction),
};

const unleft: Variant = {
  name: 'what somebody who leaves is needed for passes to nobody',
  due,
  decided: (decision, { action }) => (action === 'remove_member' ? unraised(decision) : decision),
};

const unrestored: Variant = {
  name: 'nobody hears of what is open in a pod that is restored',
  due,
  decided: (decision, { action }) => (action === 'archive_pod' ? { ...decision, deliveries: [] } : decision),
};

const unfollowed: Variant = {
  name: 'nobody hears of a step that they want to hear of',
  due,
  decided: (decision) => unraised(decision, 'step'),
};

/** Each with a seed from which on it is noticed soon. */
export const BROKEN_ACTS: readonly (readonly [Variant, number])[] = [
  [unpassed, 1],
  [unsaid, 150],
  [undisturbed, 28],
  [forgotten, 6],
  [unmarked, 12],
  [unleft, 8],
  [unrestored, 122],
  [unfollowed, 4],
];
