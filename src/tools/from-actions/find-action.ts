// Offers actions as tools. `act` runs them, and asks the gate on the snapshot of the commit.
import type { Outcome } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { freePodId } from '../../log/place.ts';
import type { Held, Shown } from '../../log/view.ts';
import type { AnyAction } from '../../pods/action.ts';
import { KINDS } from '../../pods/kinds.ts';
import { ORG } from '../../pods/members/rights.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { everyPodOf, podAmong, takesPod } from '../../pods/pod/pod-named.ts';
import { checkpoint } from '../../pods/runs/steps/checkpoint.ts';
import { requestOf } from '../request.ts';
import type { Ran, ToolCaller, ToolSource } from '../tool.ts';
import { canNamePod, specOf } from './action-spec.ts';

export const actionTools: ToolSource = {
  through: 'name',
  async find({ act, actions, read }, caller, { tools }, name) {
    const definition = tools.includes(name) || name === checkpoint.name ? actions.get(name) : undefined;
    if (!definition || definition.internal) return undefined;
    return {
      kind: 'tool',
      tool: {
        ...specOf(definition, caller.direct),
        // `act` checks the input itself.
        faultIn: () => undefined,
        async run(asked, key) {
          const target = await targetOf(read, definition, caller, asked, key);
          if (target.kind === 'unclear') return target.ran;
          const { pod, input, named } = target;
          // The other log does not know what people say here, so this one is asked first.
          if (caller.ears && pod !== caller.pod && definition.effect !== 'read') {
            const permitted = { action: name, ...(named ? { pod } : {}) };
            const request = requestOf(caller, { pod: caller.pod, action: 'permit_act', input: permitted, key });
            const facts = pod === ORG ? { ...caller.facts(), inOrg: { action: name, input } } : caller.facts();
            await act({ ...request, facts });
          }
          const outcome = await act(requestOf(caller, { pod, action: name, input, key }));
          const { result, labels, commit, repeated } = outcome;
          return {
            kind: 'value',
            value: result,
            labels,
            pods: podsReadBy(definition, { pod, own: caller.pod }, result),
            shows: shownBy(outcome),
            ...(commit && !repeated && pod === caller.pod ? { applied: commit.seq } : {}),
          };
        },
      },
    };
  },
};

type Target = { kind: 'pod'; pod: string; input: unknown; named?: true } | { kind: 'unclear'; ran: Ran };

/**
 * Returns the pod of the act, and the input without `pod`. Only in a DM may a call name another pod of the person;
 * `act` checks whether the person and the agent may do it there.
 */
async function targetOf(
  read: Reader,
  definition: AnyAction,
  { pod: own, heard, direct }: ToolCaller,
  input: unknown,
  key: string,
): Promise<Target> {
  const here: Target = { kind: 'pod', pod: own, input };
  if (definition.org) return { ...here, pod: ORG };
  if (definition.name === 'create_pod') return { ...here, pod: freePodId(key) };
  const person = heard.at(-1);
  if (!direct || !person || !canNamePod(definition) || !hasPod(input)) return here;
  const { pod, ...rest } = input;
  if (!pod) return { ...here, input: rest };
  if (pod === ORG && definition.effect === 'read') return { ...here, pod, input: rest };
  const theirs = await everyPodOf(read, { id: person });
  const found = podAmong(theirs, called(await namesOfAll(read, [person]), person).name, pod);
  if (found.kind === 'pod') return { ...here, pod: found.pod.id, input: rest, named: true };
  // The sentence tells the names of their pods, which counts as having read them.
  const pods = theirs.filter((one) => !one.direct).map(({ id }) => id);
  return {
    kind: 'unclear',
    ran: { kind: 'text', result: { ok: false, text: found.error.message, trust: 'member' }, pods },
  };
}

function hasPod(input: unknown): input is { pod: string } {
  return typeof input === 'object' && input !== null && 'pod' in input && typeof input.pod === 'string';
}

/** Returns the documents that a read has shown, or that a commit has changed. */
function shownBy({ shows = {}, commit }: Outcome): Shown {
  const changed = (commit?.changes ?? []).filter(({ on }) => KINDS.get(on)?.held);
  const part = changed.map(({ on, id }): Held => ({ kind: on, id, seq: commit?.seq ?? 0 }));
  return part.length ? { part } : shows;
}

/**
 * Returns the pods whose content the result contains: the pod of the act, or the pods that a list names together with
 * their purposes. The result of a change in another pod has content of that pod too, such as the title of a task.
 */
function podsReadBy(definition: AnyAction, { pod, own }: { pod: string; own: string }, result: unknown): string[] {
  if (definition.effect !== 'read') return takesPod(definition) && pod !== own ? [pod] : [];
  if (takesPod(definition)) return [pod];
  const { pods = [] } = result as { pods?: readonly { id: string; direct?: boolean }[] };
  return pods.filter(({ direct }) => !direct).map(({ id }) => id);
}
