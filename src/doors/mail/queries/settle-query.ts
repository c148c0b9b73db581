// Answers a mail that is one query and nothing else, at once. No agent, task or message comes of it.
import type { Envelope } from '../../../email/mail.ts';
import { loneLine } from '../../../email/quotes/lone-line.ts';
import { InvalidInput } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { ownDay } from '../../own-day.ts';
import type { MailContext, Proved } from '../context.ts';
import type { Addressed } from '../destinations.ts';
import { waitingList } from '../notices/waiting.ts';
import { keyOf } from '../origin.ts';
import { MOST_AN_HOUR } from '../rate.ts';
import { FILE_QUERY } from './file.ts';
import { FIND_QUERY } from './find.ts';
import { GRAPH_QUERY } from './graph.ts';
import { helpQuery, type QueryName } from './help.ts';
import { HISTORY_QUERY } from './history.ts';
import { blocks, type Query } from './query.ts';
import { RUNS_QUERY } from './runs.ts';
import { mayBeAnswer, scopeOf } from './scope.ts';
import { TASKS_QUERY } from './tasks.ts';
import { UNSUBSCRIBE_QUERY } from './unsubscribe.ts';

export const QUERIES: Readonly<Record<QueryName, Query>> = {
  waiting: {
    example: 'waiting',
    read: (line) => (/^waiting$/i.test(line) ? '' : undefined),
    answer: (mail, { arrived }) => waitingList(mail, arrived),
  },
  tasks: TASKS_QUERY,
  graph: GRAPH_QUERY,
  runs: RUNS_QUERY,
  file: FILE_QUERY,
  history: HISTORY_QUERY,
  find: FIND_QUERY,
  unsubscribe: UNSUBSCRIBE_QUERY,
  help: helpQuery(() => QUERIES),
};

/** Returns the query that the line is, with its words. */
export function queryIn(line: string): { name: QueryName; query: Query; words: string } | undefined {
  for (const [name, query] of Object.entries(QUERIES) as [QueryName, Query][]) {
    const words = query.read(line);
    if (words !== undefined) return { name, query, words };
  }
  return undefined;
}

/** Returns false if the mail is no query, or if its author is in none of the pods that it was sent to. */
export async function settleQuery(
  mail: MailContext,
  arrived: Proved,
  read: Addressed,
  envelope: Envelope,
): Promise<boolean> {
  const line = arrived.answer ? loneLine(arrived.mail) : undefined;
  const found = line === undefined ? undefined : queryIn(line);
  if (!found) return false;
  const { author, at } = arrived;
  const person = author.id as PersonId;
  // “waiting” is about all pods, and the word answers nobody.
  const isEverywhere = found.name === 'waiting';
  const scope = isEverywhere ? undefined : await scopeOf(mail, arrived, read, envelope);
  if (!isEverywhere && (!scope || (await mayBeAnswer(mail, arrived, scope)))) return false;
  const asked = { arrived, words: found.words, pods: scope?.pods ?? [], ...(await ownDay(mail.read, author, at)) };
  const answer = await found.query.answer(mail, asked);
  if (!answer) return false;
  const nobody = scope?.conversation && mail.texts.fill('mail-query', 'read-by-nobody');
  // A person who has just been invited may be in no pod yet.
  const noPod = scope?.pods.length === 0 && found.name !== 'help';
  const text = noPod ? mail.texts.fill('mail-query', 'no-pod') : blocks(answer.text, nobody);
  const { thread, attachments } = answer;
  const more = { ...(thread ? { thread } : {}), ...(attachments ? { attachments } : {}) };
  const to = { person, mail: arrived.mail, at, text, ...more, most: MOST_AN_HOUR };
  if (await mail.answer(to, `${found.name}:${person}:${keyOf(arrived)}`)) return true;
  throw new InvalidInput('It asks Skein for something, and its sender has had too many answers within the hour.');
}
