// The order of what a search finds: the records of a pod (tasks, files, notes), then what people said, then what agents said, whose answers repeat what they were asked.
export const [RECORD, SAID, SAID_BY_AGENT] = [2, 1, 0];
