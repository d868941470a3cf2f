/** Why CPython would refuse a file, and where; thrown by whatever finds it first, caught in `accept.ts`. */
export class Refusal extends Error {
  /** Offset into the source, in UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'Refusal';
    this.offset = offset;
  }
}
