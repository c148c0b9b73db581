// The query “graph”: the tasks of the pods in the order in which they can be done. “graph 2” is the second page.
import { NotFound } from '../../../errors.ts';
import { graphList } from '../../graph-list.ts';
import { blocks, type Query } from './query.ts';

export const GRAPH_QUERY: Query = {
  example: 'graph',
  read: (line) =>
    /^graph(?: (\d{1,4}))?$/i
      .exec(line)
      ?.slice(1, 2)
      .map((page) => page ?? '')[0],
  async answer(mail, { arrived, pods, words }) {
    const page = Number(words || 1);
    const more = (next: number) => `graph ${next}`;
    const lists = await Promise.all(
      pods.map(async (pod) => {
        try {
          const asked = { as: arrived.author, pod, via: 'email', page: Math.max(1, page), more } as const;
          const { head, lines, foot } = await graphList(mail, mail.texts.fill, asked);
          return blocks(head, lines.map((line) => `- ${line}`).join('\n'), foot);
        } catch (error) {
          // Each of several pods has its own number of pages.
          if (error instanceof NotFound) return error.message;
          throw error;
        }
      }),
    );
    return { text: blocks(...lists) };
  },
};
