// The rule for checkpoints: where people named a point of a task, the run stops until they let it go on, and the task is not done
// before.
import type { Reader } from '../../../log/action.ts';
import type { Ears } from '../../../log/ears.ts';
import { canonical, sha256 } from '../../../log/ids.ts';
import { isAgent, type PersonId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { isAllowed, type StepCall, type Steps } from '../../../pods/conversations/words/steps.ts';
import type { Call } from '../../../pods/decide.ts';
import { isNamed, readStops } from '../../../pods/involvement/checkpoints.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import type { CheckpointView } from '../../../pods/runs/steps/checkpoint.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { type Locked, type Refusal, refuse, rule } from '../verdict.ts';

type Facts =
  /** Any effect: the run may wait at a checkpoint. */
  | { does: 'effect'; call: StepCall; steps: Steps | undefined }
  /** The run has come to one. `who`: those who named it. */
  | { does: 'stop'; call: StepCall; steps: Steps | undefined; who: readonly PersonId[]; inRun: boolean }
  /** The task would be done, or shown to its reviewers. `ahead`: the points that were not passed, each with who named it. */
  | {
      does: 'finish';
      /** It would be shown. */
      shows?: true;
      task: number;
      ahead: readonly string[];
      steps: Steps | undefined;
      call: StepCall;
    };

/** How a run judges, waits and ends, also while it waits at a checkpoint. */
const FREE: readonly string[] = ['judge_words', 'wait_for', 'end_run', 'put_steps'];
const REVIEW = 'request_review';
const FINISHES: readonly string[] = ['complete_task', 'merge_tasks', REVIEW];

export const checkpoints = rule<Facts, Locked | Refusal>({
  name: 'checkpoints',
  load(read, call: Call) {
    const { definition, request, loaded } = call;
    const { actor, answer, ears } = request;
    if (!isAgent(actor) || answer || definition.effect === 'read' || FREE.includes(definition.name)) return undefined;
    if (loaded && (definition.name === 'checkpoint' || FINISHES.includes(definition.name)))
      return atPoints(read, call, { ears, view: loaded.view });
    return ears && stepsOf(read, call, ears).then((steps) => ({ does: 'effect', call: stepCall(call), steps }));
  },
  judge(facts) {
    const { steps, call } = facts;
    if (isAllowed(steps, call)) return undefined;
    if (steps?.checkpoint && !steps.over) return { kind: 'locked', question: steps.question, checkpoint: true };
    switch (facts.does) {
      case 'effect':
        return undefined;
      case 'stop':
        if (!facts.who.length) return undefined;
        if (!facts.inRun) return refuse('A checkpoint is reached in the work on the task.', 'Call it there.');
        return { kind: 'locked', step: { ...call, who: facts.who, checkpoint: true } };
      case 'finish':
        if (!facts.ahead.length) return undefined;
        return {
          ...refuse(
            `#${facts.task} is not ${facts.shows ? 'shown for review' : 'done'} before its checkpoints: ${facts.ahead.join(', ')}.`,
            'Call checkpoint with what you have, and go on with their yes.',
          ),
          left: true,
        };
      default:
        facts satisfies never;
        return undefined;
    }
  },
});

function stepCall({ request: { key, action, input } }: Call): StepCall {
  return { key, hash: sha256(canonical([action, input])) };
}

async function stepsOf(read: Reader, { request }: Call, { conversation }: Ears): Promise<Steps | undefined> {
  const doc = await read.get(CONVERSATIONS, conversation);
  return doc?.atWork?.find(({ agent }) => agent === request.actor)?.steps;
}

async function atPoints(
  read: Reader,
  call: Call,
  { ears, view }: { ears: Ears | undefined; view: unknown },
): Promise<Facts> {
  const { definition, request } = call;
  const { task } = view as { task: TaskDoc };
  const about = { call: stepCall(call), steps: ears && (await stepsOf(read, call, ears)) };
  if (definition.name === 'checkpoint') {
    const { name } = request.input as { name: string };
    const here = (view as CheckpointView).stops.filter((one) => isNamed(one, name));
    return { does: 'stop', ...about, who: [...new Set(here.map(({ who }) => who))], inRun: ears !== undefined };
  }
  const stops = await readStops(read, task);
  const names = await namesOfAll(
    read,
    stops.map(({ who }) => who),
  );
  const ahead = stops.map(({ name, who }) => `“${name}” (${called(names, who).name})`);
  const shows = definition.name === REVIEW ? { shows: true as const } : {};
  return { does: 'finish', ...shows, ...about, task: task.number, ahead };
}
