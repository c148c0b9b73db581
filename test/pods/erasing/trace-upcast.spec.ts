import { expect } from 'chai';
import { evolveTrace, type TraceChange, type TraceDoc } from '../../../src/pods/erasing/traces/trace.ts';
import { upcastTrace, upcastTraceChange } from '../../../src/pods/erasing/traces/trace-upcast.ts';

describe('a trace from when each thing had one of its own', () => {
  const thing = { on: 'notes', id: 'n' };
  const about = { who: 'person:ben', from: { on: 'messages', id: 'm' } };
  const meta = {} as never;
  const found = { v: 1, on: 'traces', id: 't', type: 'trace_found', ...about, thing, by: 'agent:scribe' } as never;

  it('is a trace of one thing, also where its file came with the text', () => {
    const doc = { ...about, thing, by: 'agent:scribe', among: 3, place: 1, state: 'offered' } as unknown as TraceDoc;
    expect(upcastTrace(doc)).to.deep.equal({ ...about, things: [{ ...thing, by: 'agent:scribe' }], state: 'offered' });
    const kept = { ...about, thing, by: 'skein', came: true, state: 'kept' } as unknown as TraceDoc;
    expect(upcastTrace(kept).things).to.deep.equal([{ ...thing, by: 'skein', came: true, as: 'kept' }]);
    const now = upcastTrace(kept);
    expect(upcastTrace(now)).to.equal(now);
  });

  it('is made again from its commits, and is settled as a whole', () => {
    const doc = evolveTrace(undefined, upcastTraceChange(found), meta) as TraceDoc;
    expect(doc.things).to.deep.equal([{ ...thing, by: 'agent:scribe' }]);
    const settled = { v: 1, on: 'traces', id: 't', type: 'trace_settled', as: 'forgotten' } as TraceChange;
    expect(evolveTrace(doc, upcastTraceChange(settled), meta)).to.deep.equal({
      ...about,
      things: [{ ...thing, by: 'agent:scribe', as: 'forgotten' }],
      state: 'forgotten',
    });
  });
});
