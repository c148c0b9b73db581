// Builders for tests of a run that several people steer.
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import type { Instruction } from '../../../src/pods/conversations/words/instructions.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { anOffice, calls, type Line, newestIn, type Office, verdicts } from '../office.ts';

export const titles = async ({ world }: Office): Promise<string[]> => {
  const { tasks } = await world.does(world.ada, 'list_tasks');
  return tasks.map(({ title }: { title: string }) => title).sort();
};
export const heldIn = (request: ModelRequest) =>
  [...newestIn(request).matchAll(/Held \((\d+\.\d+)\)/g)].map(([, name = '']) => name);

export const MAKES = ['create_task', { title: 'Paint the sign brown' }] as const;

export async function aSteeredOffice() {
  const office = await anOffice();
  const { world, conversation } = office;
  const { ada, ben } = world;
  const say = (who: typeof ada, text: string) => world.does(who, 'post_message', { conversation, text });
  const instructions = async (): Promise<Instruction[]> =>
    (await world.doc(CONVERSATIONS, conversation))?.atWork?.find(({ agent }) => agent === world.scribe)?.instructions ??
    [];
  const question = async (): Promise<QuestionDoc | undefined> =>
    (
      await world.store
        .collection<QuestionDoc>(QUESTIONS.name)
        .find({ where: { pod: world.pod }, sort: [['number', 'desc']] })
    )[0];
  /** Answers the newest question by the number of an option. Returns the wakes. */
  const answers = async (who: typeof ada, choice: number) => {
    world.delivered.length = 0;
    await world.does(who, 'answer_question', { question: `q${(await question())?.number}`, choice: String(choice) });
    return world.delivered.filter(({ kind }) => kind === 'wake');
  };
  /** The results and news of the newest turn. */
  const told = async () => (await office.turns()).findLast(({ role }) => role === 'user')?.content;
  /** Carries the acts that were delivered last. */
  const act = async () => {
    for (const one of world.delivered.splice(0))
      if (one.kind === 'act' && one.in === world.pod) await world.does(one.actor, one.action, one.input);
  };
  /** Ben speaks while the model thinks about its first call. */
  const interrupted =
    (text: string, call: readonly [string, unknown] = MAKES): Line =>
    async () => {
      await say(ben, text);
      return calls(call as never);
    };
  return { office, world, ada, ben, say, instructions, question, interrupted, answers, act, told };
}

/** Gives the verdict on all that is due, and lets all held calls go ahead. */
export const judges =
  (verdict: string): Line =>
  (request) =>
    calls(verdicts(request, verdict, heldIn(request)));
