// The membership of a participant in a pod. The document stays after they leave, so that history can name them.

import type { Passing } from '../../log/needs/need.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export type Role = 'owner' | 'member' | 'guest';

export interface MemberDoc extends ViewDoc {
  who: ParticipantId;
  role: Role;
  state: 'in' | 'out';
  /** When the state or role last changed, in milliseconds since 1970. */
  since: number;
  /** Set for an agent whose own Slack app is in the pod's channel: it leaves the pod with the app. */
  app?: true;
  /**
   * Set for an agent that was taken out of the pod while its own Slack app is in the channel. Until the app has left, it does
   * not bring the agent back.
   */
  appStays?: true;
}

export const MEMBERS = ref<MemberDoc>('members');

export type MemberChange = {
  v: 1;
  on: 'members';
  id: string;
} /** `passes`: what somebody who is a guest now can't decide any more. `back`: what passed for that, and is theirs again. */ & (
  | { type: 'role_changed'; role: Role; passes?: Passing[]; back?: Passing[] }
  /** `back`: the items that passed to the owners when the person left, and are theirs again. */
  | { type: 'member_added'; who: ParticipantId; role: Role; back?: Passing[]; app?: true }
  /** The agent's own Slack app came into the channel, after the agent was in the pod already. */
  | { type: 'app_came' }
  /** `passes`: the open items of the person, which pass to the owners. */
  /** `appStays`: the agent's own Slack app is still in the channel. */
  | { type: 'member_removed'; passes?: Passing[]; appStays?: true }
  /** The own Slack app of an agent that was taken out has left the channel. */
  | { type: 'app_went' }
  /** More items of a person who has left pass to the owners. */
  | { type: 'items_passed'; passes: Passing[] }
);

/** True if they may decide about a task, such as review it. A guest reads and writes. */
export function mayDecide(member: Pick<MemberDoc, 'role' | 'state'> | undefined): boolean {
  return member?.state === 'in' && member.role !== 'guest';
}

export function memberId(pod: string, who: ParticipantId): string {
  return `${pod}/${who}`;
}

/** Returns the participant of a membership, from the id of its document. */
export function whoOf(pod: string, id: string): ParticipantId {
  return id.slice(pod.length + 1) as ParticipantId;
}

export function evolveMember(doc: MemberDoc | undefined, change: MemberChange, meta: Meta): Own<MemberDoc> | undefined {
  if (change.type === 'member_added') {
    const { who, role, app } = change;
    return { who, role, state: 'in', since: meta.at, ...(app ? { app } : {}) };
  }
  if (!doc) return undefined;
  switch (change.type) {
    case 'role_changed':
      return { ...doc, role: change.role };
    case 'member_removed': {
      const { app: _app, ...rest } = doc;
      return { ...rest, state: 'out', since: meta.at, ...(change.appStays ? { appStays: true } : {}) };
    }
    case 'app_went': {
      const { appStays: _stays, ...rest } = doc;
      return rest;
    }
    case 'app_came':
      return { ...doc, app: true };
    case 'items_passed':
      return doc;
    default:
      change satisfies never;
      return doc;
  }
}
