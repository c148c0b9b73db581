// Handles /skein workflows and /skein workflow: lists the workflows, and starts one.

import { InvalidInput } from '../../../errors.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { WorkflowFacts } from '../../../pods/workflows/workflow.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { readCommands } from '../../replies/reply-command.ts';
import { startWorkflow } from '../../start-workflow.ts';
import type { SlackContext } from '../context.ts';
import { personOf } from '../people/people.ts';
import { type PodCommand, podHere } from './pod-command.ts';

export const WORKFLOW_HELP = [
  { usage: '/skein workflows', says: 'the workflows that can be started, with their roles' },
  {
    usage: '/skein workflow weekly-slides: week 49 (contributor: @ben, presenter: @ada)',
    says: 'starts one; “/skein start_workflow” opens its form',
  },
];

export async function workflowsCommand(slack: SlackContext, person: PersonDoc): Promise<Post> {
  const { fill } = slack.texts;
  const asked = { as: person, via: 'slack', action: 'list_workflows', input: {} } as const;
  const { workflows } = (await enter<{ workflows: (WorkflowFacts & { name: string })[] }>(slack, asked)).result;
  if (!workflows.length) return notice(fill('workflow-answer', 'none'));
  const lines = workflows.map(({ name, purpose, roles }) =>
    fill('workflow-answer', 'one', {
      name,
      purpose,
      roles: roles.map((role) => `${role.name} (${role.what})`).join(', '),
    }),
  );
  return notice([fill('workflow-answer', 'how'), ...lines].join('\n'));
}

const MENTION = /<@([A-Z0-9]+)(?:\|[^>]*)?>/g;

/** Slack sends `<@U1|ben>` for a mention: its person's id takes its place. */
async function withIds(slack: SlackContext, text: string): Promise<string> {
  const users = [...new Set([...text.matchAll(MENTION)].map(([, user = '']) => user))];
  const people = new Map(await Promise.all(users.map(async (user) => [user, await personOf(slack, user)] as const)));
  return text.replace(MENTION, (mention, user: string) => people.get(user)?.id ?? mention);
}

export const workflowCommand: PodCommand = async (slack, asked, person, pod, words) => {
  const said = await withIds(slack, words.trim());
  const [command] = readCommands(`workflow ${/[:(]/.test(said) ? said : `${said} ( )`}`).commands;
  if (command?.kind !== 'workflow')
    throw new InvalidInput(
      'Write the name of a workflow, what it is for, and who has its roles: /skein workflow weekly-slides: week 49 (contributor: @ben, presenter: @ada). /skein workflows lists them.',
    );
  const here = podHere(pod, 'its tasks are made there');
  const entry = { as: person, via: 'slack', pod: here, key: `workflow:${asked.triggerId}` } as const;
  const { words: fields } = await startWorkflow(slack, entry, command);
  return notice(slack.texts.fill('workflow-answer', 'started', fields));
};
