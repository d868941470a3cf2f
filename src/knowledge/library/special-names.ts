import { createRequire } from 'node:module';

const table = createRequire(import.meta.url)('./special-names.json') as { types: Readonly<Record<string, readonly string[]>> };

/** Whether CPython's builtin class has a special method or attribute, among those that `object` lacks or has. */
export function hasSpecialName(type: string, name: string): boolean {
  return table.types[type]?.includes(name) ?? false;
}
