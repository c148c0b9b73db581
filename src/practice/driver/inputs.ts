// The schemas of the request bodies and queries that the driver accepts.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';

const text = z.string().min(1);
const at = { as: text, channel: text };
const file = { name: text, content: z.base64() };

/** The longest time by which one request can move the clock: a year and a month. */
const MOST_SECONDS = 400 * 86_400;
const seconds = `a whole number of seconds from 1 to ${MOST_SECONDS} (400 days)`;

export const inputs = {
  say: z.object({ ...at, text, thread: text.optional() }),
  command: z.object({ ...at, text }),
  click: z.object({
    as: text,
    channel: text.optional(),
    ts: text.optional(),
    viewId: text.optional(),
    actionId: text,
    value: z.unknown().optional(),
  }),
  shortcut: z.object({ ...at, ts: text, callbackId: text }),
  submit: z.object({ as: text, viewId: text, values: z.record(z.string(), z.unknown()).default({}) }),
  close: z.object({ as: text, viewId: text, all: z.boolean().default(false) }),
  home: z.object({ as: text, tab: z.enum(['home', 'messages']).default('home') }),
  upload: z.object({
    ...at,
    ...file,
    thread: text.optional(),
    text: z.string().optional(),
    /** Further files of the same message. */
    more: z.array(z.object(file)).max(9).default([]),
  }),
  channel: z.object({ as: text, name: text, private: z.boolean().default(false), members: z.array(text).default([]) }),
  invite: z.object({ ...at, who: text }),
  kick: z.object({ ...at, who: text }),
  leave: z.object(at),
  edit: z.object({ ...at, ts: text, text }),
  delete: z.object({ ...at, ts: text }),
  react: z.object({ ...at, ts: text, name: text }),
  stop: z.object({ ...at, thread: text, agent: text.optional() }),
  revoke: z.object({ agent: text }),
  redeliver: z.object({ channel: text, ts: text, times: z.int().min(1).max(100).default(1), as: text.optional() }),
  clock: z.object({
    advance: z.int({ error: seconds }).min(1, { error: seconds }).max(MOST_SECONDS, { error: seconds }),
  }),
  messages: z.object({ channel: text, thread: text.optional(), as: text.optional() }),
  views: z.object({ as: text }),
  status: z.object({ channel: text, thread: text, as: text.optional() }),
  file: z.object({ as: text }),
  act: z.object({ as: text, pod: text.optional(), action: text, input: z.unknown().default({}) }),
  pod: z.object({ as: text, channel: text.optional(), pod: text.optional() }),
  person: z.object({ as: text }),
  graph: z.object({
    as: text,
    drawn: z.stringbool().default(false),
    whole: z.coerce.number().int().positive().optional(),
    person: text.optional(),
  }),
  podFile: z.object({ as: text, version: z.coerce.number().int().min(1).optional() }),
  archive: z.object(at),
  profile: z.object({ as: text, name: text.optional(), title: z.string().optional(), tz: text.optional() }),
};

export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new InvalidInput(`The request is not as it should be. ${faults.join('; ')}.`);
}
