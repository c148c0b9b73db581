import { expect } from 'chai';
import { drawGraph, type Element, inWords } from '../../../src/practice/drawing/draw-graph.ts';
import { type DrawnTask, readGraph } from '../../../src/practice/drawing/graph.ts';

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
    expect(boxes.map(({ attrs }) => attrs['data-task'])).to.deep.equal(['t1', 't2', 't3']);
    expect(boxes.map(({ attrs }) => attrs['data-words'])).to.deep.equal([
      '#1 Order 400 boxes for the fair in Oslo: in progress, with Ben',
      '#2 Task 2: waits for #1, with nobody yet',
      '#3 Task 3: can begin, with nobody yet, a part of #2',
    ]);
    expect(JSON.stringify(boxes[0])).to.contain('"#1 Order 400 boxes for…"');
    expect(new Set(boxes.map((one) => JSON.stringify(parts(one, 'mark')))).size, 'signs').to.equal(3);
    expect(parts(svg, 'edge').map(({ key, attrs }) => [key, attrs.class])).to.deep.equal([
      ['waits 1 2', 'edge waits'],
      ['part 3 2', 'edge part'],
    ]);
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
