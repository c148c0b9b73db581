// The ranks of search results: first what the pod stores, then messages of people, then those of agents, which repeat
// what they were asked.
export const [RECORD, SAID, SAID_BY_AGENT] = [2, 1, 0];
