// Handles /skein workflows and /skein workflow: lists the workflows, and starts one.

import { InvalidInput } from '../../../errors.ts';
import { actionNamed } from '../../../log/act.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { WorkflowFacts } from '../../../pods/workflows/workflow.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { readCommands } from '../../replies/reply-command.ts';
import { startWorkflow } from '../../start-workflow.ts';
import type { SlackContext } from '../context.ts';
import { openActionForm } from '../forms/open.ts';
import { personOf } from '../people/people.ts';
import { isMemberOf, podOf } from '../pods.ts';
import { type PodCommand, podHere } from './pod-command.ts';

type Listed = WorkflowFacts & { name: string };
type Button = Extract<Inbound, { kind: 'button' }>;

export const WORKFLOW_HELP = [
  {
    usage: '/skein workflows',
    says: 'the workflows that can be started, with their roles, and a button for the form of each',
  },
  {
    usage: '/skein workflow weekly-slides: week 49 (contributor: @ben, presenter: @ada)',
    says: 'starts one',
  },
];

export async function workflowsCommand(slack: SlackContext, person: PersonDoc): Promise<Post> {
  const { fill } = slack.texts;
  const asked = { as: person, via: 'slack', action: 'list_workflows', input: {} } as const;
  const { workflows } = (await enter<{ workflows: Listed[] }>(slack, asked)).result;
  if (!workflows.length) return notice(fill('workflow-answer', 'none'));
  const label = fill('workflow-answer', 'start');
  const lines = workflows.map((workflow, n) => ({
    line: lineOf(slack, workflow),
    buttons: n < MOST_BUTTONS ? [{ actionId: actionIds.startWorkflow, label, value: workflow.name }] : [],
  }));
  return lineList(fill('workflow-answer', 'title'), lines, fill('workflow-answer', 'how'));
}

/** Each button takes two of the 50 blocks of a message. The other workflows are started by their names. */
const MOST_BUTTONS = 20;

function lineOf({ texts: { fill } }: SlackContext, { name, purpose, roles, steps, schedule }: Listed): string {
  const each = roles.map((role) => {
    const said = { name: role.name, purpose: role.what };
    return role.usual
      ? fill('workflow-answer', 'usual', { ...said, person: role.usual })
      : fill('workflow-answer', 'role', said);
  });
  const said = { name, purpose, count: steps.length, roles: each.join(', ') };
  if (!schedule) return fill('workflow-answer', 'one', said);
  return fill('workflow-answer', 'scheduled', { ...said, schedule: `every ${schedule.every} at ${schedule.at}` });
}

/** Opens the form that starts the workflow in the pod of the channel where it was listed. */
export async function openStartForm(
  slack: SlackContext,
  { channel = '', triggerId, value }: Button,
  person: PersonDoc,
) {
  const pod = podHere(await podOfMember(slack, channel, person), MADE_THERE);
  const definition = actionNamed(ACTIONS, 'start_workflow');
  await openActionForm(slack, { definition, pod: pod.id, channel, triggerId, fixed: { workflow: value } });
}

const MADE_THERE = 'its tasks are made there';

async function podOfMember(slack: SlackContext, channel: string, person: PersonDoc) {
  const pod = await podOf(slack, { channel });
  return pod && (await isMemberOf(slack, pod.id, person)) ? pod : undefined;
}

const MENTION = /<@([A-Z0-9]+)(?:\|[^>]*)?>/g;

/** Slack sends `<@U1|ben>` for a mention: its person's id takes its place. */
async function withIds(slack: SlackContext, text: string): Promise<string> {
  const users = [...new Set([...text.matchAll(MENTION)].map(([, user = '']) => user))];
  const people = new Map(await Promise.all(users.map(async (user) => [user, await personOf(slack, user)] as const)));
  return text.replace(MENTION, (mention, user: string) => people.get(user)?.id ?? mention);
}

/** “weekly-slides week 49 (contributor: Ben)”. */
const NO_COLON = /^([a-z][a-z0-9-]*) ([^:()]+)(?:\(|$)/i;

export const workflowCommand: PodCommand = async (slack, asked, person, pod, words) => {
  const said = await withIds(slack, words.trim());
  const [command] = readCommands(`workflow ${/[:(]/.test(said) ? said : `${said} ( )`}`).commands;
  const [, name, about] = NO_COLON.exec(said) ?? [];
  if (command?.kind !== 'workflow' && name)
    throw new InvalidInput(
      `A colon is missing between the name of the workflow and what it is for: /skein workflow ${name}: ${about?.trim()} (…).`,
    );
  if (command?.kind !== 'workflow')
    throw new InvalidInput(
      'Write the name of a workflow, what it is for, and who has its roles: /skein workflow weekly-slides: week 49 (contributor: @ben, presenter: @ada). /skein workflows lists them.',
    );
  const here = podHere(pod, MADE_THERE);
  const entry = { as: person, via: 'slack', pod: here, key: `workflow:${asked.triggerId}` } as const;
  const { words: fields } = await startWorkflow(slack, entry, command);
  return notice(slack.texts.fill('workflow-answer', 'started', fields));
};
