// The form that starts a workflow has a field for each of its roles, in which members are chosen.
import type { Reader } from '../../../log/action.ts';
import { usualOf } from '../../../pods/workflows/fill-roles.ts';
import { workflowNamed } from '../../../pods/workflows/workflow-named.ts';
import type { FormField } from '../../../slack/render/forms.ts';
import type { Choices } from './fields.ts';

const ROLE = 'role:';

export interface RoleFields {
  /** Stands above the fields. */
  lead: string;
  fields: FormField[];
  /** The fields of the action that the form does not show. */
  hidden: string[];
}

/**
 * Returns the fields of a workflow's roles. A role whose usual member is in the pod has them chosen already. `values`: those of a form
 * that opens again. @throws NotFound if there is no such workflow any more
 */
export async function roleFields(
  read: Reader,
  pod: string,
  { workflow, members, values }: { workflow: string; members: Choices; values: Readonly<Record<string, string>> },
): Promise<RoleFields> {
  const { title, purpose, roles, schedule } = await workflowNamed(read, workflow);
  const usual = await Promise.all(roles.map((role) => usualOf(read, pod, role)));
  const fields = roles.map((role, n): FormField => {
    const name = `${ROLE}${role.name}`;
    const value = values[name] ?? usual[n]?.id;
    const hint = [`${role.what}.`, members.hint].filter(Boolean).join(' ');
    return { name, label: role.name, hint, kind: 'choice', options: members.options, ...(value ? { value } : {}) };
  });
  return { lead: `${title}\n${purpose}`, fields, hidden: ['roles', ...(schedule ? [] : ['repeat'])] };
}

/** Returns the values with a line in `roles` for each role that was chosen. */
export function withRoles(values: Readonly<Record<string, string>>): Record<string, string> {
  const chosen = Object.entries(values).filter(([name, value]) => name.startsWith(ROLE) && value);
  if (!chosen.length) return { ...values };
  return { ...values, roles: chosen.map(([name, value]) => `${name.slice(ROLE.length)}: ${value}`).join('\n') };
}
