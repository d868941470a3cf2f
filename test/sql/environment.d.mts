export function judgePython(say: (line: string) => void): string;
