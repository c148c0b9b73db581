import { expect } from 'chai';
import { lateModel } from '../../../src/agents/model/late-model.ts';
import type { Model, ModelRequest, ModelTurn } from '../../../src/agents/model/model.ts';

const request = { model: 'claude' } as ModelRequest;
const turn: ModelTurn = {
  content: '[]',
  stopReason: 'end_turn',
  usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
};

describe('a model that is loaded late', () => {
  it('is loaded at the first turn, and once', async () => {
    const asked: ModelRequest[] = [];
    let loads = 0;
    const model: Model = lateModel(async () => {
      loads += 1;
      return {
        turn: async (one) => {
          asked.push(one);
          return turn;
        },
      };
    });
    expect(loads).to.equal(0);
    expect(await Promise.all([model.turn(request), model.turn(request)])).to.deep.equal([turn, turn]);
    expect(loads).to.equal(1);
    expect(asked).to.deep.equal([request, request]);
  });
});
