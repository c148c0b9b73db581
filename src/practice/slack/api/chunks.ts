// The chunks of a stream. Each adds text, sets a task, sets the plan's title or adds blocks.
import { check, isObject, list, object, string, typed, word } from '../blocks/rules.ts';
import type { Json } from '../given.ts';
import type { Stream } from '../state/state.ts';
import { checkedBlocks } from './compose.ts';
import { refuse } from './method.ts';

const MOST_TASKS = 50;
const MOST_MARKDOWN = 12_000;

const chunk = typed(() => ({
  markdown_text: object({ 'text!': string(MOST_MARKDOWN, 0) }),
  task_update: object({
    'id!': string(256),
    'title!': string(256),
    status: word('pending', 'in_progress', 'complete', 'error'),
    details: string(256, 0),
    output: string(256, 0),
    sources: list(object({ type: word('url'), 'url!': string(3_000), 'text!': string(256) }), 50, 0),
  }),
  plan_update: object({ 'title!': string(256) }),
  blocks: object({ 'blocks!': list({ kind: 'any' }, 50) }),
}));

export function addChunks(stream: Stream, chunks: readonly unknown[]): Stream {
  const faults = check(list(chunk, 1_000, 0), chunks, '/chunks');
  if (faults.length > 0) refuse('invalid_chunks', faults);
  return chunks.filter(isObject).reduce<Stream>(addChunk, stream);
}

function addChunk(stream: Stream, part: Json): Stream {
  switch (part.type) {
    case 'markdown_text': {
      const text = stream.text + String(part.text);
      return text.length > MOST_MARKDOWN ? refuse('msg_blocks_too_long') : { ...stream, text };
    }
    case 'task_update':
      return withTask(stream, part);
    case 'plan_update':
      return { ...stream, plan: String(part.title) };
    default:
      return { ...stream, blocks: [...stream.blocks, ...checkedBlocks(part.blocks, 'msg_blocks_too_long')] };
  }
}

/** Adds or updates a task. A repeated task gets the new status and title, and its details are appended. */
function withTask(stream: Stream, { type: _, ...task }: Json): Stream {
  const before = stream.tasks.find((one) => one.id === task.id);
  if (before === undefined) {
    if (stream.tasks.length >= MOST_TASKS)
      refuse('invalid_chunks', [`[ERROR] no more than ${MOST_TASKS} tasks allowed`]);
    return { ...stream, tasks: [...stream.tasks, task] };
  }
  const details = `${before.details ?? ''}${task.details ?? ''}`;
  const next = { ...before, ...task, ...(details === '' ? {} : { details }) };
  return { ...stream, tasks: stream.tasks.map((one) => (one.id === task.id ? next : one)) };
}
