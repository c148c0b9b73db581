// Rules for names, contents and types of files (pure), and the search for a file by its name.
import { z } from 'zod';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { idOf } from '../../log/ids.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { HIDDEN } from '../people/names.ts';
import { minute } from '../require.ts';
import { FILES, type FileDoc } from './file.ts';

/** 20 MB: the most that a model or a mail can take in one piece. */
export const MOST_BYTES = 20_000_000;

const HIDDEN_ALL = new RegExp(HIDDEN, 'gu');

/** Returns a file name from outside in a valid form, without folders; empty if nothing valid is left. */
export function plainName(name: string): string {
  const plain = name.normalize('NFC').replace(HIDDEN_ALL, '').replace(/[\\/]/g, '-').trim();
  return /^\.{1,2}$/.test(plain) ? '' : plain;
}

/** Describes an input that names a file. Doors that offer choices offer the pod's newest files for it. */
export const FILE_INPUT = 'Name or id of a file';

export const fileName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(200)
  .refine((name) => !HIDDEN.test(name) && !name.includes('\\'), 'No backslashes or control characters in a file name')
  .refine(
    (name) => name.split('/').every((part) => part.trim() !== '' && part !== '.' && part !== '..'),
    'Folders are written as in plans/launch.md, without empty, “.” or “..” parts',
  );

/**
 * Returns the id of a file. It is derived from the name, so that two writers of the same new name write the same file.
 */
export function fileId(pod: string, name: string): string {
  return idOf('f', pod, name);
}

const MIMES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  json: 'application/json',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

export function mimeOf(name: string, content: Uint8Array): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return MIMES[ending] ?? (textIn(content) === undefined ? 'application/octet-stream' : 'text/plain');
}

/** At most two signs, because an unbounded pattern would take quadratic time. */
const PADDING = /={1,2}$/;

/** Returns the bytes of the content. @throws InvalidInput */
export function contentOf({ text, base64 }: { text?: string | undefined; base64?: string | undefined }): Uint8Array {
  if ((text === undefined) === (base64 === undefined))
    throw new InvalidInput('Give the content as text, or as base64 when it is no text: one of the two.');
  const content = text === undefined ? decoded(base64 ?? '') : new TextEncoder().encode(text);
  if (content.length > MOST_BYTES)
    throw new InvalidInput(
      `The file has ${megabytes(content.length)}; at most ${megabytes(MOST_BYTES)} fit. Split it.`,
    );
  return content;
}

function decoded(base64: string): Uint8Array {
  const bare = base64.replace(/\s+/g, '').replace(PADDING, '');
  const content = Buffer.from(bare, 'base64');
  // Buffer ignores characters that are not base64. It would then store another file than the one that was meant.
  if (content.toString('base64').replace(PADDING, '') === bare) return content;
  throw new InvalidInput('The content in base64 is damaged. Encode it again, in the standard alphabet (+ and /).');
}

/** Returns the content as text. Undefined if it is no text. */
export function textIn(content: Uint8Array): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export type NamedFile = FileDoc & { name: string };

/** Returns the files with their names, in one read. */
export async function withFileNames(read: Pick<Reader, 'texts'>, files: readonly FileDoc[]): Promise<NamedFile[]> {
  const texts = await read.texts(files.map((file) => file.nameRef));
  return files.map((file) => ({ ...file, name: texts.get(file.nameRef) ?? ERASED }));
}

/** Returns a file by name or id. @throws NotFound; for an erased file the message says who erased it */
export async function fileNamed(read: Reader, pod: string, text: string): Promise<NamedFile> {
  const name = text.trim().normalize('NFC');
  const file = (await read.get(FILES, fileId(pod, name))) ?? (await read.get(FILES, name));
  if (file?.pod !== pod) throw new NotFound(`There is no file “${name}” in this pod. list_files shows them.`);
  if (!file.erased) return { ...file, name: (await read.texts([file.nameRef])).get(file.nameRef) ?? ERASED };
  const { by, at } = file.erased;
  const { name: who } = called(await namesOfAll(read, [by]), by);
  throw new NotFound(`The file “${name}” was erased by ${who} at ${minute(at)}. put_file can put it again.`);
}
