// Shared by the actions on agents and skills: the fields of an agent, its limits, and who may change it.
import { z } from 'zod';
import { InvalidInput, NotAllowed, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { type AgentId, isAgent, isPerson } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { askersOf, ORG } from '../members/rights.ts';
import { anyoneNamed, called, namesOfAll } from '../people/directory.ts';
import { nameOf } from '../people/names.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { SKILLS, type SkillDoc, skillId } from '../skill-definitions/skill.ts';
import type { AddressableBy } from './agent.ts';
import { AGENTS, type AgentDoc } from './agent.ts';

/** Names that an agent can't have, because Slack, mail or Skein itself uses them. */
const RESERVED: ReadonlySet<string> = new Set(
  'here channel everyone group all team me skein slackbot org pod agent agents postmaster abuse mailer-daemon noreply no-reply'.split(
    ' ',
  ),
);

export const HANDLE = /^[a-z][a-z0-9-]{1,20}$/;

export function isReserved(handle: string): boolean {
  return RESERVED.has(handle);
}

export const handleInput = z
  .string()
  .regex(HANDLE, '2 to 21 small letters, digits or hyphens, a letter first, as in scribe')
  .refine((handle) => !isReserved(handle), 'That word is taken. Choose another handle');

/** Matches the name of an action, of an MCP server, or of one of a server's tools: create_task, mcp:crm, mcp:crm/find. */
export const TOOL_NAME = /^([a-z][a-z0-9_]*|mcp:[a-z][a-z0-9-]*(\/[^\s/]\S*)?)$/;
const unique = (names: string[]) => [...new Set(names)];

export const EMOJI = /^:[a-z0-9_+'-]+:$/;

/** The form that https://agentskills.io/specification demands: lowercase letters, digits, single hyphens. */
export const SKILL_NAME = /^[\p{Ll}\p{Lo}\p{Nd}]+(-[\p{Ll}\p{Lo}\p{Nd}]+)*$/u;

/** Limits for the texts and lists of an agent, and for the budget of one run. */
export const MOST = {
  ...{ name: 60, purpose: 300, instructions: 20_000, model: 100, skillName: 64 },
  ...{ tools: 100, skills: 50, people: 100 },
  ...{ turns: 500, tokens: 10_000_000, context: 900_000 },
};

/** The smallest context that can be set, in tokens: instructions, tools and the opening of a large pod have room in it. */
export const LEAST_CONTEXT = 20_000;

const text = (max: number) => z.string().trim().min(1).max(max);

export const agentName = nameOf(MOST.name);
export const agentPurpose = text(MOST.purpose).describe('One sentence: what it is for');
export const agentInstructions = text(MOST.instructions).describe('How it works, Markdown');
export const emojiInput = z.string().regex(EMOJI, 'As in :memo:');
export const modelInput = text(MOST.model).describe('Model name');
export const toolsInput = z
  .array(
    z.string().regex(TOOL_NAME, 'Name an action (create_task), a server (mcp:crm) or one of its tools (mcp:crm/find)'),
  )
  .max(MOST.tools)
  .overwrite(unique)
  .describe('Actions, mcp:server, mcp:server/tool');
export const budgetInput = z.strictObject({
  turns: z.int().min(1).max(MOST.turns),
  tokens: z.int().min(1).max(MOST.tokens),
  context: z.int().min(LEAST_CONTEXT).max(MOST.context).optional(),
});

export const addressableInput = z
  .array(z.string().trim().min(1).max(320))
  .min(1)
  .max(MOST.people)
  .overwrite(unique)
  .describe('Who may set it to work: members, or owners, or people by handle or address');

export const skillName = z
  .string()
  .max(MOST.skillName)
  .normalize('NFKC')
  .regex(SKILL_NAME, 'Lowercase letters, digits and single hyphens, as in hand-off-note');
export const skillNames = z.array(skillName).max(MOST.skills).overwrite(unique).describe('Names of skills');

/** The turns and tokens of one run, if the agent's definition names none. */
export const DEFAULT_BUDGET = { turns: 40, tokens: 400_000 };

/**
 * The size of a session's context, in tokens, at which it goes on in a new epoch, if the agent's budget names none. By
 * `npm run bench -- tokens` a long conversation costs half of what it costs with 150,000, and is still begun anew rarely.
 */
export const DEFAULT_CONTEXT = 60_000;

/**
 * The tools of an agent whose definition names none. They are enough for work in its pod, but cannot change people or
 * agents.
 */
export const DEFAULT_TOOLS: readonly string[] = [
  'list_pods',
  'read_pod',
  'read_conversation',
  'post_message',
  'edit_message',
  'ask',
  'wait_for',
  'withdraw_question',
  'list_waiting',
  'set_involvement',
  'list_tasks',
  'create_task',
  'update_task',
  'assign_task',
  'start_task',
  'complete_task',
  'put_file',
  'read_file',
  'list_files',
  'record_decision',
  'record_learning',
  'search_pod',
  'pod_history',
  'use_tool',
];

/** True if a person of the organisation acts, or an agent for such a person; otherwise the reason for the refusal. */
export function mayMake(ctx: Ctx, what: string): true | string {
  if (isAgent(ctx.actor) && !askersOf(ctx).length)
    return `Agents change ${what} only for a person who asks them to. Ask somebody in your conversation.`;
  return (
    ctx.role === 'member' ||
    ctx.role === 'owner' ||
    `Only members of this organisation can change ${what}. Ask one of them.`
  );
}

export interface ToChange {
  agent: AgentDoc;
  owner: string;
  /** The people for whom the change is made. */
  askers: (PersonDoc | undefined)[];
}

/**
 * Resolves the words to people. Stores their ids, because a name may change. @throws NotFound; InvalidInput if a name
 * is unknown or ambiguous
 */
export async function addressableOf(
  read: Reader,
  words: readonly string[] | undefined,
): Promise<AddressableBy | undefined> {
  const [first] = words ?? [];
  if (!words || !first) return undefined;
  if (words.length === 1 && (first === 'members' || first === 'owners')) return first;
  const people = await Promise.all(words.map((name) => personNamed(read, name)));
  return { people: people.map(({ id }) => id) };
}

async function personNamed(read: Reader, name: string): Promise<{ id: string }> {
  const [byAddress] = name.includes('@', 1)
    ? await read.find(PEOPLE, { where: { accounts: `mail:${name.toLowerCase()}` }, limit: 1 })
    : [];
  const found = byAddress ?? (await anyoneNamed(read, name));
  if (isPerson(found.id)) return found;
  throw new InvalidInput(`“${name}” is an agent. Name people: an agent counts as the person it works for.`);
}

/**
 * Returns the agent to change, and the people for whom it is changed. @throws NotFound, listing the handles that exist
 */
export async function agentToChange(read: Reader, text: string, ctx: Ctx): Promise<ToChange> {
  const agent = await agentNamed(read, text);
  const [names, askers] = await Promise.all([namesOfAll(read, [agent.owner]), askersNow(read, ctx)]);
  return { agent, askers, owner: called(names, agent.owner).name };
}

/**
 * True if every person for whom the change is made owns the agent or is an owner of the organisation; otherwise the
 * reason for the refusal.
 */
export function mayChange({ agent, askers, owner }: ToChange, ctx: Ctx): true | string {
  const made = mayMake(ctx, 'agents');
  if (made !== true) return made;
  const without = askers.find((asker) => asker?.role !== 'owner' && asker?.id !== agent.owner);
  if (askers.length && !without) return true;
  const belongs = `${agent.name} belongs to ${owner}: only they and the owners of this organisation can change it`;
  return isAgent(ctx.actor) && without
    ? `${belongs}, and you act on the words of ${without.name}. Ask ${owner}: once you have answered, they can ask you for it.`
    : `${belongs}. Ask ${owner}.`;
}

/** Returns the people for whom an act is done. */
export function askersNow(read: Reader, ctx: Ctx): Promise<(PersonDoc | undefined)[]> {
  return Promise.all(askersOf(ctx).map((asker) => read.get(PEOPLE, asker)));
}

/**
 * True for members; otherwise the reason for the refusal. Only owners of the organisation may change a skill that was
 * shipped with Skein.
 */
export function mayWriteSkill(
  { skill, askers }: { skill: SkillDoc | undefined; askers: readonly (PersonDoc | undefined)[] },
  ctx: Ctx,
): true | string {
  const made = mayMake(ctx, 'skills');
  if (made !== true || !skill?.hash) return made;
  const without = askers.find((asker) => asker?.role !== 'owner');
  if (askers.length && !without) return true;
  const shipped = `The skill ${skill.name} came with Skein: only owners of this organisation change it`;
  return isAgent(ctx.actor) && without
    ? `${shipped}, and you act on the words of ${without.name}. An owner may ask you for it once you have answered.`
    : `${shipped}. Ask one of them, or write a skill of another name.`;
}

/** Returns an agent by handle or id. @throws NotFound, listing the handles that exist */
export async function agentNamed(read: Reader, text: string): Promise<AgentDoc> {
  const name = text.trim().replace(/^@/, '').toLowerCase();
  const agent = await read.get(AGENTS, isAgent(name) ? name : `agent:${name}`);
  if (agent) return agent;
  const all = await read.find(AGENTS, { where: { pod: ORG }, sort: [['id', 'asc']] });
  throw new NotFound(
    `There is no agent “${text}”. There are: ${all.map(({ handle }) => handle).join(', ') || 'none'}.`,
  );
}

/** Returns a skill by name. @throws NotFound, listing the skills that exist */
export async function skillNamed(read: Reader, name: string): Promise<SkillDoc> {
  const skill = await read.get(SKILLS, skillId(name.trim()));
  if (skill) return skill;
  const all = await read.find(SKILLS, { where: { pod: ORG }, sort: [['id', 'asc']] });
  throw new NotFound(`There is no skill “${name}”. There are: ${all.map((one) => one.name).join(', ') || 'none'}.`);
}

export function agentId(handle: string): AgentId {
  return `agent:${handle}`;
}

/** Returns the hash of the shipped file that is imported. @throws InvalidInput, NotAllowed */
export function hashOf({ origin, role }: Ctx): string {
  if (role !== 'skein') throw new NotAllowed('Only Skein itself takes in the shipped files.');
  if (origin?.kind === 'manifest') return origin.hash;
  throw new InvalidInput('An import needs the hash of its file: give origin { kind: "manifest", hash }.');
}
