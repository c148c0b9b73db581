// The words of a refusal at the door at which it is read. A refusal names actions, which agents and the command line call by their
// names; people in Slack type a command for one, and by mail a line.
import { sentenceOf } from '../errors.ts';
import { ACTIONS } from '../pods/actions.ts';

/** The commands of `/skein` that have a name of their own. */
const IN_SLACK: Readonly<Record<string, string>> = {
  list_tasks: 'tasks',
  list_waiting: 'waiting',
  list_pods: 'pods',
  list_files: 'files',
  list_runs: 'runs',
  list_workflows: 'workflows',
  read_graph: 'graph',
};

/** The lines of a mail that do the same. */
const BY_MAIL: Readonly<Record<string, string>> = {
  list_tasks: 'tasks',
  list_waiting: 'waiting',
  list_runs: 'runs',
  read_graph: 'graph #3',
  pod_history: 'history',
  add_member: 'admit name@example.com',
  start_task: 'start',
  complete_task: 'done',
  reopen_task: 'reopen',
  assign_task: 'assign to Ben',
  drop_task: 'drop: why',
  give_back_task: 'not me: why',
  request_review: 'ask for review',
  send_back: 'send back: why',
  record_decision: 'decision: …',
};

const NAME = /(?<![\w/“])(?<!\/skein )(?<!\/skein do )[a-z]+(?:_[a-z]+)+(?!\w)/g;

/** @throws any error that people may not read */
export function refusalInSlack(error: unknown): string {
  return inSlack(sentenceOf(error));
}

/** @throws any error that people may not read */
export function refusalByMail(error: unknown): string {
  return named(sentenceOf(error), (name) =>
    BY_MAIL[name] ? `the line “${BY_MAIL[name]}” by mail` : `/skein ${IN_SLACK[name] ?? name} in Slack`,
  );
}

export function inSlack(sentence: string): string {
  return named(sentence, (name) => `/skein ${IN_SLACK[name] ?? name}`);
}

/** Names that the sentence gives as a command already are left as they are. */
function named(sentence: string, command: (name: string) => string): string {
  return sentence.replace(NAME, (name, at: number) => {
    const action = ACTIONS.get(name);
    if (!action || action.internal || sentence.includes(`/skein ${name}`)) return name;
    const words = command(name);
    return /(?:^|[.!?] )$/.test(sentence.slice(Math.max(0, at - 2), at))
      ? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
      : words;
  });
}
