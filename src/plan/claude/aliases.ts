import { compareText } from '../../model/place.js';

export type AliasKind = 'dag' | 'cand' | 'haz' | 'phase' | 'src';

/** Short names instead of ids: what the repository calls its things neither leaves nor comes back as an instruction. */
export interface Aliases {
  /** The alias of an id; undefined for an id that was not named. */
  of(kind: AliasKind, id: string): string | undefined;
  /** The id of an alias; undefined for an invented one. */
  id(kind: AliasKind, alias: string): string | undefined;
  /** A text with ids instead of aliases, and the aliases in it that were never given. */
  resolve(text: string): { text: string; unknown: string[] };
}

/** Numbers the ids of each kind in code unit order, so that the same graph always gives the same text. */
export function nameAliases(ids: Readonly<Record<AliasKind, readonly string[]>>): Aliases {
  const byId = new Map<string, string>();
  const byAlias = new Map<string, string>();
  for (const kind of ['dag', 'cand', 'haz', 'phase', 'src'] as const)
    [...new Set(ids[kind])].sort(compareText).forEach((id, index) => {
      const alias = `${kind}_${index + 1}`;
      byId.set(`${kind}:${id}`, alias);
      byAlias.set(alias, id);
    });
  return {
    of: (kind, id) => byId.get(`${kind}:${id}`),
    id: (kind, alias) => (alias.startsWith(`${kind}_`) ? byAlias.get(alias) : undefined),
    resolve(text) {
      const unknown: string[] = [];
      const resolved = text.replace(/\b(?:dag|cand|haz|phase|src)_\d+\b/g, (alias) => {
        const id = byAlias.get(alias);
        if (id === undefined) unknown.push(alias);
        return id ?? alias;
      });
      return { text: resolved, unknown };
    },
  };
}
