// Validates and builds a message of the app: text, blocks, attachments, metadata, custom name.

import { isObject } from '../blocks/rules.ts';
import { checkMessageBlocks, withIds } from '../blocks/validate.ts';
import { given, type Json } from '../given.ts';
import type { Message } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { has, jsonOf, optionalText, textOf } from './arguments.ts';
import { refuse } from './method.ts';

const MOST_TEXT = 40_000;
const MOST_MARKDOWN = 12_000;
const MOST_ATTACHMENTS = 100;
const MOST_METADATA = 8_000;

/** The error codes of a method. The same fault has another code in another method. */
export interface Codes {
  /** The code for a text that is too long. If absent, the text is truncated with a warning. */
  longText?: string;
  longBlocks: string;
}

export interface Content {
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: NonNullable<Message['metadata']>;
}

export function contentOf(args: Json, codes: Codes): { content: Content; warnings: string[] } {
  if (has(args, 'markdown_text') && (has(args, 'text') || has(args, 'blocks'))) refuse('markdown_text_conflict');
  const markdown = optionalText(args, 'markdown_text');
  if (markdown !== undefined && markdown.length > MOST_MARKDOWN) refuse(codes.longText ?? codes.longBlocks);
  const given = markdown ?? textOf(args, 'text');
  if (given.length > MOST_TEXT && codes.longText !== undefined) refuse(codes.longText);
  const text = given.slice(0, MOST_TEXT);
  const blocks = markdown === undefined ? blocksOf(args, codes) : withIds([{ type: 'markdown', text: markdown }]);
  const attachments = attachmentsOf(args);
  const metadata = metadataOf(args);
  const content: Content = { text };
  if (blocks !== undefined) content.blocks = blocks;
  if (attachments !== undefined) content.attachments = attachments;
  if (metadata !== undefined) content.metadata = metadata;
  return { content, warnings: given.length > MOST_TEXT ? ['message_truncated'] : [] };
}

export const saysNothing = ({ text, blocks = [], attachments = [] }: Content): boolean =>
  text === '' && blocks.length === 0 && attachments.length === 0;

export function blocksOf(
  args: Json,
  codes: Pick<Codes, 'longBlocks'>,
  formatCode = 'invalid_blocks_format',
): Json[] | undefined {
  const blocks = jsonOf(args, 'blocks', formatCode);
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) return refuse(formatCode);
  return checkedBlocks(blocks, codes.longBlocks);
}

export function checkedBlocks(blocks: unknown, longBlocks: string): Json[] {
  const fault = checkMessageBlocks(blocks);
  if (fault.kind === 'invalid')
    return refuse('invalid_blocks', fault.messages, { errors: fault.messages.map(unmarked) });
  if (fault.kind === 'too-long') return refuse(longBlocks);
  return withIds(blocks as Json[]);
}

const unmarked = (message: string): string => message.replace('[ERROR] ', '');

function attachmentsOf(args: Json): Json[] | undefined {
  const attachments = jsonOf(args, 'attachments', 'invalid_arguments');
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments)) return refuse('invalid_arguments', ['[ERROR] attachments must be an array']);
  if (attachments.length > MOST_ATTACHMENTS) refuse('too_many_attachments');
  return attachments;
}

/**
 * Returns the metadata of a call, `{event_type, event_payload}`. The values of the payload may contain only one level
 * of objects.
 */
export function metadataOf(args: Json): Message['metadata'] {
  const metadata = jsonOf(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) return refuse('invalid_metadata_format');
  const { event_type, event_payload } = metadata;
  if (event_type === undefined && event_payload === undefined) return undefined;
  if (typeof event_type !== 'string' || event_type === '' || !isObject(event_payload))
    return refuse('invalid_metadata_format');
  if (Object.values(event_payload).some(tooDeep)) return refuse('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > MOST_METADATA) return refuse('metadata_too_large');
  return { event_type, event_payload };
}

function tooDeep(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => typeof inner === 'object');
}

/** Returns the custom name and icon of a post, which need the scope chat:write.customize. */
export function personaOf({ state }: Workspace, args: Json): { username?: string; icons?: Json } {
  const emoji = optionalText(args, 'icon_emoji');
  const image = optionalText(args, 'icon_url');
  const username = optionalText(args, 'username');
  if (emoji === undefined && image === undefined && username === undefined) return {};
  const needed = 'chat:write.customize';
  if (!state.app.scopes.includes(needed)) refuse('missing_scope', [], { needed, provided: state.app.scopes.join(',') });
  const icons = emoji !== undefined ? { emoji } : image !== undefined ? { image_48: image } : undefined;
  return given({ username, icons });
}
