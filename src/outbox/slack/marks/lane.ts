// The lane of a message's mark. Its deliveries never overtake each other, and hold up nothing else.

export function markLane(message: string): string {
  return `mark:${message}`;
}
