// The conversation of a workflow that is started: its card, and the list of its steps. Pure.
import { type Label, versioned } from '../../log/labels/label.ts';
import type { Ctx } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { evolveConversation } from '../conversations/evolve/evolve-conversation.ts';
import { startedBy } from '../conversations/origin/started-by.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import type { PodDoc } from '../pod/pod.ts';
import type { TaskLine } from '../tasks/task.ts';
import type { StartFacts } from './start-facts.ts';

export interface Thread {
  id: string;
  /** The conversation as it is when agents are set to work in it. */
  doc: ConversationDoc;
  /** The message that is the card of the whole. */
  card: TaskLine;
  changes: Change[];
  deliveries: DeliveryWish[];
}

/** All of a workflow is in one conversation: that in which it was started, or one of its own. */
export function threadOf(
  ctx: Ctx,
  { place }: PodDoc,
  { conversation, callings }: StartFacts,
  { whole, label }: { whole: { number: number; title: string }; label: Label | undefined },
): Thread {
  const id = conversation?.id ?? ctx.id('c');
  const started = conversation ? undefined : startedIn(ctx, id, place, { title: whole.title, label });
  const meta = { pod: ctx.pod, seq: 0, at: ctx.at, actor: ctx.actor };
  const own = started ? evolveConversation(undefined, started, meta) : conversation;
  const byMail = [...callings.values()].flatMap((one) => one.byMail ?? [])[0];
  const message = ctx.id('m');
  const words = `#${whole.number} “${whole.title}”.`;
  return {
    id,
    doc: { ...own, id, pod: ctx.pod, seq: 0, rev: 0 } as ConversationDoc,
    card: { message, conversation: id },
    changes: [
      ...(started ? [started] : []),
      ...(conversation || !byMail
        ? []
        : [
            { v: 1 as const, on: 'conversations' as const, id, type: 'conversation_mailed' as const, people: [byMail] },
          ]),
      ...said(ctx, id, message, { words, label }),
    ],
    deliveries: [{ kind: 'post', conversation: id, message }],
  };
}

function startedIn(
  ctx: Ctx,
  id: string,
  place: PodDoc['place'],
  { title, label }: { title: string; label: Label | undefined },
) {
  return { ...startedBy(id, place), ...versioned({ titleRef: label }), titleRef: ctx.text(title, label) };
}

/** The message that lists the steps. It quotes their titles, so it is erased with any of them. */
export function listIn(
  ctx: Ctx,
  conversation: string,
  {
    workflow,
    definition,
    steps,
    label,
  }: { workflow: string; definition: { purpose: string }; steps: string; label: Label | undefined },
): { line: TaskLine; changes: Change[]; deliveries: DeliveryWish[] } {
  const message = ctx.id('m', 1);
  return {
    line: { message, conversation },
    changes: said(ctx, conversation, message, { words: listWords(definition, steps), label, workflow }),
    deliveries: [{ kind: 'post', conversation, message }],
  };
}

export function listWords({ purpose }: { purpose: string }, steps: string): string {
  return `${purpose}\n\n${steps}`;
}

function said(
  ctx: Ctx,
  conversation: string,
  id: string,
  { words, label, workflow }: { words: string; label: Label | undefined; workflow?: string },
): Change[] {
  return [
    {
      ...versioned({ body: label }),
      ...{ on: 'messages', id, type: 'message_posted', conversation, by: 'skein', at: ctx.at },
      ...{ body: ctx.text(words, label), places: [] },
      ...(workflow ? { workflow } : {}),
    },
    { v: 1, on: 'conversations', id: conversation, type: 'message_added', by: 'skein', addressed: [], aside: true },
  ];
}
