// An action takes a role in the pod: of the actor, and of everybody whose words an agent acts on.
import type { Named } from '../../../log/participant.ts';
import type { AnyAction, Ctx } from '../../../pods/action.ts';
import { atLeast, ORG } from '../../../pods/members/rights.ts';
import { type Refusal, refuse, rule } from '../verdict.ts';

interface Facts {
  definition: AnyAction;
  input: unknown;
  ctx: Ctx;
  /** Absent where something that the action needs was not found. */
  loaded?: { view: unknown };
}

export const rights = rule<Facts>({
  name: 'rights',
  async load(_read, { definition, ctx, loaded, request: { input } }) {
    return { definition, input, ctx, ...(loaded ? { loaded } : {}) };
  },
  judge({ definition, input, ctx, loaded }) {
    const { allow = 'member', title } = definition;
    if (ctx.role === 'skein' || allow === 'anyone') return undefined;
    // Members are told what was not found. To others that would already tell what is in the pod.
    if (!loaded) return ctx.role === 'none' ? notIn(definition, ctx) : undefined;
    if (typeof allow === 'function') {
      const reason = allow(loaded.view, input, ctx);
      if (reason === true) return undefined;
      // A reason may tell what is in the pod.
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

/** The same sentence whether there is such a pod or not: only whoever is in a pod, or speaks there, is told its name. */
function notIn({ title }: AnyAction, ctx: Ctx): Refusal {
  const where = ctx.home === ctx.pod || ctx.pod === ORG ? whereOf(ctx) : 'this pod';
  if (ctx.narrowedBy)
    return refuse(`${title}: ${actsOn(ctx.narrowedBy)}, who is not a member of ${where}.`, answerFirst('A member'));
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

/** After an answer the person who was answered is no asker any more, so the next request has the rights of its own asker alone. */
function answerFirst(who: string): string {
  return `${who} may do it, or ask you for it once you have answered that you can't.`;
}

function whereOf({ pod, podDoc }: Ctx): string {
  return pod === ORG ? 'this organisation' : (podDoc?.name ?? 'this pod');
}
