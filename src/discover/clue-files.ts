import type { RepositoryFiles } from '../model/repository.js';

/** Folders in which a project keeps what pins its Airflow and its Python. */
export const clueFolders: readonly string[] = ['', 'requirements', 'docker', 'airflow', '.devcontainer'];

/** Files that may say something, by their path from the root, and how it is read out of their text. */
interface ClueSource<Clue, Source> {
  readonly path: RegExp;
  readonly source: Source;
  readonly find: (text: string) => Clue | undefined;
}

interface FoundClue<Clue, Source> {
  readonly clue: Clue;
  readonly file: string;
  readonly source: Source;
}

/** What the files of the folders say: folder by folder, in each in the order of the sources. */
export function findClues<Clue, Source>(
  files: RepositoryFiles,
  folders: readonly string[],
  sources: readonly ClueSource<Clue, Source>[],
): FoundClue<Clue, Source>[] {
  return folders.flatMap((folder) => {
    const names = files.list(folder === '' ? '.' : folder) ?? [];
    const candidates = names.map((name) => (folder === '' ? name : `${folder}/${name}`));
    return sources.flatMap(({ path, source, find }) =>
      candidates
        .filter((file) => path.test(file))
        .flatMap((file) => {
          const bytes = files.kind(file) === 'file' ? files.read(file) : undefined;
          const clue = bytes && find(new TextDecoder().decode(bytes));
          return clue ? [{ clue, file, source }] : [];
        }),
    );
  });
}
