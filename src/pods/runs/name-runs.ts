// Loads the facts for sentences about runs: the commits that woke and stopped them, titles, pods and names.
import type { Reader } from '../../log/action.ts';
import { isOutside } from '../../log/labels/label.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { instructionName } from '../conversations/words/instructions.ts';
import { withheldIn } from '../conversations/words/withheld.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { PODS } from '../pod/pod.ts';
import { numberOf, QUESTIONS } from '../questions/question.ts';
import { waitWords } from './doing-words.ts';
import { didNothing, LIVE, RUNS, type RunDoc } from './run.ts';
import { type RunFacts, runWords, waitingMessages } from './run-words.ts';
import { INSTRUCTION_STATES, toldInstructions } from './steering/shown-instructions.ts';

/** Returns the runs with their facts, for members of the pod of the runs. Contains only titles that members wrote. */
export async function withNames(read: Reader, runs: readonly RunDoc[]): Promise<NamedRuns> {
  const ids = [...new Set(runs.map(({ conversation }) => conversation))];
  const conversations = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [];
  // Leaves out titles with an outside label, because a run list can't show labels.
  const titles = new Map(
    conversations.filter(({ labels }) => !isOutside(labels?.titleRef)).map(({ id, titleRef }) => [id, titleRef]),
  );
  const texts = await read.texts([...titles.values()]);
  return named(
    read,
    await Promise.all(
      runs.map((run) =>
        byWhom(read, run, {
          title: texts.get(titles.get(run.conversation) ?? ''),
          doc: conversations.find(({ id }) => id === run.conversation),
        }),
      ),
    ),
  );
}

export interface NamedRuns {
  runs: RunFacts[];
  names: ReadonlyMap<ParticipantId, Named>;
}

async function named(read: Reader, runs: RunFacts[]): Promise<NamedRuns> {
  const who = runs.flatMap(({ run, woke, stopped, withheld, instructions = [] }) => [
    ...[run.agent, woke?.actor, stopped?.actor],
    ...(withheld?.by ?? []),
    ...instructions.map(({ one }) => one.by),
  ]);
  return { runs, names: await namesOfAll(read, who) };
}

async function byWhom(
  read: Reader,
  run: RunDoc,
  { title, doc }: { title?: string | undefined; doc?: ConversationDoc | undefined } = {},
): Promise<RunFacts> {
  const { pod, seq, ending, agent, state } = run;
  const by = ending?.as === 'stopped' ? ending.by : undefined;
  const [[woke], [stopped]] = await Promise.all([
    read.commits(pod, seq, seq),
    by === undefined ? [] : read.commits(pod, by, by),
  ]);
  const withheld = state === 'ended' ? undefined : withheldIn(doc?.atWork, agent);
  return {
    ...{ run: await waitingNow(read, run, doc), title, woke, stopped },
    ...(withheld ? { withheld } : {}),
    instructions: await toldInstructions(read, instructionsOf(run, doc)),
  };
}

/** Those of a run that a person stopped are still listed, so that people see what was left. */
function instructionsOf({ agent, state, ending }: RunDoc, doc: ConversationDoc | undefined) {
  const at = doc?.atWork?.find((one) => one.agent === agent);
  const left = ending?.as === 'stopped' && at?.stopped === ending.by;
  return state !== 'ended' || left ? at?.instructions : undefined;
}

/** The run with the questions for which it waits now: where people have not agreed, another question goes to the owners. */
async function waitingNow(read: Reader, run: RunDoc, doc: ConversationDoc | undefined): Promise<RunDoc> {
  if (run.waits?.for !== 'questions' || !doc?.questions?.length) return run;
  const found = await Promise.all(doc.questions.map((id) => read.get(QUESTIONS, id)));
  const open = found.filter((one) => one !== undefined && one.state === 'open' && one.by === run.agent);
  const questions = open.flatMap((one) => (one ? [numberOf(one)] : []));
  return questions.length ? { ...run, waits: { for: 'questions', questions } } : run;
}

/** A run as the operator of the server sees it: without the title, and without the person of a DM. */
export interface RunSeen {
  id: string;
  pod: string;
  conversation: string;
  agent: string;
  state: RunDoc['state'];
  /** Milliseconds since the run began; for a run that is over, since its end. */
  age: number;
  says: string;
  /** The wishes of people for it, if there are several: without their words, which are for the pod. */
  instructions?: SeenInstruction[];
}

export interface SeenInstruction {
  /** `i41`, as verdicts name it. */
  as: string;
  by: string;
  /** Milliseconds since it was written. */
  age: number;
  /** A word or two, such as “kept” or “replaced by i44”. */
  state: string;
}

const NEWEST = 15;
/** The newest runs, of which those are shown that did something. */
const LOOK_BACK = 60;

/** Returns the runs of all pods, or of one: live runs oldest first, then ended runs newest first. */
export async function runsEverywhere(
  read: Reader,
  now: number,
  pod?: string,
): Promise<{ live: RunSeen[]; over: RunSeen[] }> {
  const here = pod ? { pod } : {};
  const [live, newest] = await Promise.all([
    read.find(RUNS, { where: { ...here, state: { in: LIVE } } }),
    read.find(RUNS, { where: here, sort: [['at', 'desc']], limit: LOOK_BACK }),
  ]);
  const over = newest.filter((run) => run.state === 'ended' && !didNothing(run)).slice(0, NEWEST);
  return {
    live: await seen(
      read,
      now,
      live.sort((a, b) => a.at - b.at),
    ),
    over: await seen(read, now, over),
  };
}

async function seen(read: Reader, now: number, runs: readonly RunDoc[]): Promise<RunSeen[]> {
  const ids = [...new Set(runs.map((run) => run.pod))];
  const pods = new Map(
    (ids.length ? await read.find(PODS, { where: { id: { in: ids } } }) : []).map((one) => [one.id, one]),
  );
  const live = runs.flatMap(({ state, conversation }) => (state === 'ended' ? [] : [conversation]));
  const docs = live.length ? await read.find(CONVERSATIONS, { where: { id: { in: [...new Set(live)] } } }) : [];
  const docOf = ({ conversation }: RunDoc) => docs.find(({ id }) => id === conversation);
  const { runs: all, names } = await named(
    read,
    await Promise.all(
      runs.map((run) => (pods.get(run.pod)?.direct ? { run } : byWhom(read, run, { doc: docOf(run) }))),
    ),
  );
  return all.map((one) => {
    const { id, pod, conversation, agent, state, at, endedAt = at } = one.run;
    const age = Math.max(0, now - endedAt);
    const doc = pods.get(pod);
    const name = doc?.direct ? '(direct)' : (doc?.name ?? pod);
    const says = `${runWords(one, names)}${waitWords(waitingMessages(one), goesOn(one))}`;
    const wanted = wantedBy(one, names, now);
    return {
      ...{ id, pod: name, conversation, agent: agent.slice('agent:'.length), state, age, says },
      ...(wanted.length ? { instructions: wanted } : {}),
    };
  });
}

function goesOn({ withheld }: RunFacts): string {
  return withheld?.how === 'taken' ? 'it is handed back' : 'it goes on';
}

function wantedBy({ instructions = [] }: RunFacts, names: NamedRuns['names'], now: number): SeenInstruction[] {
  if (instructions.length < 2) return [];
  return instructions.map(({ one: { n, by, at, state, replacedBy } }) => ({
    ...{ as: instructionName(n), by: called(names, by).name, age: Math.max(0, now - at) },
    state: `${INSTRUCTION_STATES[state]}${replacedBy === undefined ? '' : ` by ${instructionName(replacedBy)}`}`,
  }));
}
