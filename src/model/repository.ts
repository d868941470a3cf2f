import type { AirflowVersion, DeploymentPython, ImportError } from './graph.js';

/** Read-only access to the analysed repository, relative to its root with `/`, never outside it. */
export interface RepositoryFiles {
  /** The bytes of a file, or undefined when it isn't a readable file inside the repository. */
  read(file: string): Uint8Array | undefined;
  /** What a path is; undefined when it doesn't exist inside the repository. */
  kind(path: string): 'file' | 'directory' | undefined;
  /** Names in a folder, sorted by code unit; undefined when it isn't a readable folder. */
  list(folder: string): string[] | undefined;
}

/** What the user gave (or the repository ships) for values that the code reads while it is parsed. */
export interface RepositoryInputs {
  /**
   * Airflow Variables by key; a value that isn't text is the JSON value of the export. What JSON's numbers can't say
   * stands as `{$float: "1"}` or `{$int: "..."}`, a secret that was dropped as `{$redacted: true}`.
   */
  variables: ReadonlyMap<string, unknown>;
  environment: ReadonlyMap<string, string>;
  /** Ids of connections that exist, with their types (empty where that isn't known). */
  connections: ReadonlyMap<string, string>;
  /** Environment variables that exist and whose values were dropped because they are secrets. */
  secretNames?: ReadonlySet<string> | undefined;
  /** What an `airflow.cfg` of the repository says, by `section.key`; undefined where there is none. */
  configuration?: { readonly file: string; readonly options: ReadonlyMap<string, string> } | undefined;
  /** Files of the repository that values were found in, by `variable NAME` or `environment NAME`. */
  origins?: ReadonlyMap<string, string> | undefined;
}

/** What a file says about the release of a provider package. */
export interface ProviderClue {
  /** As PEP 440 or Poetry writes it: `==4.13.3`, `>=4,<5`, `^4.1`. */
  readonly specifier: string;
  readonly file: string;
  readonly line: number;
}

/** What the files of a repository say about the releases of Airflow's provider packages. */
export interface ProviderReleases {
  /** By the provider's name, as in `apache-airflow-providers-NAME`. */
  readonly pins: ReadonlyMap<string, readonly ProviderClue[]>;
  /** The Airflow release whose constraints, or whose own image, choose what isn't pinned. */
  readonly release?: { readonly kind: 'constraints' | 'image'; readonly airflow: string; readonly file: string; readonly line: number } | undefined;
}

/** A repository of DAG files, found and ready to be evaluated. */
export interface Repository {
  /** Absolute path of the root, for threads that open it again; undefined for a repository that lies in memory. */
  location?: string | undefined;
  /** Base name of the root folder: the name in documents and reports. */
  name: string;
  /** Folder that Airflow would call `dags_folder`, relative to the root; `` is the root itself. */
  dagsRoot: string;
  /** Files that Airflow would read for DAGs (after .airflowignore and safe mode), sorted, relative to the root. */
  dagFiles: readonly string[];
  /** Files that Airflow would not read for DAGs although they are Python (safe mode or ignore file). */
  skippedFiles: readonly string[];
  /** Files that can't be read at all. */
  unreadable: readonly ImportError[];
  /** Python files without a byte in them, packages' `__init__.py` aside: most likely not what somebody meant. */
  emptyFiles?: readonly string[] | undefined;
  /** Folders, relative to the root, in which absolute imports resolve, in order (dags folder, plugins, root, src). */
  importRoots: readonly string[];
  /** The package that the root folder is, when it is one of Airflow's own (`airflow.example_dags`). */
  ownPackage?: string | undefined;
  files: RepositoryFiles;
  airflowVersion: AirflowVersion;
  /** Undefined where nobody asked: the one that the parser takes by itself. */
  pythonVersion?: DeploymentPython | undefined;
  inputs: RepositoryInputs;
  /** Whether the requirements of the repository ask for the package `virtualenv`, which Airflow's own code looks for. */
  asksForVirtualenv?: boolean | undefined;
  /** Undefined where nobody looked. */
  providers?: ProviderReleases | undefined;
}
