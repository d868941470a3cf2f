import { operatorNamed, type OperatorResource } from '../../../knowledge/operators-io.js';
import type { ArgumentValue, Task } from '../../../model/graph.js';
import { readTexts } from '../../argument.js';
import { typedText, type KnownParams } from '../../template/holes.js';
import { localFile, pathOfUri, storedObject } from '../paths.js';
import { isTelling, type Access, type Found, type WriteKind } from '../resource.js';
import { tableNamed } from '../table-name.js';
import { sessionOfTask } from './session.js';

/** What a row of the operator table says about a task's arguments. */
export function argumentAccesses(task: Task, params: KnownParams): Access[] {
  const row = [task.operator, ...task.operator_bases].map(operatorNamed).find((each) => each !== undefined);
  if (!row) return [];
  const access = (direction: Access['direction'], resource: OperatorResource): Access[] =>
    resourcesOf(task, resource, params).map((found) => ({
      direction, found, how: 'argument', confidence: 'high', reasons: [`by the arguments ${resource.kwargs.join(' and ')} of ${row.class}`],
      place: { file: task.file, line: task.line }, text: `${task.operator}(${resource.kwargs.join(', ')})`,
      ...(direction === 'write' && { write: writeOf(resource.kind) }),
    }));
  const transfer = transferDirection(task);
  const inputs = transfer === 'put' ? row.inputs.filter(isLocal) : transfer === 'get' ? row.inputs.filter((each) => !isLocal(each)) : row.inputs;
  const outputs = transfer === 'put' ? row.outputs.filter((each) => !isLocal(each)) : transfer === 'get' ? row.outputs.filter(isLocal) : row.outputs;
  const own = [...inputs.flatMap((each) => access('read', each)), ...outputs.flatMap((each) => access('write', each))];
  // What a request asks for it doesn't change, and what it sends it doesn't ask for.
  return row.class.endsWith('HttpOperator') ? own.filter(({ direction }) => (direction === 'read') === isAsking(task)) : own;
}

function isAsking(task: Task): boolean {
  const method = task.arguments['method'];
  return typeof method === 'string' && ['GET', 'HEAD'].includes(method.toUpperCase());
}

/** SFTP and FTP transfers name both sides, and which way they go. */
function transferDirection(task: Task): 'put' | 'get' | undefined {
  if (!['SFTPOperator', 'FTPFileTransmitOperator', 'FTPSFileTransmitOperator'].some((name) => task.operator === name || task.operator_bases.includes(name))) return undefined;
  const operation = task.arguments['operation'];
  return typeof operation === 'string' && operation.toLowerCase() === 'get' ? 'get' : 'put';
}

function isLocal({ kwargs }: OperatorResource): boolean {
  return kwargs.includes('local_filepath');
}

function writeOf(kind: string): WriteKind {
  return kind.endsWith('_delete') ? 'delete' : 'unknown';
}

/** The resources that the arguments name: each member of a list is one. Nothing where an argument isn't known. */
function resourcesOf(task: Task, resource: OperatorResource, params: KnownParams): Found[] {
  const values = resource.kwargs.map((name) => textsOf(task.arguments[name], params));
  const last = values.at(-1) ?? [];
  if (last.length === 0 && resource.kwargs.length > 0) return [];
  // A row without arguments names a service as a whole.
  return (resource.kwargs.length === 0 ? [''] : last.slice(0, mostMembers)).flatMap((text) => {
    const texts = Object.fromEntries(resource.kwargs.map((name, index) => [name, index === values.length - 1 ? text : values[index]?.[0]]));
    const found = foundOf(resource, texts, { task, params });
    return found && isTelling(found) ? [found] : [];
  });
}

/** Longer lists are made by programs; the first members already say where the data lies. */
const mostMembers = 50;

function textsOf(value: ArgumentValue | undefined, params: KnownParams): string[] {
  const reading = readTexts(value);
  return reading.kind === 'texts' ? reading.texts.map((text) => typedText(text, params)) : [];
}

type Texts = Readonly<Record<string, string | undefined>>;
type Place = { task: Task; params: KnownParams };
type Maker = (resource: OperatorResource, texts: Texts, place: Place) => Found | undefined;

