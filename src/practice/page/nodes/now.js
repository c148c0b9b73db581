// The time on Skein's clock, which in the practice workspace can be moved forward. Every day and time on the page is read from it.

let aheadMs = 0;

/** @param {number} serverMs what Skein's clock says now, in ms since 1970 */
export function setClock(serverMs) {
  aheadMs = serverMs - Date.now();
}

export const now = () => new Date(Date.now() + aheadMs);
