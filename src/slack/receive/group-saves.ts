// Saves bodies in batches: bodies that arrive during a save are saved together in the next one (group commit).

export type SaveBodies = (bodies: unknown[]) => Promise<void>;

interface Waiting {
  body: unknown;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Returns `save(body)`, which resolves when the body is stored and rejects with the error of its batch. */
export function groupSaves(saveAll: SaveBodies, batch: number): (body: unknown) => Promise<void> {
  let waiting: Waiting[] = [];
  let saving = false;

  async function drain(): Promise<void> {
    if (saving) return;
    saving = true;
    while (waiting.length > 0) {
      const now = waiting.slice(0, batch);
      waiting = waiting.slice(batch);
      try {
        await saveAll(now.map((each) => each.body));
        for (const each of now) each.resolve();
      } catch (error) {
        for (const each of now) each.reject(error);
      }
    }
    saving = false;
  }

  return (body) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ body, resolve, reject });
      void drain();
    });
}
