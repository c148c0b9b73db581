// Offers actions as tools. `act` runs them, and asks the gate on the snapshot of the commit.
import type { Outcome } from '../../log/act.ts';
import { freePodId } from '../../log/place.ts';
import type { Held, Shown } from '../../log/view.ts';
import type { AnyAction } from '../../pods/action.ts';
import { KINDS } from '../../pods/kinds.ts';
import { ORG } from '../../pods/members/rights.ts';
import { takesPod } from '../../pods/pod/pod-named.ts';
import { requestOf } from '../request.ts';
import type { ToolCaller, ToolSource } from '../tool.ts';
import { readsElsewhere, specOf } from './action-spec.ts';

export const actionTools: ToolSource = {
  through: 'name',
  async find({ act, actions }, caller, { tools }, name) {
    const definition = tools.includes(name) ? actions.get(name) : undefined;
    if (!definition || definition.internal) return undefined;
    return {
      kind: 'tool',
      tool: {
        ...specOf(definition, caller.direct),
        // `act` checks the input itself.
        faultIn: () => undefined,
        async run(asked, key) {
          const { pod, input } = targetOf(definition, caller, asked, key);
          // The other log does not know what people say here, so this one is asked first.
          if (caller.ears && pod !== caller.pod && definition.effect !== 'read')
            await act(requestOf(caller, { pod: caller.pod, action: 'permit_act', input: { action: name }, key }));
          const outcome = await act(requestOf(caller, { pod, action: name, input, key }));
          const { result, labels } = outcome;
          return {
            kind: 'value',
            value: result,
            labels,
            pods: podsReadBy(definition, pod, result),
            shows: shownBy(outcome),
          };
        },
      },
    };
  },
};

/**
 * Returns the pod of the act, and the input without `pod`. Only in a DM may a read name another pod; `act` checks
 * whether the person may read it.
 */
function targetOf(definition: AnyAction, { pod: own, heard, direct }: ToolCaller, input: unknown, key: string) {
  if (definition.org) return { pod: ORG, input };
  if (definition.name === 'create_pod') return { pod: freePodId(key), input };
  if (direct && heard.length && readsElsewhere(definition) && hasPod(input)) {
    const { pod, ...rest } = input;
    return { pod: pod || own, input: rest };
  }
  return { pod: own, input };
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
 * their purposes.
 */
function podsReadBy(definition: AnyAction, pod: string, result: unknown): string[] {
  if (definition.effect !== 'read') return [];
  if (takesPod(definition)) return [pod];
  const { pods = [] } = result as { pods?: readonly { id: string; direct?: boolean }[] };
  return pods.filter(({ direct }) => !direct).map(({ id }) => id);
}
