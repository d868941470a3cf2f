import type { PayloadSchema } from '../../model/contract.js';
import type { EventContract } from '../../model/contract.js';
import type { PlanDocument } from '../../model/plan.js';
import { yamlLibrary } from '../../util/yaml.js';
import { ASYNCAPI_FILE, folderOf, registryFiles } from './files.js';
import type { Conflict } from './merge.js';
import { mergeContent, same } from './merge.js';

/** Remembers what was written last, so that an edit can be told from a change of the plan. */
export const STATE_FILE = '.dag2event-contracts.json';

/** What a registry's folder holds now: texts by path. */
export type Found = ReadonlyMap<string, string>;

export interface Update {
  /** Files to write, by path in the registry; those that stay as they are are missing. */
  writes: ReadonlyMap<string, string>;
  unchanged: number;
  /** Files with places that a person edited and the plan left alone. */
  edited: string[];
  conflicts: Conflict[];
  /** Folders of contracts that the plan no longer has: they are kept. */
  orphans: string[];
  /** Files that could not be read as what they should be: they are left alone. */
  broken: { path: string; reason: string }[];
}

/** What has to be written so that a registry holds a plan's contracts and loses nothing that was edited by hand. */
export function updateRegistry(plan: PlanDocument, found: Found): Update {
  const state = readState(found.get(STATE_FILE));
  const update = { writes: new Map<string, string>(), unchanged: 0, edited: [] as string[], conflicts: [] as Conflict[], broken: [] as Update['broken'] };
  const written: Record<string, unknown> = {};
  const payloads = new Map<string, PayloadSchema>();
  const put = (path: string, planned: Record<string, unknown>): void => {
    const text = found.get(path);
    written[path] = planned;
    const present = text === undefined ? undefined : read(path, text);
    if (present instanceof Error) {
      update.broken.push({ path, reason: present.message.split('\n', 1)[0] ?? '' });
      return;
    }
    const isNew = text === undefined;
    const { content, edited, conflicts } = isNew ? { content: planned, edited: [], conflicts: [] } : mergeContent(state[path], present, planned);
    if (edited.length > 0) update.edited.push(path);
    update.conflicts.push(...conflicts.map((conflict) => ({ path, ...conflict })));
    if (path.endsWith('/schema.json')) payloads.set(path, content as PayloadSchema);
    if (!isNew && same(content, present)) update.unchanged += 1;
    else update.writes.set(path, print(path, content, text));
  };
  for (const { path, content } of registryFiles(plan)) if (path !== ASYNCAPI_FILE) put(path, content);
  const agreed = { ...plan, contracts: plan.contracts.map((contract) => withPayload(contract, payloads)) };
  const asyncApi = registryFiles(agreed).find(({ path }) => path === ASYNCAPI_FILE);
  // Generated from the contracts beside it: an edit belongs there.
  if (asyncApi) {
    const text = print(ASYNCAPI_FILE, asyncApi.content, undefined);
    if (found.get(ASYNCAPI_FILE) === text) update.unchanged += 1;
    else update.writes.set(ASYNCAPI_FILE, text);
  }
  const stateText = `${JSON.stringify({ schema: 'dag2event/contracts', schema_version: '1.0', files: { ...state, ...written } }, undefined, 1)}\n`;
  if (found.get(STATE_FILE) !== stateText) update.writes.set(STATE_FILE, stateText);
  return { ...update, orphans: orphansOf(plan, found) };
}

/** The payload as it stands in the registry: an edited field is agreed on there. */
function withPayload(contract: EventContract, payloads: ReadonlyMap<string, PayloadSchema>): EventContract {
  const agreed = payloads.get(`${folderOf(contract)}/schema.json`);
  if (!agreed) return contract;
  const { type, properties, required, additionalProperties } = agreed;
  return { ...contract, payload: { type, properties, required, additionalProperties } };
}

function orphansOf(plan: PlanDocument, found: Found): string[] {
  const folders = new Set(plan.contracts.map(folderOf));
  const held = [...found.keys()].flatMap((path) => (path.endsWith('/contract.yaml') ? [path.slice(0, -'/contract.yaml'.length)] : []));
  return held.filter((folder) => !folders.has(folder)).sort();
}

function readState(text: string | undefined): Record<string, unknown> {
  const value = text === undefined ? undefined : read(STATE_FILE, text);
  const files = typeof value === 'object' && value !== null && 'files' in value ? value.files : undefined;
  return typeof files === 'object' && files !== null ? (files as Record<string, unknown>) : {};
}

/** The content of a registry file; an Error when it isn't what its name says. */
export function read(path: string, text: string): unknown {
  try {
    return path.endsWith('.json') ? JSON.parse(text) : yamlLibrary().parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** YAML keeps the comments of the text that it takes the place of. */
function print(path: string, content: unknown, before: string | undefined): string {
  if (path.endsWith('.json')) return `${JSON.stringify(content, undefined, 2)}\n`;
  const yaml = yamlLibrary();
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  if (before === undefined) return yaml.stringify(content, options);
  const document = yaml.parseDocument(before);
  const present: unknown = document.toJS();
  const [now, next] = [present, content].map((value) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}));
  for (const key of Object.keys(now ?? {})) if (next && !(key in next)) document.delete(key);
  for (const [key, value] of Object.entries(next ?? {})) if (!same(now?.[key], value)) document.set(key, document.createNode(value, { aliasDuplicateObjects: false }));
  return document.toString({ lineWidth: 0 });
}
