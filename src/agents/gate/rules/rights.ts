// The rule for roles: the actor needs the role that the action asks for, and so does each asker of an agent.
import { isAgent, type Named } from '../../../log/participant.ts';
import type { AnyAction, Ctx } from '../../../pods/action.ts';
import { atLeast, ORG } from '../../../pods/members/rights.ts';
import { type Refusal, refuse, rule } from '../verdict.ts';

interface Facts {
  definition: AnyAction;
  input: unknown;
  ctx: Ctx;
  /** Absent if `load` threw NotFound. */
  loaded?: { view: unknown };
}

export const rights = rule<Facts>({
  name: 'rights',
  load(_read, { definition, ctx, loaded, request: { input } }) {
    return { definition, input, ctx, ...(loaded ? { loaded } : {}) };
  },
  judge({ definition, input, ctx, loaded }) {
    const { allow = 'member', title } = definition;
    if (ctx.role === 'skein' || allow === 'anyone') return undefined;
    // Something was not found. A member gets the engine's NotFound error. Other people get `notIn`, because NotFound
    // would reveal what is in the pod.
    if (!loaded) return ctx.role === 'none' ? notIn(definition, ctx) : undefined;
    if (typeof allow === 'function') {
      const reason = allow(loaded.view, input, ctx);
      if (reason === true) return undefined;
      // The reason of the refusal may reveal what is in the pod, so other people get `notIn`.
      return ctx.role === 'none' ? notIn(definition, ctx) : refuse(`${reason}${narrowed(ctx)}`);
    }
    if (atLeast(ctx.role, allow)) return undefined;
    if (ctx.role === 'none') return notIn(definition, ctx);
    const needs = `${title}: that takes the role ${allow} in ${whereOf(ctx)}`;
    return ctx.narrowedBy
      ? refuse(
          `${needs}, and ${actsOn(ctx.narrowedBy)}, who is ${ctx.role} there.`,
          answerFirst(`Somebody who is ${allow}`),
        )
      : refuse(`${needs}, and you are ${ctx.role}.`, 'Ask an owner to do it or to change your role.');
  },
});

/**
 * Refuses with the same sentence whether the pod exists or not. Shows the pod's name only if the actor speaks from that
 * pod.
 */
function notIn({ title }: AnyAction, ctx: Ctx): Refusal {
  const where = ctx.home === ctx.pod || ctx.pod === ORG ? whereOf(ctx) : 'this pod';
  if (ctx.narrowedBy)
    return refuse(`${title}: ${actsOn(ctx.narrowedBy)}, who is not a member of ${where}.`, answerFirst('A member'));
  // All askers are members there, so the name of the pod is none that they may not know.
  if (isAgent(ctx.actor) && ctx.home && ctx.home !== ctx.pod && ctx.onBehalfOf)
    return refuse(
      `${title}: you are not a member of ${whereOf(ctx)}, so you can only read there for them.`,
      'They can do it themselves, or add you to that pod (add_member).',
    );
  return refuse(
    `${title}: you are not a member of ${where}.`,
    'Ask one of its owners to add you, or join its channel.',
  );
}

function narrowed({ narrowedBy, role }: Ctx): string {
  return narrowedBy ? ` Here ${actsOn(narrowedBy)}, who is ${role}.` : '';
}

function actsOn({ name }: Named): string {
  return `you act on the words of ${name}`;
}

/**
 * Says what to do next: answer first. A person who has an answer is no longer an asker, so the next request has only
 * the rights of its own asker.
 */
function answerFirst(who: string): string {
  return `${who} may do it, or ask you for it once you have answered that you can't.`;
}

function whereOf({ pod, podDoc }: Ctx): string {
  return pod === ORG ? 'this organisation' : (podDoc?.name ?? 'this pod');
}
