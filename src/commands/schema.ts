import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import { schemaNames } from '../options/choices.js';
import { jsonSchemaOf } from '../options/schemas.js';
import { oneOf } from '../options/values.js';
import { renderJson } from '../report/json.js';
import type { Io } from './io.js';

/** The JSON Schema of a document. */
export async function schema(name: string, target: string, io: Io): Promise<ExitCode> {
  await io.save(target, renderJson(jsonSchemaOf(oneOf('schema', name, schemaNames))));
  return exitCodes.clean;
}
