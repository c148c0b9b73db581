// Tells a person what became of words about something that waits for them: where they stand, or why they do not.
import { UserFacingError } from '../../../errors.ts';
import { notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import { refusalInSlack } from '../../typed-refusal.ts';
import type { SlackContext } from '../context.ts';
import type { Delivered } from './deliver.ts';

/** Returns no post if the notice itself shows what became of the words. */
export async function told(slack: SlackContext, work: () => Promise<Delivered>): Promise<Post[]> {
  const { fill } = slack.texts;
  try {
    const { posted, said } = await work();
    const url = posted?.conversation && slack.linkTo(posted.conversation);
    const where = posted ? [fill('notice', 'passed-on', { pod: posted.pod.name, url: url ?? '' })] : [];
    const all = [...said, ...where];
    return all.length ? [notice(all.join('\n\n'))] : [];
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    return [notice(fill('notice', 'not-passed-on', { reason: refusalInSlack(error) }))];
  }
}
