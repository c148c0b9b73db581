// The tasks of a pod in their order, for `skein graph`: the same list as /skein graph in Slack.
import { actionNamed } from '../../log/act.ts';
import { ACTIONS } from '../../pods/actions.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { podFor } from '../../pods/pod/pod-named.ts';
import type { Texts } from '../../texts/texts.ts';
import type { EnterDeps } from '../enter.ts';
import { type GraphList, graphList } from '../graph-list.ts';
import { actorNamed } from '../names.ts';

export interface GraphAsked {
  /** The member who looks, and the pod, as people write their names. */
  as: string;
  pod?: string | undefined;
  /** From 1. */
  page: number;
}

/** @throws NotFound for a person, pod or page that there is not; InvalidInput where a pod is needed or a name is unclear */
export async function graphFor(
  deps: EnterDeps & { texts: Pick<Texts, 'fill'> },
  { as, pod, page }: GraphAsked,
): Promise<GraphList> {
  const { read, texts } = deps;
  const actor = await actorNamed(read, as);
  const id = await podFor(read, actionNamed(ACTIONS, 'read_graph'), actor, pod, 'cli:graph');
  const name = (await read.get(PODS, id))?.name ?? id;
  const who = `--as ${quoted(as)}${pod === undefined ? '' : ` --pod ${quoted(pod)}`}`;
  const more = (next: number) => `skein graph ${next} ${who}`;
  return graphList(deps, texts.fill, { as: actor, pod: { id, name }, via: 'cli', page, more });
}

/** As it is typed in a shell. */
function quoted(word: string): string {
  return /^[\w.@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
