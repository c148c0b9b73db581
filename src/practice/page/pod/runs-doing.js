// The handlers of the controls of a run: each is an action of the product, and the thread says what was done.

/**
 * @param {{ pod: any, ask: ReturnType<typeof import('../writing/ask.js').asking>, change: (action: string, input: object) => Promise<any>, say: (sentence: string) => void }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function runsDoing({ pod, ask, change, say }) {
  const runOf = (control) => control.closest('[data-run]').dataset;

  /** A run is named by its conversation and its agent, as everywhere else. */
  function inputOf(control) {
    const { conversation, agent: name } = runOf(control);
    const known = pod.about?.members.find((one) => one.id.startsWith('agent:') && one.name === name);
    return { conversation, agent: known?.handle ?? name };
  }

  async function stop(control) {
    const { still_at_work: others = [] } = await change('stop_run', inputOf(control));
    const { agent } = runOf(control);
    const more =
      others.length === 0
        ? ''
        : ` Still at work for the same request: ${others.join(', ')}. Its thread has a button for each.`;
    say(`${agent} is stopped.${more}`);
  }

  async function handBack(control) {
    const { agent } = runOf(control);
    const about = { title: `Hand the work back to ${agent}`, label: 'What you did, and what is to be done now' };
    const note = await ask({ ...about, long: true, button: 'Hand it back' });
    if (note !== undefined) await change('hand_back', { ...inputOf(control), note });
  }

  return {
    'pause-run': (control) => change('pause_run', inputOf(control)),
    'resume-run': (control) => change('resume_run', inputOf(control)),
    'take-over-run': (control) => change('take_over', inputOf(control)),
    'hand-back-run': handBack,
    'stop-run': stop,
  };
}
