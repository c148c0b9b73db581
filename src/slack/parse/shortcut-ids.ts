// The callback ids of the shortcuts in the menu of a message. The app manifest declares them.
export const shortcutIds = { makeTask: 'message.task', recordDecision: 'message.decision' } as const;

export type ShortcutId = (typeof shortcutIds)[keyof typeof shortcutIds];
