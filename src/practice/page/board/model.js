// The graph of the pod's tasks as the board and the drawing show it, read while one of them is looked at.

/** What can be seen of a pod in place of its messages. */
export const VIEWS = ['board', 'graph'];

/**
 * @param {ReturnType<typeof import('../api.js').driver>} api
 * @param {() => { as?: string, pod?: string, tab?: string }} where who looks, at which pod, and in which view
 */
export function createBoardModel(api, where) {
  const empty = () => ({
    /** How many tasks stand so, by the word for it. Undefined until they are read. */
    counts: undefined,
    tasks: [],
    /** Set if there are more tasks than are shown. */
    next: undefined,
    /** What the server has drawn: the nodes, and how many tasks are drawn and stand alone. */
    drawing: undefined,
    fault: undefined,
    /** What the drawing is limited to: “whole 12” or “person Ben Okafor”. Empty if it shows all. */
    only: '',
  });
  const board = { ...empty(), forget: () => Object.assign(board, empty()), read };

  async function read() {
    const { as, pod, tab } = where();
    if (pod === undefined || !VIEWS.includes(tab)) return;
    const still = () => as === where().as && pod === where().pod;
    try {
      const drawn = String(tab === 'graph');
      const { only } = board;
      const [, limit, to] = /^(whole|person) (.+)$/.exec(only) ?? [];
      const query = { as, drawn, ...(limit && { [limit]: to }) };
      const { counts, tasks, next, drawing } = await api.get(`pods/${pod}/graph`, query);
      if (still() && only === board.only) Object.assign(board, { counts, tasks, next, drawing, fault: undefined });
    } catch (error) {
      if (still()) board.fault = error.message;
    }
  }

  return board;
}
