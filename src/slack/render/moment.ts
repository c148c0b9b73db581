// Slack's token for a point in time, which each reader sees in their own time zone. docs.slack.dev, “Date formatting”. Pure.

/** Returns “20:26 today”. The day comes second, because Slack capitalises a date's first word. */
export function momentToken(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{time} {date_short_pretty}|${utc(at)}>`;
}

export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
