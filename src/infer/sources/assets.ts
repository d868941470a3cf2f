import type { Mechanism } from '../../model/analysis.js';
import type { AssetExpression, Dag } from '../../model/graph.js';
import type { CandidateDraft, Judgement } from '../candidate.js';
import type { InferContext } from '../context.js';
import { dagCitation, taskCitation, type Citation } from '../evidence.js';
import { mechanismFor } from '../mechanism.js';
import { assetLeaves, type AssetLeaf } from './asset-expression.js';
import type { DagDetector } from './detector.js';

/** A DAG that is scheduled on assets: each of them starts it, or has to be there. */
export const scheduledAssets: DagDetector = ({ dag }, context) => {
  const expression = assetsOf(dag);
  if (!expression) return [];
  const drafts = assetLeaves(expression).map((leaf) => assetDraft(dag, leaf, context));
  return dag.schedule.kind === 'assets_or_time' ? [...drafts, clockDraft(dag, context)] : drafts;
};

/** The asset condition of a DAG's schedule. */
export function assetsOf(dag: Dag): AssetExpression | undefined {
  return dag.schedule.kind === 'assets' || dag.schedule.kind === 'assets_or_time' ? dag.schedule.assets : undefined;
}

function assetDraft(dag: Dag, leaf: AssetLeaf, context: InferContext): CandidateDraft {
  const fields = leafFields(leaf);
  return {
    dag,
    task: null,
    source_kind: 'asset',
    fields,
    filter: '',
    judgement: judgeLeaf(leaf, context),
    evidence: [dagCitation(dag, `${dag.dag_id} is scheduled on ${fields['uri'] ?? fields['name'] ?? 'an asset that is not known'}`, 'schedule'), ...producers(leaf, context)],
    replaces: null,
    mechanism: leafMechanism(leaf, context),
    is_mid_dag: false,
  };
}

function leafFields(leaf: AssetLeaf): Record<string, string> {
  if (leaf.kind === 'asset') return { name: leaf.asset.name, uri: leaf.asset.uri };
  if (leaf.kind === 'alias') return { alias: leaf.name };
  if (leaf.kind === 'unknown') return {};
  return { ...(leaf.name !== undefined && { name: leaf.name }), ...(leaf.uri !== undefined && { uri: leaf.uri }) };
}

function judgeLeaf(leaf: AssetLeaf, context: InferContext): Judgement {
  if (leaf.kind === 'unknown') return { confidence: 'low', reasons: [`the asset is not known: ${leaf.reason}`] };
  if (leaf.kind === 'alias') return { confidence: 'medium', reasons: ['an alias: which asset it is, is known at run time only'] };
  const reasons = ['the DAG is scheduled on this asset already'];
  if (leaf.kind === 'asset' && leaf.watchers.length > 0) reasons.push(`watched by ${leaf.watchers.join(', ')}`);
  else if (producers(leaf, context).length === 0) reasons.push('no task of this repository updates it');
  return { confidence: 'high', reasons };
}

function leafMechanism(leaf: AssetLeaf, context: InferContext): Mechanism {
  if (leaf.kind !== 'asset' || leaf.watchers.length === 0) return mechanismFor('asset', context.release);
  return { kind: 'asset_watcher', text: `AssetWatcher ${leaf.watchers.join(', ')} is in place`, since: '3.0.0' };
}

function producers(leaf: AssetLeaf, context: InferContext): Citation[] {
  if (leaf.kind === 'alias' || leaf.kind === 'unknown') return [];
  const name = leaf.kind === 'asset' ? leaf.asset.name : leaf.name;
  const uri = leaf.kind === 'asset' ? leaf.asset.uri : leaf.uri;
  const asset = context.graph.assets.find((each) => each.name === name || each.uri === uri);
  return (asset?.producers ?? []).flatMap((producer) => {
    const facts = context.dags.get(producer.dag_id);
    const task = facts?.topology.tasks.get(producer.task_id);
    return facts && task ? [taskCitation(facts.dag, task, `${producer.dag_id}.${producer.task_id} updates ${asset?.uri ?? ''}`, 'producer')] : [];
  });
}

/** The clock half of a schedule that has both. */
function clockDraft(dag: Dag, context: InferContext): CandidateDraft {
  const time = dag.schedule.kind === 'assets_or_time' ? dag.schedule.time : undefined;
  const text = time?.kind === 'cron' ? `${time.expression} (${time.timezone})` : (time?.timetable ?? '');
  return {
    dag,
    task: null,
    source_kind: 'clock',
    fields: { schedule: text },
    filter: '',
    judgement: { confidence: 'high', reasons: ['the schedule starts the DAG by the clock as well'] },
    evidence: [dagCitation(dag, `${dag.dag_id} also runs at ${text}`, 'clock')],
    replaces: null,
    mechanism: mechanismFor('clock', context.release),
    is_mid_dag: false,
  };
}
