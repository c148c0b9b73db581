// Fields of what a model reads that stand there only if they are known.
import type { Label } from '../../log/labels/label.ts';
import type { ParticipantId } from '../../log/participant.ts';

export function aliasIn(aliases: ReadonlyMap<ParticipantId, string>, id: ParticipantId): { alias?: string } {
  const alias = aliases.get(id);
  return alias ? { alias } : {};
}

export function zoneIn(zones: ReadonlyMap<ParticipantId, string>, id: ParticipantId): { zone?: string } {
  const zone = zones.get(id);
  return zone ? { zone } : {};
}

export function labelIn(label: Label | undefined): { label?: Label } {
  return label ? { label } : {};
}
