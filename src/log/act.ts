// The one way to change anything: load, gate, decide, append, apply (docs/architecture.md, “act, step by step”).

import { closest } from '../closest.ts';
import { Conflict, faultsIn, InvalidInput, NotFound, plainly, Retryable } from '../errors.ts';
import type { Collection } from '../store/port.ts';
import type { BaseAction, BaseCtx, Decision, Reader } from './action.ts';
import { append, type NewContents } from './append.ts';
import type { LabelledSlot } from './body.ts';
import type { CallFacts } from './call-facts.ts';
import { type AnyDelivery, type AnyWish, type Commit, commitId, type Via } from './commit.ts';
import type { Ears } from './ears.ts';
import { apply, type Fold, type Head } from './fold.ts';
import { catchUp } from './heal/sweep.ts';
import { canonical, idOf, randomId, sha256 } from './ids.ts';
import { type KeyedMutex, makeKeyedMutex } from './keyed-mutex.ts';
import type { Kinds } from './kind.ts';
import type { Label } from './labels/label.ts';
import { seen } from './labels/seen.ts';
import type { ParticipantId } from './participant.ts';
import type { Origin } from './place.ts';
import { makeReader, notingReader } from './read.ts';
import { readOnce } from './read-once.ts';
import type { AnyChange, Shown } from './view.ts';
import { wellFormed } from './well-formed.ts';

export interface ActRequest {
  pod: string;
  actor: ParticipantId;
  onBehalfOf?: ParticipantId;
  /** Other people whose words the agent acts on. Each of them must be allowed to do what the act does. */
  heard?: readonly ParticipantId[];
  /**
   * The label of everything that the actor writes. It is set if an agent's session has read text from outside: the
   * agent may repeat that text, and may have no effects beyond the pod.
   */
  label?: Label;
  /**
   * True for an agent's answer in its own conversation. The agent needs only its own membership for it, and not the
   * rights of the people it answers.
   */
  answer?: true;
  via: Via;
  action: string;
  input: unknown;
  /** The idempotency key. Derive it from the cause of the act. */
  key: string;
  origin?: Origin;
  /** The conversation that the actor speaks from. It is used if the input names no conversation. */
  conversation?: string;
  /** The pod of the agent's session, if the act is in another pod. */
  home?: string;
  /** Only the gate reads these facts. */
  facts?: CallFacts;
  /** How far the run that asks has heard its conversation. Absent if the act comes from no run. */
  ears?: Ears;
  /** Called with the id of each body and the hash of each blob that the act reads or writes, also if it is refused. */
  reads?: (id: string) => void;
}

export interface Outcome<R = unknown> {
  result: R;
  /** The labels of the texts of the result that are not members' own. */
  labels: readonly LabelledSlot[];
  /** Absent after a read, which commits nothing. */
  commit?: Commit;
  /** The documents that the result of a read shows. */
  shows?: Shown;
  /** True if this key was used before: `result` is then the result of the first act. */
  repeated: boolean;
}

export type Act = <R = unknown>(request: ActRequest) => Promise<Outcome<R>>;

// biome-ignore lint/suspicious/noExplicitAny: the engine runs whatever actions it is given
export type EngineAction = BaseAction<any, any, any, any, AnyChange, AnyWish>;

/** All that the engine does not know itself: the kinds, the actions, and how an act is decided, including the gate. */
export interface Meaning {
  kinds: Kinds;
  actions: ReadonlyMap<string, EngineAction>;
  /** Loads, asks the gate and decides one act on the state at `base`. @throws UserFacingError */
  decide(read: Reader, definition: EngineAction, request: ActRequest, base: BaseCtx): Promise<Decision<unknown>>;
}

export interface ActDeps extends Fold, Meaning {
  clock(): number;
  /**
   * Shared with other code that must not run at the same time as an act of this process. Absent: the acts get a mutex
   * of their own.
   */
  mutex?: KeyedMutex;
}

/**
 * An act that loses to a newer commit starts again, which is normal under contention. So many times in a row point to a
 * bug.
 */
const MOST_TRIES = 200;

export function makeAct(deps: ActDeps): Act {
  const reader = makeReader(deps.store);
  const mutex = deps.mutex ?? makeKeyedMutex();

  return async <R>(request: ActRequest): Promise<Outcome<R>> => {
    const definition = actionNamed(deps.actions, request.action);
    // Texts are repaired here for every door: half a surrogate pair would make each later request to a model fail.
    const parsed = parse(definition, wellFormed(request.input));
    const asked = { ...request, input: parsed };
    const read = request.reads ? notingReader(reader, request.reads) : reader;
    if (definition.effect === 'read') return (await actToRead(deps, read, definition, asked)) as Outcome<R>;
    const hash = sha256(canonical([request.action, request.actor, request.onBehalfOf, parsed, request.origin]));
    return (await mutex(request.pod, () => actToWrite(deps, read, definition, asked, hash))) as Outcome<R>;
  };
}

export function actionNamed<A extends EngineAction>(actions: ReadonlyMap<string, A>, name: string): A {
  const definition = actions.get(name);
  if (definition) return definition;
  const known = [...actions.values()].filter((one) => !one.internal).map((one) => one.name);
  const meant = closest(name, known);
  if (meant) throw new NotFound(`There is no action “${name}”. Did you mean ${meant}?`);
  throw new NotFound(`There is no action “${name}”. These exist: ${known.sort().join(', ')}.`);
}

function parse(definition: EngineAction, input: unknown): unknown {
  const parsed = definition.input.safeParse(input, { error: plainly });
  if (parsed.success) return parsed.data;
  throw new InvalidInput(`${definition.name}: ${faultsIn(parsed.error)}. Mend the input and try again.`, {
    cause: parsed.error,
  });
}

