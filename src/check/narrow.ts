import type { AnalysisDocument } from '../model/analysis.js';
import { compareText } from '../model/place.js';
import type { Estate } from './rules/rule.js';

/** Files that findings can be about. */
export function placesOf({ graph }: AnalysisDocument): string[] {
  const files = [...graph.dags, ...graph.import_errors, ...graph.unknowns, ...graph.assets, ...graph.files].map((each) => each.file);
  return [...new Set(files)].sort(compareText);
}

/** The part of an estate that is about the DAGs of one file. What rules look up is still everything. */
export function narrowTo(estate: Estate, file: string): Estate {
  const { analysis } = estate;
  const isHere = (each: { file: string }) => each.file === file;
  const isOfHere = (each: { dag_id: string }) => estate.dag(each.dag_id)?.file === file;
  const { graph } = analysis;
  return {
    ...estate,
    analysis: {
      ...analysis,
      graph: {
        ...graph,
        files: graph.files.filter(isHere),
        dags: graph.dags.filter(isHere),
        import_errors: graph.import_errors.filter(isHere),
        unknowns: graph.unknowns.filter(isHere),
        assets: graph.assets.filter(isHere),
        dag_dependencies: graph.dag_dependencies.filter(isHere),
      },
      candidates: analysis.candidates.filter(isOfHere),
      fan_ins: analysis.fan_ins.filter(isOfHere),
      hazards: analysis.hazards.filter(isOfHere),
      verdicts: analysis.verdicts.filter(isOfHere),
    },
  };
}
