import type { PathResource } from './resource.js';

interface Store {
  kind: PathResource['kind'];
  /** The scheme that all spellings come down to. */
  scheme: string;
}

const stores: Readonly<Record<string, Store>> = {
  s3: { kind: 's3', scheme: 's3' },
  s3a: { kind: 's3', scheme: 's3' },
  s3n: { kind: 's3', scheme: 's3' },
  gs: { kind: 'gcs', scheme: 'gs' },
  gcs: { kind: 'gcs', scheme: 'gs' },
  wasb: { kind: 'azure_blob', scheme: 'azure' },
  wasbs: { kind: 'azure_blob', scheme: 'azure' },
  abfs: { kind: 'azure_blob', scheme: 'azure' },
  abfss: { kind: 'azure_blob', scheme: 'azure' },
  azure: { kind: 'azure_blob', scheme: 'azure' },
  adl: { kind: 'azure_blob', scheme: 'azure' },
  adls: { kind: 'azure_blob', scheme: 'azure' },
  hdfs: { kind: 'file', scheme: 'hdfs' },
  sftp: { kind: 'file', scheme: 'sftp' },
  ftp: { kind: 'file', scheme: 'ftp' },
  smb: { kind: 'file', scheme: 'smb' },
  oss: { kind: 'object', scheme: 'oss' },
  dbfs: { kind: 'file', scheme: 'dbfs' },
  gdrive: { kind: 'object', scheme: 'gdrive' },
  gsheet: { kind: 'object', scheme: 'gsheet' },
};

/** A bucket, or a host, and what lies in it. `scheme` may be any spelling: `s3a` is `s3`. */
export function storedObject(scheme: string, bucket: string, path: string): PathResource | undefined {
  const store = Object.hasOwn(stores, scheme) ? stores[scheme] : undefined;
  if (!store) return undefined;
  const isAzure = store.kind === 'azure_blob';
  const container = isAzure ? bucket.replace(/@.*$/, '') : bucket;
  return { form: 'path', kind: store.kind, root: `${store.scheme}://${container}`, path: tidy(path) };
}

/** An address as it is written; undefined when it is none of a store or of a file. Query and fragment are no part of it. */
export function pathOfUri(uri: string): PathResource | undefined {
  const azure = /^https:\/\/\w+\.(?:blob|dfs)\.core\.windows\.net\/([^/]+)\/?(.*)$/s.exec(uri);
  if (azure) return storedObject('azure', azure[1] ?? '', azure[2] ?? '');
  const match = /^([a-z][a-z0-9]*):\/\/([^/]*)\/?(.*)$/is.exec(uri);
  if (!match) return uri.startsWith('/') ? localFile(uri) : undefined;
  const [, scheme = '', host = '', path = ''] = match;
  if (scheme.toLowerCase() === 'file') return localFile(`/${path.replace(/^\/+/, '')}`);
  return storedObject(scheme.toLowerCase(), host.replace(/^[^@]*@(?=.*)/, (user) => (scheme.startsWith('ab') || scheme.startsWith('wa') ? user : '')), path);
}

/** A file on the disk of whoever runs the task. */
export function localFile(path: string): PathResource {
  return { form: 'path', kind: 'file', root: '', path: tidy(path) };
}

/** One leading slash, none doubled, no end that only says "all below": `p/`, `p/*` and `p` are the same place. */
function tidy(path: string): string {
  const single = `/${path}`.replace(/\/{2,}/g, '/').replace(/\/\.\//g, '/');
  const below = single.replace(/\/\*+$/, '/');
  return below.length > 1 ? below.replace(/\/+$/, '') : '';
}

/** The parts of a path. */
export function segmentsOf({ path }: PathResource): string[] {
  return path.split('/').filter((part) => part !== '');
}
