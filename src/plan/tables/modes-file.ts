import type { Mode } from '../../model/plan.js';

/** The one file of a repository that says each DAG's mode, so that a rollback is one line. */
export const MODES_FILE = 'dag2event.modes.yaml';

/** Plain YAML keys; words that YAML reads as something else than text, and everything unusual, are quoted. */
const plainKey = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_][\w.-]*$/i;

/** The line that sets a DAG's mode. */
export function modeLine(dagId: string, mode: Mode): string {
  return `${plainKey.test(dagId) ? dagId : JSON.stringify(dagId)}: ${mode}`;
}
