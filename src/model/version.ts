/** The version of this tool, as in package.json (a test compares them): it stands in every document. */
export const TOOL_VERSION = '0.1.0';
