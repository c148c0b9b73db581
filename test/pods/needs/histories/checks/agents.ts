// Checks that each commit wakes the agents that it needs and no others, by rules of its own, and that each wake is carried.
import type { Commit } from '../../../../../src/log/commit.ts';
import { type AgentId, isAgent, isPerson } from '../../../../../src/log/participant.ts';
import { MOST_HOPS } from '../../../../../src/pods/conversations/addressing.ts';
import type { Evidence } from './check.ts';
import { changesOf } from './replay.ts';

interface Talk {
  agents: Set<AgentId>;
  /** The people whose answer agents wait for, the newest last. */
  asked: { by: AgentId; who: string }[];
  /** The agents that were stopped here at any time. */
  stopped: Set<AgentId>;
  /** A person was asked whether the agents go on, and nobody has written since. */
  heldBack: boolean;
}

interface Work {
  assignee?: string | undefined;
  done: boolean;
  conversation?: string | undefined;
  /** Those who gave it to somebody else, with the conversation of an agent that did. */
  givers: { by: string; conversation?: string | undefined }[];
}

interface Asked {
  by: string;
  asked: Set<string>;
  needed: number;
  answered: Set<string>;
  task?: string | undefined;
}

/** The agents that a commit needs, each with the conversation if that is known, and those that it may wake. */
interface Wanted {
  must: { agent: AgentId; conversation?: string | undefined }[];
  may: Set<AgentId>;
}

/** The keys of the commits by which a wake rests until its pod is restored begin so. */
const RESTS = 'rest:';

export function agentFaults(evidence: Evidence): string[] {
  const wakes = [...evidence.deliveries.values()].filter(({ kind }) => kind === 'wake');
  const { outside, stands, log } = evidence;
  // No agent works in an archived pod, also if it was archived after the wake was wished for.
  const rested = outside.gaveUp.filter(({ from, until }) => stands.archivedIn(from, until));
  const awake = new Set(outside.woken.map(({ key }) => key));
  const woken = new Set([...awake, ...rested.map(({ key }) => key)]);
  return [
    ...wakenRightly(evidence),
    ...wakes.filter(({ id }) => !woken.has(id)).map(({ id }) => `${id} never woke an agent.`),
    ...rested
      .filter(({ key }) => !log.some((one) => one.key === `${RESTS}${key}`) && !awake.has(key))
      .map(({ key }) => `${key} was given up, and does not rest until the pod is restored.`),
  ];
}

