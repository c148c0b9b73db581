// The subject of a form: the action that it does, and where. Slack keeps it as text while the form is open, and sends it
// back with the submission.
import { createHash } from 'node:crypto';
import { z } from 'zod';

const schema = z.object({
  action: z.string(),
  pod: z.string().optional(),
  /** The channel in which the form was opened. */
  channel: z.string().optional(),
  /** The fields of the action's input that the form does not show. */
  fixed: z.record(z.string(), z.string()).default({}),
  /** A digest of each value that the thing had when the form was opened. What stays as it was is not given again. */
  stored: z.record(z.string(), z.string()).default({}),
  /** The task that the form is about, if the action itself takes none. */
  task: z.string().optional(),
  /** The label of the stranger's words with which the form was filled in, and a digest of each of these values. */
  from: z
    .object({
      label: z.object({ trust: z.enum(['member', 'outside']), source: z.looseObject({ kind: z.string() }) }),
      filled: z.record(z.string(), z.string()),
    })
    .optional(),
});

export type About = z.infer<typeof schema>;

export function aboutText(about: About): string {
  return JSON.stringify(about);
}

/** @throws ZodError for a text that is no subject of a form */
export function aboutOf(text: string): About {
  return schema.parse(JSON.parse(text));
}

/** Slack sends a text back without the spaces around it, and with other line ends. */
export function digestOf(value: string): string {
  return createHash('sha256').update(value.replace(/\r\n?/g, '\n').trim()).digest('base64url').slice(0, 12);
}

export function digests(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digestOf(value)]));
}
