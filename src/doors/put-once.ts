// Stores an external file in the pod exactly once. If a file of this name exists, the external file becomes its next
// version, or is kept beside it if it was made from an older version (src/pods/files/conflict.ts).

import { Conflict } from '../errors.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { Via } from '../log/commit.ts';
import { sha256 } from '../log/ids.ts';
import type { ParticipantId } from '../log/participant.ts';
import type { Origin } from '../log/place.ts';
import { FILES, VERSIONS } from '../pods/files/file.ts';
import { fileId } from '../pods/files/files.ts';

export interface ToPut {
  pod: string;
  by: ParticipantId;
  via: Via;
  name: string;
  content: Uint8Array;
  key: string;
  origin?: Origin;
}

const MOST_TRIES = 5;

export async function putOnce({ act, read }: { act: Act; read: Reader }, put: ToPut): Promise<void> {
  const { pod, by, via, name, content, key, origin } = put;
  for (let tries = 1; ; tries++) {
    // Nobody who uploads a file in Slack names the version from which they worked. The action finds it out.
    const known = origin?.kind === 'slack' ? undefined : await read.get(FILES, fileId(pod, name));
    const base = known && !known.erased ? { base: known.version } : {};
    try {
      await act({
        pod,
        actor: by,
        via,
        action: 'put_file',
        input: { name, base64: Buffer.from(content).toString('base64'), ...base },
        key,
        ...(origin ? { origin } : {}),
      });
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Either somebody else stored a version in between, or an earlier attempt stored this file on another base
      // version.
      if (await wasPut(read, fileId(pod, name), by, content)) return;
      if (tries >= MOST_TRIES) throw error;
    }
  }
}

async function wasPut(read: Reader, file: string, by: ParticipantId, content: Uint8Array): Promise<boolean> {
  const versions = await read.find(VERSIONS, { where: { file } });
  const hash = sha256(content);
  return versions.some((version) => version.hash === hash && version.by === by);
}
