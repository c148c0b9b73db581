// Drops a task. Where it has open parts, the server asks what becomes of them, and the page passes that on.

const CHOICES = [
  { value: 'drop', label: 'They are dropped with it' },
  { value: 'keep', label: 'They go on' },
];

/**
 * @param {ReturnType<typeof import('../writing/ask.js').asking>} ask
 * @param {number | string | undefined} number of the task
 * @param {(parts: { parts?: string }) => Promise<unknown>} drop
 */
export async function droppingWith(ask, number, drop) {
  try {
    await drop({});
  } catch (error) {
    const [, named] = /has parts that are not done: ([^.]+)\./.exec(error.message) ?? [];
    if (!named) throw error;
    const about = { title: `Drop #${number}`, quote: `Not done yet: ${named}.`, label: 'What becomes of its parts' };
    const parts = await ask({ ...about, choices: CHOICES, button: 'Drop it' });
    if (parts) await drop({ parts });
  }
}
