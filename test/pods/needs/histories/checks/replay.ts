// Replays the pod's log by rules of its own: who is needed by each commit, and what is open after all of them.
import type { Commit } from '../../../../../src/log/commit.ts';
import { isPerson, type ParticipantId } from '../../../../../src/log/participant.ts';
import type { Cast } from '../making.ts';

interface AnyChange {
  on: string;
  id: string;
  type: string;
  [field: string]: unknown;
}

export const changesOf = (commit: Commit) => commit.changes as unknown as readonly AnyChange[];

interface Task {
  assignee?: ParticipantId | undefined;
  by: ParticipantId;
  done: boolean;
  conversation?: unknown;
  /** How close people stay with it. */
  close: Closeness;
  /** The person who made it, or for whom an agent did. */
  giver: string;
  /** Whoever gave it to somebody else, the oldest first. They hear of its end. */
  givers: string[];
}

/** A level for each person, with its checkpoints. */
type Closeness = Map<string, readonly string[]>;

interface Question {
  conversation: string;
  by: ParticipantId;
  task?: unknown;
  asked: Set<string>;
  needed: number;
  answered: Set<string>;
  /** For whom each person has answered: a deputy for somebody who is away. */
  whose: Map<string, string>;
  /** Whoever was told how it ended, and the conversation. */
  outcome?: [who: unknown, about: string];
  open: boolean;
}

export interface Replayed {
  /** The needs that each commit raises, by its id: `<who> <subject>`. */
  raised: Map<string, Set<string>>;
  /** What is open in the end, each with the message that raised it last. */
  open: Map<string, string | undefined>;
}

