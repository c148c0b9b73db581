// Shows a run that takes long on a card in its thread, and shows it anew a few times a minute, while the run is at work.
import { logFailure } from '../../../logger.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { RunDoc } from '../../../pods/runs/run.ts';
import type { RunDeps } from '../deps.ts';
import { keepCard, runsIn } from '../record.ts';

/** A run that takes longer has a card, in milliseconds. */
const LONG_MS = 20_000;
/** The shortest time between two looks of the card while the run works, in milliseconds. */
const EVERY_MS = 15_000;
/** How often the time is looked at while the model thinks, in milliseconds. */
const LOOK_MS = 2_000;

export interface WatchedCard {
  /** To be called at each step. Does nothing for a run that is short, and then returns false. */
  look(): Promise<boolean>;
  /** To be called once the run has ended or waits. */
  over(): Promise<void>;
  stop(): void;
}

type Deps = Pick<RunDeps, 'act' | 'read' | 'store' | 'clock' | 'cards' | 'logger'>;

/** `record`: the run as it begins or goes on. A card that it has from before shows that it goes on. A failure never stops the run. */
export function watchCard(deps: Deps, record: RunDoc): WatchedCard {
  const { id, pod, conversation, agent } = record;
  const began = deps.clock();
  let card = record.card;
  let shown = { at: began, turns: card === undefined ? record.turns : -1 };
  let busy: Promise<void> | undefined;
  let over = false;

  async function show(): Promise<void> {
    if (card === undefined) return place();
    const run = await runsIn(deps.store).get(id);
    if (!run || run.turns === shown.turns) return;
    shown = { at: deps.clock(), turns: run.turns };
    await deps.cards.changed({ pod, conversation, card });
  }

  async function place(): Promise<void> {
    shown = { at: deps.clock(), turns: shown.turns };
    if ((await deps.read.get(CONVERSATIONS, conversation))?.place.kind !== 'slack') return;
    const { result } = await deps.act<{ message?: { id: string } }>({
      ...{ pod, actor: agent, via: 'model', action: 'show_run', input: { conversation, run: id } },
      key: `${id}:card`,
    });
    if (!result.message) return;
    await keepCard(deps.store, id, result.message.id);
    card = result.message.id;
  }

  function isDue(): boolean {
    const now = deps.clock();
    if (card === undefined) return now - began >= LONG_MS && now - shown.at >= EVERY_MS;
    return shown.turns < 0 || now - shown.at >= EVERY_MS;
  }

  async function look(): Promise<boolean> {
    if (over || !isDue()) return false;
    busy ??= show()
      .catch((error: unknown) => logFailure(deps.logger, 'warn', 'run card not shown', error, { run: id }))
      .finally(() => {
        busy = undefined;
      });
    await busy;
    return true;
  }

  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    look,
    async over() {
      over = true;
      await busy;
      await deps.cards.changed({ pod, conversation, ...(card === undefined ? {} : { card }) });
    },
    stop() {
      over = true;
      clearInterval(timer);
    },
  };
}
