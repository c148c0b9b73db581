// Lays out a graph in layers, from left to right: what comes first stands left. Pure and deterministic: the same graph has
// the same layout, in whatever order it is given.

export interface Graph {
  /** The numbers of the nodes. */
  nodes: readonly number[];
  /** `from` comes before `to`. Edges of nodes that are not given are left out. */
  edges: readonly Edge[];
}

export interface Edge {
  from: number;
  to: number;
}

/** A node, or a point through which a long edge passes a layer. */
interface Spot {
  key: string;
}

export interface Layout {
  /** The layer and the row of each node, from 0. */
  at: ReadonlyMap<number, { layer: number; row: number }>;
  /** For each edge the rows in which it passes the layers between its ends. */
  ways: ReadonlyMap<Edge, readonly number[]>;
  layers: number;
  rows: number;
}

/** Each sweep orders a layer by the layer before or after it. More hardly change anything. */
const SWEEPS = 6;

export function layered({ nodes, edges }: Graph): Layout {
  const sorted = [...new Set(nodes)].sort((a, b) => a - b);
  const known = new Set(sorted);
  const kept = edges
    .filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const layerOf = layersOf(sorted, kept);
  const spots: Spot[][] = [];
  const put = (layer: number, spot: Spot) => {
    spots[layer] ??= [];
    spots[layer].push(spot);
  };
  for (const number of sorted) put(layerOf.get(number) ?? 0, { key: `${number}` });
  const links: { from: string; to: string }[] = [];
  const passes = new Map<Edge, string[]>();
  for (const edge of kept) {
    const [first, last] = [layerOf.get(edge.from) ?? 0, layerOf.get(edge.to) ?? 0];
    const between = Array.from(
      { length: Math.max(0, last - first - 1) },
      (_, n) => `${edge.from}-${edge.to}@${first + n + 1}`,
    );
    for (const [n, key] of between.entries()) put(first + n + 1, { key });
    passes.set(edge, between);
    const chain = [`${edge.from}`, ...between, `${edge.to}`];
    for (const [n, key] of chain.slice(1).entries()) links.push({ from: chain[n] ?? '', to: key });
  }
  const rows = arranged(spots, links);
  return {
    at: new Map(sorted.map((number) => [number, { layer: layerOf.get(number) ?? 0, row: rows.get(`${number}`) ?? 0 }])),
    ways: new Map(kept.map((edge) => [edge, (passes.get(edge) ?? []).map((key) => rows.get(key) ?? 0)])),
    layers: spots.length,
    rows: Math.max(0, ...rows.values()) + 1,
  };
}

/** The longest way to a node is its layer. An edge that closes a circle, which a graph of tasks has not, is not followed. */
function layersOf(nodes: readonly number[], edges: readonly Edge[]): Map<number, number> {
  const before = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const those = before.get(to);
    if (those) those.push(from);
    else before.set(to, [from]);
  }
  const layers = new Map<number, number>();
  const entered = new Set<number>();
  for (const start of nodes) {
    const stack = layers.has(start) ? [] : [start];
    while (stack.length) {
      const node = stack.at(-1) as number;
      entered.add(node);
      const open = (before.get(node) ?? []).find((one) => !layers.has(one) && !entered.has(one));
      if (open !== undefined) {
        stack.push(open);
        continue;
      }
      const known = (before.get(node) ?? []).flatMap((one) => layers.get(one) ?? []);
      layers.set(node, known.length ? Math.max(...known) + 1 : 0);
      stack.pop();
    }
  }
  return layers;
}

/** Orders each layer by the middle of its neighbours, then gives the rows so that neighbours stand near each other. */
function arranged(
  spots: readonly (readonly Spot[])[],
  links: readonly { from: string; to: string }[],
): Map<string, number> {
  const left = new Map<string, string[]>();
  const right = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, other: string) => {
    const those = map.get(key);
    if (those) those.push(other);
    else map.set(key, [other]);
  };
  for (const { from, to } of links) {
    add(right, from, to);
    add(left, to, from);
  }
  let order = spots.map((layer) => [...layer]);
  const rows = new Map<string, number>();
  const number = () => {
    for (const layer of order) for (const [row, { key }] of layer.entries()) rows.set(key, row);
  };
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const neighbours = sweep % 2 ? right : left;
    const ways = sweep % 2 ? [...order.keys()].reverse() : [...order.keys()];
    for (const at of ways) {
      const layer = order[at] ?? [];
      const middles = new Map(layer.map(({ key }, row) => [key, middle(neighbours.get(key), rows) ?? row]));
      const next = layer
        .map((spot, row) => ({ spot, row, to: middles.get(spot.key) ?? row }))
        .sort((a, b) => a.to - b.to || a.row - b.row);
      order = order.with(
        at,
        next.map(({ spot }) => spot),
      );
      for (const [row, { spot }] of next.entries()) rows.set(spot.key, row);
    }
  }
  return spread(order, left, rows);
}

/** Moves a spot down to where its neighbours stand, as far as the spots above it leave it room to. */
function spread(order: readonly (readonly Spot[])[], left: ReadonlyMap<string, string[]>, rows: Map<string, number>) {
  const most = Math.max(0, ...order.map((layer) => layer.length));
  for (const layer of order) {
    let free = 0;
    for (const [n, { key }] of layer.entries()) {
      const wanted = Math.round(middle(left.get(key), rows) ?? free);
      const row = Math.min(Math.max(free, wanted), Math.max(free, most - (layer.length - n)));
      rows.set(key, row);
      free = row + 1;
    }
  }
  return rows;
}

function middle(neighbours: readonly string[] | undefined, rows: ReadonlyMap<string, number>): number | undefined {
  if (!neighbours?.length) return undefined;
  return neighbours.reduce((sum, one) => sum + (rows.get(one) ?? 0), 0) / neighbours.length;
}

/**
 * Returns the edges without those that follow from others: where 3 comes before 2 and 2 before 1, nobody needs an arrow from
 * 3 to 1.
 */
export function reduced(edges: readonly Edge[]): Edge[] {
  const after = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const those = after.get(from);
    if (those) those.push(to);
    else after.set(from, [to]);
  }
  const reach = new Map<number, Set<number>>();
  const reached = (node: number): Set<number> => {
    const known = reach.get(node);
    if (known) return known;
    const all = new Set<number>();
    // Set before it is filled, so that a circle ends.
    reach.set(node, all);
    for (const next of after.get(node) ?? []) {
      all.add(next);
      for (const far of reached(next)) all.add(far);
    }
    return all;
  };
  return edges.filter(({ from, to }) => !(after.get(from) ?? []).some((next) => next !== to && reached(next).has(to)));
}
