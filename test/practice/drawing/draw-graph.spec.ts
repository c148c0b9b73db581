import { expect } from 'chai';
import { drawGraph, type Element, inWords } from '../../../src/practice/drawing/draw-graph.ts';
import { type DrawnTask, limited, readGraph } from '../../../src/practice/drawing/graph.ts';

const aTask = (number: number, more: object = {}): DrawnTask =>
  readGraph.parse({ tasks: [{ id: `t${number}`, number, title: `Task ${number}`, is: 'ready', ...more }] })
    .tasks[0] as DrawnTask;

const parts = (svg: Element, what: string) =>
  svg.children.filter(
    (one): one is Element => typeof one !== 'string' && (one.attrs.class ?? '').split(' ').includes(what),
  );

describe('the graph of tasks, drawn', () => {
  it('has a box for each task with an edge, in words and with a sign for its state, and says how many stand alone', () => {
    const drawing = drawGraph([
      aTask(1, { title: 'Order 400 boxes for the fair in Oslo', assigneeName: 'Ben', is: 'started' }),
      aTask(2, { is: 'waits', depends_on: [1], waits_for: '#1' }),
      aTask(3, { part_of: 2 }),
      aTask(4),
      aTask(5, { is: 'done' }),
    ]);
    const { svg, alone, drawn } = drawing ?? expect.fail('nothing drawn');
    expect([drawn, alone]).to.deep.equal([3, 1]);
    const boxes = parts(svg, 'graph-task');
    const all = [...boxes, ...parts(svg, 'graph-frame')].sort((a, b) => (a.key ?? '').localeCompare(b.key ?? ''));
    expect(all.map(({ attrs }) => attrs['data-task'])).to.deep.equal(['t1', 't2', 't3']);
    expect(all.map(({ attrs }) => attrs['data-words'])).to.deep.equal([
      '#1 Order 400 boxes for the fair in Oslo: in progress, with Ben',
      '#2 Task 2: waits for #1, with nobody yet',
      '#3 Task 3: can begin, with nobody yet, a part of #2',
    ]);
    expect(JSON.stringify(boxes[0])).to.contain('"#1 Order 400 boxes for…"');
    expect(new Set(all.map((one) => JSON.stringify(parts(one, 'mark')))).size, 'signs').to.equal(3);
    expect(parts(svg, 'edge').map(({ key, attrs }) => [key, attrs.class])).to.deep.equal([['waits 1 2', 'edge waits']]);
  });

  it('draws what is over only beside what it was waited for', () => {
    const drawing = drawGraph([
      aTask(1, { is: 'done' }),
      aTask(2, { is: 'done', depends_on: [1] }),
      aTask(3, { depends_on: [2] }),
    ]);
    expect(drawing?.drawn).to.equal(2);
    expect(drawGraph([aTask(1, { is: 'done' }), aTask(2, { is: 'done', depends_on: [1] }), aTask(3)])).to.equal(
      undefined,
    );
  });

  it('draws in an open whole the order of its parts that are done, too', () => {
    const drawing = drawGraph([
      aTask(1),
      aTask(2, { is: 'done', part_of: 1 }),
      aTask(3, { is: 'done', part_of: 1, depends_on: [2] }),
      aTask(4, { part_of: 1, depends_on: [3] }),
    ]);
    const edges = drawing ? parts(drawing.svg, 'edge').map(({ key }) => key) : [];
    expect(edges).to.have.members(['waits 2 3', 'waits 3 4']);
  });

  it('frames the parts of each whole, whose names leave out what the whole says', () => {
    const drawing = drawGraph([
      aTask(1, { title: 'Slides: week 49' }),
      aTask(2, { title: 'Collect: week 49', part_of: 1 }),
      aTask(3, { title: 'Draft: week 49', part_of: 1, depends_on: [2] }),
      aTask(4, { title: 'Slides: week 50' }),
      aTask(5, { title: 'Collect: week 50', part_of: 4, depends_on: [3] }),
      aTask(6, { title: 'Find a photo', part_of: 3 }),
    ]);
    const { svg } = drawing ?? expect.fail('nothing drawn');
    const at = ({ attrs, children }: Element) => {
      const [x = 0, y = 0] = (attrs.transform ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
      const rect = children.find((one): one is Element => typeof one !== 'string' && one.tag === 'rect');
      return { x, y, right: x + Number(rect?.attrs.width), low: y + Number(rect?.attrs.height) };
    };
    const frames = parts(svg, 'graph-frame');
    const boxes = parts(svg, 'graph-task');
    expect(frames.map(({ key }) => key)).to.deep.equal(['t1', 't4']);
    const holds = (frame: Element) =>
      boxes
        .filter((box) => {
          const [a, b] = [at(frame), at(box)];
          return a.x < b.x && a.y < b.y && a.right > b.right && a.low > b.low;
        })
        .map(({ key }) => key);
    expect(frames.map(holds)).to.deep.equal([['t2', 't3', 't6'], ['t5']]);
    expect(parts(svg, 'edge').map(({ key }) => key)).to.deep.equal(['waits 2 3', 'waits 3 5', 'part 6 3']);
    expect(JSON.stringify(boxes[0])).to.contain('"#2 Collect"');
    expect(at(boxes.find(({ key }) => key === 't5') as Element).x, 'right of what it waits for').to.be.above(
      at(boxes.find(({ key }) => key === 't3') as Element).right,
    );
  });

  it('is limited to a whole with its parts, or to a person with what stands beside it', () => {
    const all = [
      aTask(1),
      aTask(2, { part_of: 1, assigneeName: 'Ben' }),
      aTask(3, { depends_on: [2] }),
      aTask(4, { depends_on: [3] }),
    ];
    const numbers = (only: object) => limited(all, only).map(({ number }) => number);
    expect(numbers({})).to.deep.equal([1, 2, 3, 4]);
    expect(numbers({ whole: 1 })).to.deep.equal([1, 2]);
    expect(numbers({ person: 'Ben' })).to.deep.equal([1, 2, 3]);
    expect(numbers({ whole: 9 })).to.deep.equal([]);
  });

  it('draws two hundred tasks with a thousand edges in less than a second', () => {
    const tasks = Array.from({ length: 200 }, (_, n) =>
      aTask(n + 1, {
        is: n ? 'waits' : 'ready',
        depends_on: [1, 2, 3, 5, 8].map((back) => n + 1 - back).filter((one) => one > 0),
      }),
    );
    const began = process.cpuUsage();
    expect(drawGraph(tasks)?.drawn).to.equal(200);
    expect(process.cpuUsage(began).user / 1000).to.be.below(1000);
  });

  it('says of a review how it stands', () => {
    const review = 'in review by Ben, round 1 of 3';
    expect(inWords(aTask(1, { is: 'review', review, due: '2026-12-01' }))).to.equal(
      `#1 Task 1: ${review}, with nobody yet, due 2026-12-01`,
    );
  });
});
