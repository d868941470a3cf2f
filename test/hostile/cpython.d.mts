export type Verdict = readonly [message: string, line: number] | null;
export interface Python {
  readonly version: readonly [number, number, number];
  judge(sources: readonly string[]): Promise<Verdict[]>;
  stop(): void;
}
export function findPython(): string | undefined;
export function startPython(command: string): Promise<Python>;