export function replay(log: readonly Commit[], cast: Cast, textOf: (body: string) => string): Replayed {
  const tasks = new Map<string, Task>();
  const close: Closeness = new Map();
  let usual: string | undefined;
  const questions = new Map<string, Question>();
  const messages = new Map<string, { conversation: string; named: Set<string>; erased?: true }>();
  /** The mentions that a message has settled, each with the message that named its person. */
  const replies = new Map<string, Map<string, string>>();
  const here = new Set<string>();
  const raised = new Map<string, Set<string>>();
  const open: Replayed['open'] = new Map();
  /** What the owners have in the place of somebody who has left. */
  const left = new Map<string, string>();
  /** All that was ever open. */
  const ever = new Set<string>();

  const named = (body: unknown, by: unknown) => {
    const handles = [...textOf(String(body)).matchAll(/@(ada|ben|gil)\b/g)].map(([, handle]) => handle as 'ada');
    return new Set(handles.map((handle) => cast[handle]).filter((who) => here.has(who) && who !== by) as string[]);
  };

  const touched = (key: string) => {
    for (const settled of replies.values()) settled.delete(key);
  };

  for (const commit of log) {
    const { actor, onBehalfOf } = commit;
    const now = new Set<string>();
    const raise = (who: unknown, about: string, message?: string) => {
      // Nobody is disturbed by their own act.
      if (who === undefined || who === actor || !(isPerson(String(who)) || who === 'owners')) return;
      now.add(`${who} ${about}`);
      touched(`${who} ${about}`);
      ever.add(`${who} ${about}`);
      open.set(`${who} ${about}`, message);
    };
    /** What they had is theirs again, and they are told nothing. */
    const bringBack = (who: unknown, about: string) => {
      const key = `${who} ${about}`;
      if (open.has(key) || !ever.has(key)) return;
      now.add(key);
      open.set(key, undefined);
    };
    /** Nor by a task that somebody else gives, moves or opens for them. */
    const give = (who: unknown, about: string) => who !== onBehalfOf && raise(who, about);
    /** News of a step, for those who want it and are not asked for work by the same change. Nothing waits for them. */
    const news = (
      task: Task | undefined,
      id: string,
      step: string,
      asked: unknown,
      holder: unknown = task?.assignee,
    ) => {
      if (!task) return;
      const givers = [...task.givers, ...(usual ? [task.giver] : [])];
      for (const who of new Set([...task.close.keys(), ...close.keys(), ...givers])) {
        const own = task.close.get(who) ?? close.get(who);
        const wants = own
          ? wantsStep(own, step)
          : usual
            ? wantsStep([usual], step)
            : ['finished', 'assigned'].includes(step);
        // What another agent says for them that is not at work on it, they know.
        const theirs = !own && !isPerson(actor) && actor !== holder && onBehalfOf === who;
        if (who !== asked && who !== actor && isPerson(who) && wants && !theirs) now.add(`${who} steps/${id}`);
      }
    };
    const settle = (who: unknown, about: string) => {
      if (open.delete(`${who} ${about}`)) touched(`${who} ${about}`);
    };
    /** By a reply, which may be taken back. */
    const reply = (who: unknown, about: string, id: string) => {
      const naming = open.get(`${who} ${about}`);
      settle(who, about);
      if (naming) replies.set(id, new Map([...(replies.get(id) ?? []), [`${who} ${about}`, naming]]));
    };
    /** Nobody has written after it. */
    const isLast = (id: string, about: string) => {
      const all = [...messages.keys()];
      return all.slice(all.indexOf(id) + 1).every((one) => {
        const { conversation, erased } = messages.get(one) ?? {};
        return conversation !== about || erased;
      });
    };
    const takeBack = (id: string, about: string) => {
      for (const [key, naming] of isLast(id, about) ? (replies.get(id) ?? []) : []) {
        const who = key.slice(0, -about.length - 1);
        const { named, erased } = messages.get(naming) ?? {};
        if (erased || (who === 'owners' ? !named?.size : !named?.has(who) || !here.has(who))) continue;
        // Also their own act, because it asks them.
        now.add(key);
        open.set(key, naming);
      }
    };
    const unname = (who: string, about: string, message: string) => {
      for (const one of [who, 'owners']) if (open.get(`${one} ${about}`) === message) settle(one, about);
    };
    const settleTask = ({ assignee, by }: Task, id: string) => {
      for (const who of [assignee ?? by, 'owners']) settle(who, id);
    };
    const all = ({ asked }: Question, id: string) => {
      for (const who of asked) settle(who, id);
    };
    /** How a question ended is told to whoever has its task by then, in the conversation of the task. Agents are woken instead. */
    const ends = (question: Question, told: ReadonlySet<string> = new Set()) => {
      const task = tasks.get(String(question.task));
      const holder = task?.assignee ?? question.by;
      const isHandedOn = holder !== question.by && task?.conversation;
      question.outcome = [holder, String(isHandedOn || question.conversation)];
      if (!told.has(String(holder))) raise(...question.outcome);
    };

    for (const change of changesOf(commit)) {
      const { id, type } = change;
      const about = String(change.conversation);
      const task = tasks.get(id);
      const question = questions.get(id);
      const message = messages.get(id);
      if (task && change.conversation) task.conversation = change.conversation;
      switch (type) {
        case 'member_added': {
          const who = String(change.who);
          here.add(who);
          // What the owners had in their place is theirs again.
          for (const [subject, whose] of [...left])
            if (whose === who && open.has(`owners ${subject}`)) {
              const last = open.get(`owners ${subject}`);
              settle('owners', subject);
              raise(who, subject, last);
            }
          for (const [subject, whose] of [...left]) if (whose === who) left.delete(subject);
          break;
        }
        case 'member_removed': {
          const who = id.slice(id.indexOf('/') + 1);
          here.delete(who);
          // Questions pass by rules of their own.
          for (const [key, last] of [...open]) {
            const subject = key.slice(who.length + 1);
            if (!key.startsWith(`${who} `) || questions.has(subject)) continue;
            settle(who, subject);
            raise('owners', subject, last);
            left.set(subject, who);
          }
          break;
        }
        case 'message_posted': {
          // In Slack people are also named who are not in the pod.
          const who = new Set([...named(change.body, change.by), ...((change.live as string[]) ?? [])]);
          messages.set(id, { conversation: about, named: who });
          if (isPerson(String(change.by))) for (const one of [change.by, 'owners']) reply(one, about, id);
          if (!change.question) for (const one of who) raise(one, about, id);
          break;
        }
        case 'message_added':
        case 'work_given':
        case 'wake_left':
          // An agent is stopped, or agents have woken each other too often, or one account has called them over and over.
          if (change.unwoken) raise(change.unwoken, id);
          break;
        case 'message_edited': {
          if (!message) break;
          const who = named(change.body, undefined);
          for (const one of message.named) if (!who.has(one)) unname(one, message.conversation, id);
          for (const one of who) if (!message.named.has(one)) raise(one, message.conversation, id);
          message.named = who;
          break;
        }
        case 'message_erased':
          for (const one of message?.named ?? []) if (message) unname(one, message.conversation, id);
          if (message) takeBack(id, message.conversation);
          if (message) message.erased = true;
          // A deputy may have replied for somebody who is away, by rules that are not written down here.
          for (const { who, about: at } of (change.back ?? []) as { who: string; about: { id: string } }[])
            if (who !== 'owners' && who !== actor) now.add(`${who} ${at.id}`);
          break;
        case 'task_created':
          tasks.set(id, {
            ...{ assignee: change.assignee as ParticipantId, by: actor, done: false },
            ...{
              close: new Map(),
              giver: String(change.givenBy ?? actor),
              givers: [],
              conversation: change.conversation,
            },
          });
          gives(tasks.get(id), actor);
          give(change.assignee, id);
          // Nobody had it before.
          news(tasks.get(id), id, 'created', change.assignee, NOBODY);
          break;
        case 'task_assigned':
          if (!task) break;
          settleTask(task, id);
          give(change.assignee ?? undefined, id);
          news(task, id, 'assigned', change.assignee);
          task.assignee = (change.assignee ?? undefined) as ParticipantId;
          if (task.assignee) gives(task, actor);
          break;
        case 'task_updated':
          if (task && change.due !== undefined && !task.done) give(task.assignee, id);
          news(task, id, 'changed', change.due !== undefined && !task?.done && task?.assignee);
          break;
        case 'task_moved':
          if (!task) break;
          task.done = change.state === 'done';
          if (task.done) settleTask(task, id);
          else if (change.state === 'open') {
            give(task.assignee, id);
            bringBack(task.assignee, id);
          }
          if (task.done) news(task, id, 'finished', undefined);
          else if (change.state === 'open') news(task, id, 'reopened', task.assignee);
          else news(task, id, 'started', undefined);
          break;
        case 'task_followed':
          task?.close.set(String(change.who), levelIn(change));
          break;
        case 'pod_followed':
          close.set(String(change.who), levelIn(change));
          break;
        case 'involvement_set':
        case 'mail_workflow_set':
        case 'mail_workflow_ended':
        case 'mail_workflow_started':
          usual = String(change.level);
          break;
        case 'task_fell_due':
          if (!task || change.quiet) break;
          if (change.stage === 'overdue')
            news(task, id, 'overdue', here.has(task.assignee ?? task.by) && (task.assignee ?? task.by));
          if (here.has(task.assignee ?? task.by)) raise(task.assignee ?? task.by, id);
          else if (isPerson(task.assignee ?? task.by)) {
            settle(task.assignee ?? task.by, id);
            raise('owners', id);
            left.set(id, task.assignee ?? task.by);
          }
          break;
        case 'question_asked': {
          const asked = new Set([...(change.asked as string[]), ...(change.role ? ['owners'] : [])]);
          const needed = Number(change.needed);
          questions.set(id, {
            ...{ conversation: about, by: actor, task: change.task, asked },
            ...{ needed, answered: new Set(), whose: new Map(), open: true },
          });
          for (const who of asked) raise(who, id);
          break;
        }
        case 'question_answered':
          if (!question?.open || question.answered.has(String(change.for ?? change.by))) break;
          question.answered.add(String(change.for ?? change.by));
          question.whose.set(String(change.by), String(change.for ?? change.by));
          settle(change.for ?? change.by, id);
          if (question.answered.size < question.needed) break;
          question.open = false;
          all(question, id);
          ends(question);
          break;
        case 'question_answer_erased': {
          const by = question?.whose.get(String(change.by)) ?? '';
          if (!question?.answered.has(by) || (!question.open && !change.reopens)) break;
          question.answered.delete(by);
          const again = change.reopens ? [...question.asked] : [by];
          if (change.reopens && question.outcome) settle(...question.outcome);
          question.open = true;
          // Also whoever took it back: the question asks them.
          for (const who of again)
            if (!question.answered.has(who) && who !== question.by) {
              now.add(`${who} ${id}`);
              open.set(`${who} ${id}`, undefined);
            }
          break;
        }
        case 'question_reminded':
          for (const who of question?.asked ?? [])
            if (!question?.answered.has(who) && who !== question?.by) raise(who, id);
          break;
        case 'question_passed': {
          if (!question) break;
          const from = change.from as string[];
          if (change.why === 'left') for (const who of from) settle(who, id);
          if (change.why === 'left') for (const who of from) question.asked.delete(who);
          // Those who have not answered hear that somebody else is asked too.
          if (change.why === 'silent')
            for (const who of question.asked)
              if (!question.answered.has(who) && who !== question.by && who !== change.to) raise(who, id);
          question.asked.add(String(change.to));
          question.needed = change.to === 'owners' ? 1 : Math.min(question.needed, question.asked.size);
          if (change.to !== question.by) raise(change.to, id);
          break;
        }
        case 'question_expired':
        case 'question_withdrawn':
          if (!question?.open) break;
          question.open = false;
          all(question, id);
          if (type === 'question_withdrawn') break;
          // Everybody who was asked hears of it once. Whoever has its work and was asked hears nothing else.
          for (const who of question.asked) if (who !== question.by && who !== actor) now.add(`${who} ${id}`);
          ends(question, question.asked);
          break;
      }
    }
    raised.set(commit.id, now);
  }
  return { raised, open };
}

const NOBODY = '';

const levelIn = ({ level, at = [] }: AnyChange) => [String(level), ...(at as string[])];

/** The result is news also for those who want checkpoints. */
function gives(task: Task | undefined, by: string): void {
  if (!task) return;
  const given = task.assignee ? task.assignee !== by : isPerson(by);
  const others = given ? [...task.givers.filter((one) => one !== by), by] : task.givers;
  const [first, ...rest] = others.filter((one) => one !== task.assignee);
  task.givers = first ? [first, ...rest.slice(-4)] : [];
}

function wantsStep([level = '', ...at]: readonly (string | undefined)[], step: string): boolean {
  if (level === 'every_step') return true;
  if (level === 'result') return step === 'finished';
  return level === 'checkpoints' && (step === 'finished' || at.includes(step));
}
