// Finds a workflow by its name, as people write it.
import { closest } from '../../closest.ts';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { ORG } from '../members/rights.ts';
import { WORKFLOWS, type WorkflowDoc, workflowId } from './workflow.ts';

/** @throws NotFound, listing the workflows that there are */
export async function workflowNamed(read: Reader, text: string): Promise<WorkflowDoc> {
  const name = text.trim().toLowerCase().replace(/\s+/g, '-');
  const doc = await read.get(WORKFLOWS, workflowId(name));
  if (doc && !doc.gone) return doc;
  const all = (await read.find(WORKFLOWS, { where: { pod: ORG }, sort: [['id', 'asc']] })).filter(({ gone }) => !gone);
  const names = all.map((one) => one.name);
  const begun = names.filter((one) => one.startsWith(`${name}-`) || one.endsWith(`-${name}`));
  const meant = closest(name, names) ?? (begun.length === 1 ? begun[0] : undefined);
  const listed = all.map((one) => `${one.name} (roles: ${one.roles.map((role) => role.name).join(', ')})`).join('; ');
  throw new NotFound(
    `There is no workflow “${text}”. ${meant ? `Did you mean ${meant}? ` : ''}${listed ? `There are: ${listed}.` : 'There are none: they stand in templates/workflows.'}`,
  );
}
