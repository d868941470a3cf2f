/** The version of this tool, as in package.json (a test compares them): it stands in every document. */
export const TOOL_VERSION = '0.1.0';

/** The versions of the documents' shapes: `major.minor`. A newer major is refused. */
export const GRAPH_SCHEMA_VERSION = '1.0';
export const ANALYSIS_SCHEMA_VERSION = '1.0';
export const PLAN_SCHEMA_VERSION = '1.0';
export const CHECK_SCHEMA_VERSION = '1.0';
export const BASELINE_SCHEMA_VERSION = '1.0';
export const FACTS_SCHEMA_VERSION = '1.0';
export const INDEX_SCHEMA_VERSION = '1.0';
