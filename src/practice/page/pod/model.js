// The state of the open conversation's pod, loaded through the product's actions.

export const TABS = ['tasks', 'runs', 'files', 'members', 'notebook', 'log'];
const LOG_PAGE = 40;
const MOST_TASKS = 200;

/** The address of a file's newest version, or of the given one. */
export function fileAddress(pod, file, as, version) {
  const query = new URLSearchParams(version === undefined ? { as } : { as, version });
  return `/practice/pods/${pod}/files/${encodeURIComponent(file)}?${query}`;
}

/**
 * @param {ReturnType<typeof import('../api.js').driver>} api
 * @param {() => { as: string, channel?: string, pod?: string }} where who is there, and the pod that is meant: by its conversation or its id, if there can be one
 */
export function createPodModel(api, where) {
  const empty = () => ({
    /** The pod's id, name, and where its tasks come from; `null` where there is none, undefined until it is known. */
    info: undefined,
    /** The result of read_pod: purpose, members, counts, notebook. */
    about: undefined,
    tasks: [],
    /** True if there are more tasks than are shown. */
    moreTasks: false,
    /** The runs of agents that go on, and the last that are over. */
    runs: [],
    files: [],
    /** The cursor of the next page of older files. Undefined if all are loaded. */
    olderFiles: undefined,
    filePages: 1,
    log: [],
    /** The cursor of the next older page. */
    older: undefined,
    /** The search results and their query. Undefined if there is no search. */
    found: undefined,
    /** The result of read_file for the open file. */
    file: undefined,
    openTask: undefined,
    /** The origin of the open task, by its id. */
    origin: undefined,
    /** The address of each file, by name. */
    fileAddresses: new Map(),
    fault: undefined,
  });
  const pod = {
    ...empty(),
    forget: () => Object.assign(pod, empty()),
    read,
    readRuns,
    act,
    look,
    readOlder,
    readOlderFiles,
    readOrigin,
  };

  /** Does one action as the person, in this pod. */
  function act(action, input = {}) {
    return api.post('act', { as: where().as, pod: pod.info?.id, action, input });
  }

  async function read() {
    const { as, channel, pod: named } = where();
    const still = () => as === where().as && channel === where().channel && named === where().pod;
    if (channel === undefined && named === undefined) return;
    try {
      const info = await api.get('pod', { as, channel, pod: named });
      if (!still()) return;
      Object.assign(pod, { info: info.id === undefined ? null : info, fault: undefined });
      if (pod.info === null) return;
      // Bound to this pod: another one may be open when the answer comes.
      const ask = (action, input = {}) => api.post('act', { as, pod: info.id, action, input });
      const all = await Promise.all([ask('read_pod'), tasksOf(ask), filesOf(ask), ask('list_runs')]);
      if (!still()) return;
      const log = await ask('pod_history', newestLog());
      if (!still()) return;
      const [about, { tasks, moreTasks }, { files, next: olderFiles }, { runs }] = all;
      Object.assign(pod, {
        about,
        tasks,
        moreTasks,
        runs,
        files,
        olderFiles,
        fileAddresses: new Map(files.map(({ name }) => [name, fileAddress(info.id, name, as)])),
      });
      takeLog(log);
      await readOrigin();
    } catch (error) {
      if (still()) Object.assign(pod, { fault: error.message, info: pod.info ?? null });
    }
  }

  /** The steps of a run are no commits, so what it does is read again while it is looked at. */
  async function readRuns() {
    const { info } = pod;
    if (!info?.id) return;
    const { runs } = await act('list_runs');
    if (pod.info?.id === info.id) pod.runs = runs;
  }

  /** Loads one page of tasks, because each change of the pod loads them anew: those that are not done, then the newest others. */
  async function tasksOf(ask) {
    const { tasks, next } = await ask('read_graph', { all: true, limit: MOST_TASKS });
    return { tasks: tasks.toSorted((a, b) => a.number - b.number), moreTasks: next !== undefined };
  }

  /** Loads as many pages of files as are shown. */
  async function filesOf(ask) {
    let { files, next } = await ask('list_files');
    for (let page = 1; page < pod.filePages && next !== undefined; page++) {
      const older = await ask('list_files', { after: next });
      files = [...files, ...older.files];
      next = older.next;
    }
    return { files, next };
  }

  async function readOlderFiles() {
    if (pod.olderFiles === undefined) return;
    const { files, next } = await act('list_files', { after: pod.olderFiles });
    pod.filePages += 1;
    pod.files = [...pod.files, ...files];
    pod.olderFiles = next;
    for (const { name } of files) pod.fileAddresses.set(name, fileAddress(pod.info.id, name, where().as));
  }

  /** Loads the newest part of the history: the commits since the last load, or the newest page. */
  function newestLog() {
    const last = pod.log.at(-1)?.seq;
    return last === undefined ? { limit: LOG_PAGE } : { from: last + 1, limit: 200 };
  }

  function takeLog({ history, next }) {
    if (pod.log.length === 0) pod.older = next;
    const known = new Set(pod.log.map(({ seq }) => seq));
    pod.log = [...pod.log, ...history.filter(({ seq }) => !known.has(seq))];
  }

  /** Loads the origin of the open task. */
  async function readOrigin() {
    const { openTask: id, info } = pod;
    if (id === undefined || !info?.id) return;
    const origin = await api.get(`pods/${info.id}/tasks/${id}`, { as: where().as });
    if (pod.openTask === id) pod.origin = { id, ...origin };
  }

  async function readOlder() {
    if (pod.older === undefined) return;
    const { history, next } = await act('pod_history', { ...pod.older, limit: LOG_PAGE });
    pod.older = next;
    pod.log = [...history, ...pod.log];
  }

  /** Searches, or ends the search. @param {string} query */
  async function look(query) {
    const words = query.trim();
    pod.found = words === '' ? undefined : { query: words, ...(await act('search_pod', { query: words, limit: 20 })) };
  }

  return pod;
}
