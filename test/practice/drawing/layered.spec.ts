import { expect } from 'chai';
import fc from 'fast-check';
import { type Edge, layered, reduced } from '../../../src/practice/drawing/layered.ts';

/** Graphs without circles: an edge goes from a smaller number to a larger one. */
const graphs = fc.integer({ min: 1, max: 25 }).chain((most) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most })), { maxLength: 60 })
    .map((pairs) => ({
      nodes: Array.from({ length: most }, (_, n) => n + 1),
      edges: [...new Set(pairs.filter(([a, b]) => a < b).map(([a, b]) => `${a} ${b}`))].map((pair): Edge => {
        const [from = 0, to = 0] = pair.split(' ').map(Number);
        return { from, to };
      }),
    })),
);

const reach = (edges: readonly Edge[]) => {
  const found = new Set(edges.map(({ from, to }) => `${from} ${to}`));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const one of [...found]) {
      const [a, b] = one.split(' ');
      for (const { from, to } of edges) if (`${from}` === b) found.add(`${a} ${to}`);
    }
  }
  return [...found].sort();
};

describe('a graph in layers', () => {
  it('has each node once, and every edge goes to the right', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const { at, layers, rows } = layered({ nodes, edges });
        expect([...at.keys()].sort((a, b) => a - b)).to.deep.equal(nodes);
        for (const { from, to } of edges) expect(at.get(from)?.layer).to.be.below(at.get(to)?.layer ?? 0);
        for (const { layer, row } of at.values()) expect([layer < layers, row < rows]).to.deep.equal([true, true]);
      }),
    );
  });

  it('puts nothing on top of another, and leads no edge through a node', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const { at, ways } = layered({ nodes, edges });
        const places = [
          ...[...at.values()].map(({ layer, row }) => `${layer}/${row}`),
          ...[...ways].flatMap(([{ from }, rows]) =>
            rows.map((row, n) => `${(at.get(from)?.layer ?? 0) + n + 1}/${row}`),
          ),
        ];
        expect(new Set(places).size).to.equal(places.length);
      }),
    );
  });

  it('is the same in whatever order it is given', () => {
    fc.assert(
      fc.property(graphs, fc.integer(), ({ nodes, edges }, seed) => {
        const mixed = <T>(all: readonly T[]) =>
          [...all].sort((a, b) => ((JSON.stringify(a).length * 7 + seed) % 3) - ((JSON.stringify(b).length * 5) % 3));
        const one = layered({ nodes, edges });
        const other = layered({ nodes: mixed([...nodes].reverse()), edges: mixed([...edges].reverse()) });
        expect([...other.at]).to.deep.equal([...one.at]);
        expect([...other.ways]).to.deep.equal([...one.ways]);
      }),
    );
  });

  it('ends also where the edges make a circle, which the log does not allow', () => {
    const edges = [
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 1 },
      { from: 4, to: 4 },
    ];
    expect(layered({ nodes: [1, 2, 3, 4], edges }).at.size).to.equal(4);
    expect(reduced(edges)).to.be.an('array');
  });

  it('leaves out edges that follow from others, and nothing that they said', () => {
    expect(
      reduced([
        { from: 1, to: 2 },
        { from: 2, to: 3 },
        { from: 1, to: 3 },
      ]),
    ).to.deep.equal([
      { from: 1, to: 2 },
      { from: 2, to: 3 },
    ]);
    fc.assert(
      fc.property(graphs, ({ edges }) => {
        expect(reach(reduced(edges))).to.deep.equal(reach(edges));
      }),
    );
  });
});
