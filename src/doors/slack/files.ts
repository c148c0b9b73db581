// Stores files that people share in Slack as files of the pod. Slow downloads wait in their own lanes.
import { InvalidInput, reasonOf } from '../../errors.ts';
import type { Item } from '../../lanes/item.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { logFailure } from '../../logger.ts';
import { fileId, MOST_BYTES, megabytes, plainName } from '../../pods/files/files.ts';
import type { InboundFile } from '../../slack/parse/inbound.ts';
import { notice } from '../../slack/render/blocks.ts';
import { putOnce } from '../put-once.ts';
import { carriedBy, type SlackContext } from './context.ts';

/** The kind of inbox items that fetch a file. */
export const FILE = 'slack-file';

/** The longest time that a message waits for its small files. */
const AT_ONCE_MS = 5_000;
const AT_ONCE_BYTES = 5_000_000;
const LATER_MS = 120_000;
const NAME_CHARS = 200;

interface Sharing {
  pod: string;
  by: ParticipantId;
  channel: string;
  /** The Slack user who shared the file. They get the reason if it can't be stored. */
  user: string;
  /** The agent whose own app can read the file. Absent: the main app. */
  carrier?: string;
}

interface Shared extends Sharing {
  file: InboundFile;
}

/**
 * Stores the files, or queues those that take long. Never throws because of a file, so a broken one blocks neither the
 * message nor the channel.
 */
export async function takeFiles(slack: SlackContext, sharing: Sharing, files: readonly InboundFile[]): Promise<void> {
  for (const file of files) {
    // Slack represents a deleted file without a URL.
    if (!file.url && !file.stub) slack.logger.info('a file without an address', { pod: sharing.pod, file: file.id });
    else {
      const shared = { ...sharing, file, ...(slack.carrier ? { carrier: slack.carrier } : {}) };
      if (!(await takenAtOnce(slack, shared))) await takeLater(slack, shared);
    }
  }
}

/**
 * Adds their names to files of other workspaces. If Slack fails to give one now, the name is looked up when the file is
 * fetched.
 */
export async function withNames(slack: SlackContext, files: readonly InboundFile[]): Promise<InboundFile[]> {
  return Promise.all(files.map((file) => (file.stub ? named(slack, file) : file)));
}

async function named(slack: SlackContext, file: InboundFile): Promise<InboundFile> {
  try {
    return await asked(slack, file);
  } catch (error) {
    logFailure(slack.logger, 'info', 'a file is asked for later', error, { file: file.id });
    return file;
  }
}

async function asked(slack: SlackContext, file: InboundFile): Promise<InboundFile> {
  const known = await slack.sender.fileInfo(file.id);
  if (known.url) return known;
  throw new InvalidInput('Slack gives the app no address for it. Upload it here yourself.');
}

async function takenAtOnce(slack: SlackContext, shared: Shared): Promise<boolean> {
  if (shared.file.size > AT_ONCE_BYTES || (await othersWait(slack, shared))) return false;
  try {
    await takeFile(slack, shared, AT_ONCE_MS);
    return true;
  } catch (error) {
    logFailure(slack.logger, 'info', 'a file is fetched later', error, { pod: shared.pod, file: shared.file.id });
    return false;
  }
}

/** True if an earlier version of this file still waits to be fetched. Versions are stored in their order. */
async function othersWait(slack: SlackContext, shared: Shared): Promise<boolean> {
  const where = { lane: laneOf(shared), state: 'waiting' } as const;
  return (await slack.queue.items.find({ where, limit: 1 })).length > 0;
}

async function takeLater(slack: SlackContext, shared: Shared): Promise<void> {
  const id = `slack:file:${shared.channel}:${shared.file.id}`;
  const item = { id, lane: laneOf(shared), kind: FILE, payload: shared };
  await slack.queue.save([item]);
  await slack.queue.ready([item]);
}

function laneOf({ pod, file }: Shared): string {
  return `slack:file:${fileId(pod, nameFor(file))}`;
}

/** Fetches and stores a file that `takeFiles` has queued. */
export async function fetchFile(slack: SlackContext, item: Item): Promise<void> {
  const shared = JSON.parse(item.payload) as Shared;
  await takeFile(carriedBy(slack, shared.carrier), shared, LATER_MS);
}

/** Posts to the person who shared a file why it can't be stored. Only they see the post. */
export async function reportFile(slack: SlackContext, item: Item, error: unknown): Promise<void> {
  const { channel, user, file, carrier } = JSON.parse(item.payload) as Shared;
  const post = notice(slack.texts.fill('shared-file', 'refused', { file: file.name, reason: reasonOf(error) }));
  const { sender } = carriedBy(slack, carrier);
  await sender.ephemeral({ channel, user, post }).catch((problem: unknown) => {
    logFailure(slack.logger, 'warn', 'file failure not reported', problem, { item: item.id });
  });
}

async function takeFile(slack: SlackContext, shared: Shared, patienceMs: number): Promise<void> {
  const { pod, by } = shared;
  const file = shared.file.stub ? await asked(slack, shared.file) : shared.file;
  if (file.size > MOST_BYTES)
    throw new InvalidInput(
      `it has ${megabytes(file.size)}, and at most ${megabytes(MOST_BYTES)} fit. Split it or share a smaller one.`,
    );
  const content = await slack.download(file.url, patienceMs);
  const name = nameFor(file);
  // The author of a shared file is unknown, so its text is labelled as outside.
  const origin = { kind: 'slack', team: slack.identity.teamId, channel: shared.channel } as const;
  await putOnce(slack, { pod, by, via: 'slack', name, content, key: `slack:file:${file.id}`, origin });
}

/** Returns the file's name in the pod, which allows fewer characters than Slack. */
export function nameFor({ id, name }: Pick<InboundFile, 'id' | 'name'>): string {
  const plain = plainName(name);
  if (!plain) return id;
  if (plain.length <= NAME_CHARS) return plain;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, NAME_CHARS - ending.length).replace(/[\uD800-\uDBFF]$/, '')}${ending}`;
}
