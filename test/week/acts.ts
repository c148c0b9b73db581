// Draws what somebody does next. Each act uses words that occur once, so that what reached whom can be found.
import type { Person } from './cast.ts';
import { BY_MAIL } from './mail-acts.ts';
import type { Scene } from './scene.ts';
import { IN_SLACK } from './slack-acts.ts';

export async function actOf(scene: Scene): Promise<void> {
  const { cast, random } = scene;
  const who = random.pick(cast.people as [Person, ...Person[]]);
  const choices = who.slack ? IN_SLACK : BY_MAIL;
  const drawn = random.below(choices.reduce((sum, { weight }) => sum + weight, 0));
  const upTo = (n: number) => choices.slice(0, n + 1).reduce((sum, { weight }) => sum + weight, 0);
  await choices.find((_, n) => drawn < upTo(n))?.act(scene, who);
}
