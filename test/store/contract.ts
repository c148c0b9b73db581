// What every adapter of the store port must do, sentence by sentence of src/store/port.ts. One suite, run over each.

import { blobsContract } from './contract-blobs.ts';
import { bodiesContract } from './contract-bodies.ts';
import { documentsContract } from './contract-documents.ts';
import { modelContract } from './contract-model.ts';
import { type OpenPlace, openedStore } from './contract-place.ts';
import { queriesContract } from './contract-queries.ts';
import { searchContract } from './contract-search.ts';
import { writeAllContract } from './contract-write-all.ts';

/** `whole`: the store makes several writes as one. */
export function storeContract(name: string, open: OpenPlace, { whole }: { whole: boolean }): void {
  describe(`the ${name} store`, function () {
    this.timeout(60_000);
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
