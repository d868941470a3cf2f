import * as z from 'zod';
import { AnalysisDocument, Finding } from '../model/analysis.js';
import { BaselineDocument, CheckDocument } from '../model/check.js';
import { UserContext } from '../model/context.js';
import { GraphDocument } from '../model/graph.js';
import { PlanDocument } from '../model/plan.js';
import type { SchemaName } from './choices.js';
import { ConfigFile } from './config-schema.js';
import { ANALYSIS_SCHEMA_VERSION, BASELINE_SCHEMA_VERSION, CHECK_SCHEMA_VERSION, GRAPH_SCHEMA_VERSION, PLAN_SCHEMA_VERSION } from '../model/version.js';

const sources: Record<SchemaName, { schema: z.ZodType; version: string; title: string }> = {
  analysis: { schema: AnalysisDocument, version: ANALYSIS_SCHEMA_VERSION, title: 'What is known about a repository of DAGs' },
  baseline: { schema: BaselineDocument, version: BASELINE_SCHEMA_VERSION, title: 'Findings that a team has accepted' },
  check: { schema: CheckDocument, version: CHECK_SCHEMA_VERSION, title: 'The result of a check' },
  config: { schema: ConfigFile, version: '1.0', title: 'dag2event.yaml' },
  context: { schema: UserContext, version: '1.0', title: 'dag2event.context.yaml' },
  finding: { schema: Finding, version: ANALYSIS_SCHEMA_VERSION, title: 'A result of a check' },
  graph: { schema: GraphDocument, version: GRAPH_SCHEMA_VERSION, title: 'What Airflow would build' },
  plan: { schema: PlanDocument, version: PLAN_SCHEMA_VERSION, title: 'A migration from cron to events' },
};

/** The JSON Schema (2020-12) of a document, made from the types that the tool itself checks with. */
export function jsonSchemaOf(name: SchemaName): Record<string, unknown> {
  const { schema, version, title } = sources[name];
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:dag2event:schema:${name}:${version}`,
    title,
    ...body,
  };
}
