import type { ProviderClue, ProviderReleases, RepositoryFiles } from '../model/repository.js';
import { findClues } from './clue-files.js';
import { providerClueSources } from './provider-clues.js';
import type { ProviderFact } from './provider-clues.js';

/** What the project's own files say about the releases of Airflow's providers. */
export function detectProviders(files: RepositoryFiles, folders: readonly string[]): ProviderReleases {
  return collectProviders(findClues(files, folders, providerClueSources));
}

/** What facts of several files say together. */
export function collectProviders(found: readonly { readonly clue: readonly ProviderFact[]; readonly file: string }[]): ProviderReleases {
  const pins = new Map<string, ProviderClue[]>();
  let release: ProviderReleases['release'];
  for (const { clue: facts, file } of found) {
    for (const fact of facts) {
      if (fact.kind !== 'pin') release ??= { ...fact, file };
      else pins.set(fact.provider, [...(pins.get(fact.provider) ?? []), { ...fact.clue, file }]);
    }
  }
  return { pins, release };
}