function wakenRightly({ log, cast, data, deliveries }: Evidence): string[] {
  const textOf = (body: unknown) => data.bodies.get(String(body))?.text ?? '';
  const talks = new Map<string, Talk>();
  const works = new Map<string, Work>();
  const questions = new Map<string, Asked>();
  const texts = new Map<string, string>();
  const talkOf = (id: string) => {
    const talk = talks.get(id) ?? { agents: new Set(), asked: [], stopped: new Set(), heldBack: false };
    talks.set(id, talk);
    return talk;
  };
  /** Acts of agents since the log began: without as many as there are hops, no limit can be reached. */
  let byAgents = 0;
  let archived = false;
  /** Those who hear the outcome of a question once the pod is restored, or what they were to be woken for. */
  const resting = new Set<AgentId>();
  const here = new Set<string>();
  let inARow = { by: '', times: 0 };

  return log.flatMap((commit: Commit) => {
    const { actor, id } = commit;
    if (isAgent(actor)) byAgents += 1;
    if (isPerson(actor)) inARow = { by: actor, times: inARow.by === actor ? inARow.times + 1 : 1 };
    const wanted: Wanted = { must: [], may: new Set() };
    let holdsBack = false;
    const leftOut = new Set<AgentId>();
    const set = (work: Work | undefined, conversation: unknown) => {
      if (work && conversation) work.conversation = String(conversation);
      if (work && isAgent(work.assignee) && work.assignee !== actor)
        wanted.must.push({ agent: work.assignee, conversation: work.conversation });
    };
    /** Whoever gives work to somebody else hears of its end, and of its passing on. Whoever has it is no giver. */
    const give = (work: Work, giver: unknown) => {
      const { conversation } = (giver ?? {}) as { conversation?: string };
      if (work.assignee && work.assignee !== actor)
        work.givers = [...work.givers.filter(({ by }) => by !== actor), { by: actor, conversation }];
      work.givers = work.givers.filter(({ by }) => by !== work.assignee);
    };
    const ends = (work: Work, next?: string) => {
      for (const { by, conversation } of work.givers)
        if (isAgent(by) && conversation && by !== actor && by !== next) {
          if (talkOf(conversation).stopped.has(by)) wanted.may.add(by);
          else wanted.must.push({ agent: by, conversation });
        }
    };
    /** The outcome of a question goes to the agent that has its task by then, or to the one that asked. */
    const hears = (question: { by: string; task?: string | undefined }) => {
      const hearer = (question.task && works.get(question.task)?.assignee) || question.by;
      if (isAgent(hearer)) wanted.must.push({ agent: hearer });
      if (isAgent(hearer) && archived) resting.add(hearer);
    };
    const givenUp = commit.action === 'rest_wake' ? deliveries.get(commit.key.slice(RESTS.length)) : undefined;
    if (givenUp?.kind === 'wake') {
      const { agent, conversation } = givenUp;
      // Nothing rests for an agent that a person has stopped.
      if (talkOf(conversation).stopped.has(agent)) wanted.may.add(agent);
      else if (archived) resting.add(agent);
      else wanted.must.push({ agent, conversation });
    }
    for (const change of changesOf(commit)) {
      const about = String(change.conversation);
      const work = works.get(change.id);
      const question = questions.get(change.id);
      switch (change.type) {
        case 'task_created': {
          const made: Work = {
            assignee: change.assignee as string,
            done: false,
            conversation: change.conversation as string,
            givers: [],
          };
          give(made, change.giver);
          works.set(change.id, made);
          set(made, change.conversation);
          break;
        }
        case 'task_assigned':
          if (!work) break;
          if (!work.done) ends(work, change.assignee as string | undefined);
          work.assignee = (change.assignee ?? undefined) as string | undefined;
          if (work.assignee) give(work, change.giver);
          if (!work.done) set(work, change.conversation);
          break;
        case 'task_moved':
          if (!work) break;
          work.done = change.state === 'done';
          if (work.done) ends(work);
          if (change.state === 'open') set(work, change.conversation);
          break;
        case 'task_updated':
          if (change.due !== undefined && !work?.done) set(work, change.conversation);
          break;
        case 'task_fell_due':
          if (!change.quiet) set(work, change.conversation);
          break;
        case 'question_asked':
          questions.set(change.id, {
            ...{
              by: actor,
              needed: Number(change.needed),
              answered: new Set(),
              asked: new Set(change.asked as string[]),
            },
            task: change.task as string | undefined,
          });
          break;
        case 'question_answered':
          if (!question) break;
          question.answered.add(String(change.for ?? change.by));
          if (question.answered.size >= question.needed) hears(question);
          break;
        case 'question_passed':
          if (!question) break;
          if (change.why === 'left') for (const who of change.from as string[]) question.asked.delete(who);
          question.asked.add(String(change.to));
          question.needed = change.to === 'owners' ? 1 : Math.min(question.needed, question.asked.size);
          break;
        case 'question_expired':
          if (question) hears(question);
          break;
        case 'question_withdrawn':
          // Nobody can answer it any more. Where somebody takes it back, or the work is over, no agent hears of it.
          if (question && change.why === 'erased') hears(question);
          break;
        case 'message_posted': {
          const text = textOf(change.body);
          const talk = talkOf(about);
          texts.set(change.id, text);
          const by = String(change.by);
          const all = peopleIn(text, cast);
          const people = all.filter((one) => here.has(one));
          // Words to somebody outside the pod may be an answer as well.
          const strangers = people.length < all.length;
          // An answer to a question that was taken back is kept, and wakes nobody.
          const late = commit.action === 'answer_question';
          if (isPerson(by)) {
            const named = agentsIn(text, cast);
            for (const agent of named) wanted.must.push({ agent, conversation: about });
            // Whom somebody called while the pod was archived takes part in the thread once it is restored.
            if (archived) for (const agent of named) talk.agents.add(agent);
            const asker = talk.asked.findLast(({ who }) => who === by)?.by;
            const toPeople = people.length > 0;
            if (!named.length && !toPeople && asker && !strangers && !late)
              wanted.must.push({ agent: asker, conversation: about });
            if (!named.length && !toPeople && (!asker || strangers || late))
              for (const agent of talk.agents) wanted.may.add(agent);
            // Nobody was woken by a late answer, so whoever asked still waits for a word.
            const answered = new Set(late ? [] : named.length ? named : asker && !toPeople ? [asker] : []);
            talk.asked = talk.asked.filter((one) => one.who !== by || !answered.has(one.by));
            talk.heldBack = false;
          } else if (isAgent(by)) {
            const said = text.split('\n').filter((line) => line.startsWith('@'));
            const named = agentsIn(said.join('\n'), cast).filter((agent) => agent !== by);
            for (const agent of named) wanted.must.push({ agent, conversation: about });
            const asks = peopleIn(said.join('\n'), cast).filter((one) => here.has(one));
            talk.asked = talk.asked.filter((one) => one.by !== by || !asks.includes(one.who));
            talk.asked.push(...asks.map((who) => ({ by, who })));
            talk.agents.add(by);
          }
          break;
        }
        case 'message_edited': {
          const text = textOf(change.body);
          const before = agentsIn(texts.get(change.id) ?? '', cast);
          texts.set(change.id, text);
          if (!isPerson(actor)) break;
          const conversation = data.docs.get('messages')?.get(change.id) as { conversation?: string } | undefined;
          for (const agent of agentsIn(text, cast))
            if (!before.includes(agent)) wanted.must.push({ agent, conversation: conversation?.conversation });
          break;
        }
        case 'run_stopped':
          talkOf(change.id).stopped.add(change.agent as AgentId);
          break;
        case 'member_added':
          here.add(String(change.who));
          break;
        case 'member_removed':
          here.delete(change.id.slice(change.id.indexOf('/') + 1));
          break;
        case 'wake_rested':
          resting.add(change.agent as AgentId);
          break;
        case 'pod_archived':
        case 'pod_restored':
          archived = change.type === 'pod_archived';
          if (!archived) wanted.must.push(...[...resting].map((agent) => ({ agent })));
          resting.clear();
          break;
        case 'wake_left':
          // A person has stopped it, so nothing but a person's word wakes it.
          if (talkOf(change.id).stopped.has(change.agent as AgentId)) leftOut.add(change.agent as AgentId);
          break;
        case 'message_added':
        case 'work_given':
          if (change.stops) for (const agent of change.addressed as AgentId[]) talkOf(change.id).stopped.add(agent);
          if (change.unwoken) [talkOf(change.id).heldBack, holdsBack] = [true, true];
          if (change.begins && !change.unwoken) talkOf(change.id).heldBack = false;
          break;
      }
    }
    wanted.must = wanted.must.filter(({ agent }) => !leftOut.has(agent));
    // No agent works in an archived pod.
    if (archived) [wanted.must, wanted.may] = [[], new Set()];
    const wakes = commit.deliveries.filter(({ kind }) => kind === 'wake') as unknown as {
      agent: AgentId;
      conversation: string;
      ends?: true;
    }[];
    // One that only ends a run which waits in vain asks its agent for nothing.
    const got = wakes.filter(({ ends }) => !ends);
    for (const { agent, conversation } of got) talkOf(conversation).agents.add(agent);
    const seen = got.map(({ agent, conversation }) => `${agent} ${conversation}`);
    const held = (conversation: string | undefined) =>
      (byAgents >= MOST_HOPS || inARow.times >= MOST_HOPS) &&
      (holdsBack || (conversation !== undefined && talks.get(conversation)?.heldBack === true));
    return [
      ...seen.filter((one, n) => seen.indexOf(one) < n).map((one) => `${id} wakes ${one} twice.`),
      ...got.filter(({ agent }) => agent === actor).map(({ agent }) => `${id} wakes ${agent} by its own act.`),
      ...got
        .filter(({ agent }) => !wanted.may.has(agent) && !wanted.must.some((one) => one.agent === agent))
        .map(({ agent }) => `${id} (${commit.action}) wakes ${agent}, which is not needed.`),
      ...wanted.must
        .filter(
          ({ agent, conversation }) =>
            agent !== actor &&
            !got.some((one) => one.agent === agent && (!conversation || one.conversation === conversation)) &&
            !held(conversation),
        )
        .map(({ agent }) => `${id} (${commit.action}) does not wake ${agent}, and asks nobody whether it goes on.`),
    ];
  });
}

type Cast = Evidence['cast'];

function agentsIn(text: string, cast: Cast): AgentId[] {
  return [...new Set([...text.matchAll(/@(scribe|pilot)\b/g)].map(([, handle]) => cast[handle as 'scribe']))];
}

function peopleIn(text: string, cast: Cast): string[] {
  return [...new Set([...text.matchAll(/@(ada|ben|gil)\b/g)].map(([, handle]) => cast[handle as 'ada'] as string))];
}
