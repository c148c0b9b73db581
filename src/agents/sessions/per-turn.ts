// Results that are made once for each turn: each step of a run looks through the whole transcript, and a saved turn never changes.

/** Returns the same function. It calls `make` once for each turn, and then returns the same result, which nobody may change. */
export function perTurn<Turn extends object, Result>(make: (turn: Turn) => Result): (turn: Turn) => Result {
  const made = new WeakMap<Turn, { result: Result }>();
  return (turn) => {
    const known = made.get(turn) ?? { result: make(turn) };
    made.set(turn, known);
    return known.result;
  };
}
