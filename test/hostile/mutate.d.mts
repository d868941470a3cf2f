import type { Arbitrary } from 'fast-check';

export interface Edit {
  readonly kind: string;
  readonly at: number;
  readonly to: number;
  readonly word: number;
}
export function mutation(files: number): Arbitrary<{ file: number; edits: Edit[] }>;
export function mutate(source: string, edits: readonly Edit[]): string;
