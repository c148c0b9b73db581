// Finds the files that a name means, as people write it: whole, without folders or ending, or only a part. Pure.
import type { PodDoc } from '../../../pods/pod/pod.ts';

export interface NamedFileIn {
  id: string;
  name: string;
  version: number;
  by: string;
  at: string;
  pod: PodDoc;
}

/** `isName`: true if the text can only be the name of a file, and is no sentence. */
export function filesMeant<F extends Pick<NamedFileIn, 'name'>>(
  all: readonly F[],
  text: string,
): { files: F[]; isName: boolean } {
  const said = plain(text);
  const isName = /\.[a-z0-9]{1,8}$|\//i.test(text) && !/[.!?]\s/.test(text);
  const exact = all.filter(({ name }) => plain(name) === said);
  if (exact.length) return { files: exact, isName };
  const last = all.filter(({ name }) => [baseOf(name), stemOf(name)].includes(said));
  if (last.length) return { files: last, isName };
  // A part is enough for one word or a name with an ending: more words may be a sentence.
  const isPart = said.length >= 3 && (isName || !/\s/.test(text.trim()));
  return { files: isPart ? all.filter(({ name }) => plain(name).includes(said)) : [], isName };
}

/** Reads “prices.md in Launch”. Undefined if it ends with none of the pods' names. */
export function podNamed<P extends Pick<PodDoc, 'name'>>(
  text: string,
  pods: readonly P[],
): { name: string; pod: P } | undefined {
  const said = text.toLowerCase();
  const pod = pods.find(({ name }) => said.endsWith(` in ${name.toLowerCase()}`));
  return pod && { name: text.slice(0, -` in ${pod.name}`.length).trim(), pod };
}

function plain(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function baseOf(name: string): string {
  return plain(name).split('/').at(-1) ?? '';
}

function stemOf(name: string): string {
  return baseOf(name).replace(/\.[a-z0-9]{1,8}$/, '');
}
