import type { Repository, RepositoryFiles } from '../../src/model/repository.js';
import { compareText } from '../../src/model/place.js';
import type { SourceOptions } from './graph.js';

/** A repository that lies in memory: every `.py` file of its root folder `` is a DAG file unless it is in a package. */
export function memoryRepository(files: Readonly<Record<string, string>>, options: SourceOptions): Repository {
  const names = Object.keys(files).sort(compareText);
  const folders = new Set(names.flatMap((name) => name.split('/').slice(0, -1).map((_part, index, parts) => parts.slice(0, index + 1).join('/'))));
  const access: RepositoryFiles = {
    read: (file) => (Object.hasOwn(files, file) ? new TextEncoder().encode(files[file]) : undefined),
    kind: (path) => (Object.hasOwn(files, path) ? 'file' : folders.has(path) || path === '' ? 'directory' : undefined),
    list: (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = [...names, ...folders].filter((name) => name.startsWith(prefix) && name.length > prefix.length);
      return [...new Set(inside.map((name) => name.slice(prefix.length).split('/')[0] ?? ''))].sort(compareText);
    },
  };
  return {
    name: 'memory',
    dagsRoot: '',
    dagFiles: names.filter((name) => name.endsWith('.py') && !name.includes('/')),
    skippedFiles: [],
    unreadable: [],
    importRoots: [''],
    files: access,
    airflowVersion: { version: options.airflowVersion ?? '3.2.2', source: 'option', detail: '' },
    providers: options.providers,
    inputs: {
      variables: new Map(Object.entries(options.variables ?? {})),
      environment: new Map(Object.entries(options.environment ?? {})),
      connections: new Map(),
    },
  };
}