const inStore: Maker = ({ kwargs, uri_template: template }, texts) => {
  const key = texts[kwargs.at(-1) ?? ''] ?? '';
  if (key.includes('://')) return pathOfUri(key);
  const [first = '', second] = kwargs;
  const scheme = /^(\w+):\/\//.exec(template)?.[1] ?? '';
  if (second === undefined) return scheme === '' ? undefined : storedObject(scheme, ...splitFirst(key));
  const bucket = texts[first];
  return bucket === undefined ? undefined : storedObject(scheme, bucket.replace(/^\w+:\/\//, ''), key);
};

function splitFirst(text: string): [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, ''] : [text.slice(0, slash), text.slice(slash + 1)];
}

const bigquery: Maker = ({ kwargs }, texts, { task, params }) => {
  const parts = kwargs.map((name) => texts[name]);
  const [project, ...rest] = parts;
  const known = parts.length === 3 && project === undefined ? rest : parts;
  if (known.some((part) => part === undefined)) return undefined;
  return tableNamed(known.join('.'), { ...sessionOfTask(task, params), system: 'bigquery', schema: undefined });
};

const table: Maker = ({ kwargs }, texts, { task, params }) => {
  const names = kwargs.filter((name) => !/conn_id$/.test(name)).map((name) => texts[name]);
  const known = names.filter((name) => name !== undefined);
  const connection = kwargs.find((name) => name.endsWith('conn_id'));
  const session = sessionOfTask(task, params);
  const own = session.system !== null && connection !== undefined && /^(?:hive|mysql|trino|presto|teradata|postgres|mssql|redshift|snowflake)/.exec(connection);
  const system = own ? systemOfArgument(connection) : session.system;
  const given = connection === undefined ? session.connection : (texts[connection] ?? fallbackOf(connection));
  if (known.length === 0 || names.at(-1) === undefined) return undefined;
  return tableNamed(known.join('.'), { system, connection: given });
};

function systemOfArgument(argument: string) {
  const [name = ''] = argument.split('_');
  const systems = { hive: 'hive', mysql: 'mysql', trino: 'trino', presto: 'trino', teradata: 'teradata', postgres: 'postgres', mssql: 'mssql', redshift: 'redshift', snowflake: 'snowflake' } as const;
  return Object.hasOwn(systems, name) ? systems[name as keyof typeof systems] : null;
}

/** Airflow's name for the connection that is used when none is given. */
function fallbackOf(argument: string): string | null {
  return systemOfArgument(argument) === null ? null : argument.replace(/_conn_id$/, '_default');
}

const named =
  (kind: 'topic' | 'queue' | 'http' | 'job' | 'index'): Maker =>
  (resource, texts) => {
    const name = resource.uri_template.replace(/\{(\w+)\}/g, (_, key: string) => texts[key] ?? '');
    return { form: 'named', kind, name: name.replace(/([^:])\/{2,}/g, '$1/') };
  };

/** A file on a server: `{connection}/{path}`; the connection is the server. */
const onServer =
  (scheme: string): Maker =>
  ({ kwargs }, texts) => {
    const path = texts[kwargs.at(-1) ?? ''] ?? '';
    const connection = kwargs.length > 1 ? (texts[kwargs[0] ?? ''] ?? `${scheme}_default`) : `${scheme}_default`;
    return storedObject(scheme, connection, path);
  };

const file: Maker = ({ kwargs }, texts) => {
  const path = texts[kwargs.at(-1) ?? ''] ?? '';
  return path.includes('://') ? pathOfUri(path) : path.startsWith('/') ? localFile(path) : undefined;
};

const remoteOrLocal: Maker = (resource, texts, { task, params }) => {
  if (isLocal(resource)) return file(resource, texts, { task, params });
  const scheme = task.operator.startsWith('SFTP') || task.operator_bases.includes('SFTPOperator') ? 'sftp' : 'ftp';
  const [connection] = ['ssh_conn_id', 'sftp_conn_id', 'ftp_conn_id'].flatMap((name) => textsOf(task.arguments[name], params));
  return storedObject(scheme, connection ?? `${scheme}_default`, texts[resource.kwargs.at(-1) ?? ''] ?? '');
};

/** By the kind of a row. Kinds that aren't here need more than a template: SQL, commands, configurations, code. */
const makers: Readonly<Record<string, Maker>> = {
  s3: inStore, gcs: inStore, wasb: inStore, adls: inStore, oss: inStore, object: inStore, s3_delete: inStore, gcs_delete: inStore, wasb_delete: inStore,
  s3_list: inStore, gcs_list: inStore, adls_list: inStore, gdrive: inStore, gsheet: inStore, glacier: named('job'), azure_file: named('job'),
  bigquery, bigquery_delete: bigquery,
  table, snowflake: table, databricks: table, hive: table, redshift: table,
  kafka: named('topic'), pubsub: named('topic'), sns: named('topic'), eventbridge: named('topic'), redis_pubsub: named('topic'),
  sqs: named('queue'), asb: named('queue'),
  http: named('http'), api: named('http'),
  job: named('job'), glue_catalog: named('job'), cloudsql: named('job'), rds: named('job'),
  index: named('index'), druid: named('index'), dynamodb: named('index'), mongo: named('index'), salesforce: named('http'), email: named('http'),
  sftp: onServer('sftp'), ftp: onServer('ftp'), smb: onServer('smb'),
  file, sftp_or_file: remoteOrLocal, ftp_or_file: remoteOrLocal,
};

function foundOf(resource: OperatorResource, texts: Texts, place: Place): Found | undefined {
  return Object.hasOwn(makers, resource.kind) ? makers[resource.kind]?.(resource, texts, place) : undefined;
}
