// The needs of a file: if an upload was made from an older version, both authors have to see which one is right. Pure.
import type { Needed } from '../../log/needs/need.ts';
import { isPerson, type ParticipantId } from '../../log/participant.ts';
import { FILES, type FileChange, type FileDoc } from './file.ts';

export function fileNeeds(change: FileChange, before: FileDoc | undefined, actor: ParticipantId): Needed[] {
  if (!before) return [];
  switch (change.type) {
    case 'file_conflicted': {
      const about = { on: FILES.name, id: change.id };
      const conversation = before.conversation ? { conversation: before.conversation } : {};
      const people = [...new Set([actor, before.by])].filter(isPerson);
      return people.map((who) => ({ open: { who, reason: 'conflict', about, ...conversation } }));
    }
    // The author of the next version has decided which version is right.
    case 'file_put':
      return settled(change.id, [before.conflict?.by, before.conflict?.with]);
    case 'copy_settled':
      return settled(before.copyOf?.file ?? '', before.copyOf?.people ?? []);
    case 'conflict_settled':
      return [];
    case 'file_erased':
      return [
        ...settled(change.id, [before.conflict?.by, before.conflict?.with], true),
        ...settled(before.copyOf?.file ?? '', before.copyOf?.people ?? [], true),
      ];
    default:
      change satisfies never;
      return [];
  }
}

function settled(id: string, people: readonly (ParticipantId | undefined)[], withdrawn = false): Needed[] {
  const who = [...new Set(people)].filter(isPerson);
  return who.map((one) => ({
    settle: { who: one, about: { on: FILES.name, id } },
    ...(withdrawn ? { withdrawn: true as const } : {}),
  }));
}