async function actToRead(deps: ActDeps, read: Reader, definition: EngineAction, request: ActRequest): Promise<Outcome> {
  const contents = noContents();
  const { result, shows } = await deps.decide(readOnce(read), definition, request, baseCtx(deps, request, contents));
  return { ...(await seen(read, result)), ...(shows ? { shows } : {}), repeated: false };
}

async function actToWrite(
  deps: ActDeps,
  read: Reader,
  definition: EngineAction,
  request: ActRequest,
  inputHash: string,
): Promise<Outcome> {
  const log = deps.store.collection<Commit>('commits');
  const heads = deps.store.collection<Head>('heads');
  const { pod, key } = request;
  let away: Retryable | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    // Where an append is one transaction, it is the append that finds out that the key or the number is taken, so the first try
    // looks for neither. What an append writes before would stay behind: elsewhere the texts, and everywhere the files, which
    // may have been erased since.
    const looks = tries > 0 || !deps.store.writeAll;
    // Side by side, in no order: a commit that comes in between has the number or the key of this act, and the append and
    // `overtaken` find that out.
    const [head, [first], [newest]] = await Promise.all([
      heads.get(pod),
      looks ? log.find({ where: { pod, key }, limit: 1 }) : [],
      looks ? log.find({ where: { pod }, sort: [['seq', 'desc']], limit: 1 }) : [],
    ]);
    if (first) return repeat(deps, read, first, inputHash);
    const base = head?.applied ?? 0;
    if (newest && newest.seq > base) {
      const beyond = newest.seq === base + 1 ? newest : await log.get(commitId(pod, base + 1));
      if (beyond) await apply(deps, beyond);
      continue;
    }
    const contents = noContents();
    const once = readOnce(read);
    const decision = await deps
      .decide(once, definition, request, baseCtx(deps, request, contents))
      .catch(async (error: unknown) => {
        if (await overtaken(log, request, base)) return undefined;
        throw error;
      });
    if (!decision || (!looks && contents.blobs.size > 0 && (await overtaken(log, request, base)))) continue;
    const decided = commitOf(deps, request, decision, base + 1, inputHash);
    const appended = await append(deps, { commit: decided, contents, head, read: once });
    if (appended.kind === 'stands')
      return { ...(await seenWith(read, decision.result, contents)), commit: appended.commit, repeated: false };
    away = appended.kind === 'unknown' ? appended.error : undefined;
    // If the store says when to try again, it has written nothing, and will refuse every try before that time.
    if (away?.retryAfterMs !== undefined) break;
  }
  throw away ?? new Retryable(`${pod} is so busy that “${request.action}” could not be appended; it is tried again.`);
}

/**
 * Returns true if a decision that failed must be made again. An append fails if its number is taken, but a refusal has
 * no such guard. It counts only if no newer commit came meanwhile, which the decision may have seen in part, and if no
 * other process has done the same act.
 */
async function overtaken(log: Collection<Commit>, { pod, key }: ActRequest, base: number): Promise<boolean> {
  const [next, [first]] = await Promise.all([
    log.get(commitId(pod, base + 1)),
    log.find({ where: { pod, key }, limit: 1 }),
  ]);
  return Boolean(next ?? first);
}

/**
 * Returns the first result for a key that was used before, without texts that were erased since. Applies the commit
 * first if it is still pending.
 */
async function repeat(deps: ActDeps, read: Reader, first: Commit, inputHash: string): Promise<Outcome> {
  if (first.inputHash !== inputHash)
    throw new Conflict(
      `The key “${first.key}” was already used for “${first.action}” with another input. Use a new key for a new act.`,
    );
  if (first.pending) await catchUp(deps, first);
  return { ...(await seen(read, first.result)), commit: first, repeated: true };
}

function seenWith(read: Reader, result: unknown, { bodies }: NewContents) {
  return seen(read, result, new Map(bodies.map((body) => [body.id, body])));
}

function noContents(): NewContents {
  return { bodies: [], blobs: new Map(), ids: new Set() };
}

function baseCtx(deps: ActDeps, request: ActRequest, contents: NewContents): BaseCtx {
  const { pod, actor, onBehalfOf, heard, label: own, via, key, origin, conversation, home, reads } = request;
  return {
    pod,
    actor,
    via,
    key,
    at: deps.clock(),
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(heard?.length ? { heard } : {}),
    ...(origin ? { origin } : {}),
    ...(conversation ? { conversation } : {}),
    ...(home ? { home } : {}),
    id: (prefix, n = 0) => {
      const id = idOf(prefix, pod, key, n);
      contents.ids.add(id);
      return id;
    },
    isNew: (id) => contents.ids.has(id),
    alsoNew: (id) => void contents.ids.add(id),
    text: (text, label = own) => {
      const id = randomId('b');
      contents.bodies.push({ id, pod, text, ...(label ? { label } : {}) });
      reads?.(id);
      return id;
    },
    blob: (content) => {
      const hash = sha256(content);
      contents.blobs.set(hash, content);
      reads?.(hash);
      return hash;
    },
  };
}

function commitOf(
  deps: ActDeps,
  request: ActRequest,
  decision: Decision<unknown>,
  seq: number,
  inputHash: string,
): Commit {
  const { pod, actor, onBehalfOf, label, via, key, action } = request;
  const id = commitId(pod, seq);
  const deliveries: AnyDelivery[] = (decision.deliveries ?? []).map((wish, n) => ({ ...wish, id: `${id}:${n}`, pod }));
  return {
    id,
    rev: 1,
    v: label ? 2 : 1,
    pod,
    seq,
    at: deps.clock(),
    actor,
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(label ? { label } : {}),
    via,
    key,
    inputHash,
    action,
    changes: decision.changes,
    deliveries,
    result: decision.result,
    pending: true,
  };
}
