// The handlers of the controls with which a reviewer judges a task, wherever it is shown. Each is an action of the product.

/**
 * @param {{ api: any, model: any, ask: ReturnType<typeof import('../writing/ask.js').asking>, refresh: () => Promise<void>, say: (sentence: string) => void }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function reviewDoing({ api, model, ask, refresh, say }) {
  /** A row of what waits names its pod, which may be another than the one that is open. */
  const podOf = (control) => control.closest('[data-pod]')?.dataset.pod ?? model.pod.info?.id;
  const taskOf = (control) => control.closest('[data-task]').dataset.task;

  async function act(control, action, input) {
    const given = { as: model.where.as, pod: podOf(control), action, input: { task: taskOf(control), ...input } };
    const { for: absent } = await api.post('act', given);
    await refresh();
    return absent === undefined ? '' : ` for ${absent}`;
  }

  return {
    async 'approve-task'(control) {
      const { turn, number } = control.dataset;
      const whose = await act(control, 'approve', turn === undefined ? {} : { turn: Number(turn) });
      say(`#${number} is approved${whose}.`);
    },
    async 'send-back-task'(control) {
      const { number } = control.dataset;
      const about = {
        title: `Send #${number} back`,
        label: 'What is to be mended',
        long: true,
        button: 'Send it back',
      };
      const comments = await ask(about);
      if (!comments) return;
      const whose = await act(control, 'send_back', { comments });
      say(`#${number} is sent back${whose}.`);
    },
  };
}
