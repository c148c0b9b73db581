// The order of what a search finds: what a pod keeps, then what people said, then what agents said, whose answers repeat what they were asked.
export const [KEPT, SAID, SAID_BY_AGENT] = [2, 1, 0];
