// A task after a file was attached to it, or taken away. Pure.
import type { Own } from '../../../log/view.ts';
import type { TaskDoc } from '../task.ts';

export function withFile(doc: TaskDoc, file: string): Own<TaskDoc> {
  return { ...doc, files: [...(doc.files ?? []).filter((one) => one !== file), file] };
}

export function withoutFile(doc: TaskDoc, file: string): Own<TaskDoc> {
  const { files = [], ...rest } = doc;
  const left = files.filter((one) => one !== file);
  return left.length ? { ...rest, files: left } : rest;
}
