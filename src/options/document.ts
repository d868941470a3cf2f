import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { KnownError } from '../errors.js';
import { AnalysisDocument } from '../model/analysis.js';
import { PlanDocument } from '../model/plan.js';
import { ANALYSIS_SCHEMA_VERSION, PLAN_SCHEMA_VERSION } from '../model/version.js';

/** A document that an earlier command wrote. */
export type StoredDocument =
  | { kind: 'analysis'; analysis: AnalysisDocument }
  | { kind: 'plan'; plan: PlanDocument };

const Header = z.object({ schema: z.string(), schema_version: z.string() });

const known = {
  'dag2event/analysis': ANALYSIS_SCHEMA_VERSION,
  'dag2event/plan': PLAN_SCHEMA_VERSION,
} as const;

/** Reads an analysis or a plan and checks that this version of the tool understands it. */
export function readDocument(file: string): StoredDocument {
  const value = readJson(file);
  const header = Header.safeParse(value);
  if (!header.success) {
    throw new KnownError(`${file} is no document of dag2event`, 'give a folder of DAGs, or what `dag2event analyze --format json` wrote');
  }
  const { schema, schema_version: version } = header.data;
  if (schema !== 'dag2event/analysis' && schema !== 'dag2event/plan') {
    throw new KnownError(`${file} holds ${JSON.stringify(schema)}, which can't be continued from`, 'give an analysis or a plan');
  }
  refuseNewer(file, version, known[schema]);
  if (schema === 'dag2event/plan') return { kind: 'plan', plan: validate(file, PlanDocument, value) };
  return { kind: 'analysis', analysis: validate(file, AnalysisDocument, value) };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KnownError(`${file} can't be read`, 'give a folder of DAGs, or a document that dag2event wrote', { cause });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new KnownError(`${file} is not JSON`, 'give a folder of DAGs, or a document that dag2event wrote', { cause });
  }
}

function refuseNewer(file: string, version: string, understood: string): void {
  const [major, minor] = numbers(version);
  const [knownMajor, knownMinor] = numbers(understood);
  if (major === undefined || minor === undefined) {
    throw new KnownError(`${file} has schema_version ${JSON.stringify(version)}, which is no version`, 'make the document anew');
  }
  if (major > (knownMajor ?? 0)) {
    throw new KnownError(
      `${file} has schema version ${version}, newer than ${understood}, which this version of dag2event understands`,
      'update dag2event, or make the document anew with this version',
    );
  }
  if (major < (knownMajor ?? 0) || minor > (knownMinor ?? 0)) {
    throw new KnownError(
      `${file} has schema version ${version}; this version of dag2event understands ${understood}`,
      'make the document anew with this version',
    );
  }
}

function numbers(version: string): number[] {
  const match = /^(\d+)\.(\d+)$/.exec(version);
  return match ? [Number(match[1]), Number(match[2])] : [];
}

function validate<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new KnownError(
    `${file} doesn't meet its schema${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? 'not valid'}`,
    'make the document anew; `dag2event schema` prints the schema',
  );
}
