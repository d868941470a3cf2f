/** Hazards that a DAG can have one by one and still move, but not together: no standing answer meets the pair. */
export const clockBound: readonly { rules: readonly string[]; reason: string }[] = [
  {
    rules: ['H10', 'H26'],
    reason:
      'Its runs build on the run before and append without a key: a second start, or one out of order, writes the data twice. It can move once the write has a key.',
  },
];
