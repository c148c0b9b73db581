// The contract of every adapter, after the sentences of src/store/port.ts: one suite, run over each.

import { blobsContract } from './contract-blobs.ts';
import { bodiesContract } from './contract-bodies.ts';
import { type OpenData, openedStore } from './contract-data.ts';
import { documentsContract } from './contract-documents.ts';
import { modelContract } from './contract-model.ts';
import { queriesContract } from './contract-queries.ts';
import { searchContract } from './contract-search.ts';
import { writeAllContract } from './contract-write-all.ts';

/** `whole`: the store has writeAll. */
export function storeContract(name: string, open: OpenData, { whole }: { whole: boolean }): void {
  describe(`the ${name} store`, () => {
    const opened = openedStore(open);
    documentsContract(opened);
    queriesContract(opened);
    bodiesContract(opened);
    blobsContract(opened);
    searchContract(opened);
    if (whole) writeAllContract(opened);
    modelContract(opened);
  });
}
