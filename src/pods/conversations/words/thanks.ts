// Recognises a message that only thanks: it asks nothing of a run. Pure.
import { addressableText } from '../addressable-text.ts';

const THANKS =
  /^(?:many |big )?(?:thanks|thank you|thx|ty|cheers|danke|merci|gracias)(?: (?:so|very) much| a lot| all| everyone| again)?$/;

/** True if thanks are the whole message. In doubt it is false: whatever else it says is judged by the agent. */
export function isThanks(text: string): boolean {
  if (text.length > 200) return false;
  const words = addressableText(text)
    .toLowerCase()
    .replace(/@[\p{L}\p{N}._-]+/gu, ' ')
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu);
  return THANKS.test((words ?? []).join(' '));
}
