import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PlanDocument } from '../../../src/model/plan.js';
import { readContext } from '../../../src/options/read-context.js';
import { analyzeRepository, planAnalysis } from '../../../src/pipeline.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import { platform } from './platform.js';

const repositories = path.join(import.meta.dirname, '../../../fixtures/repos');
const CONTEXT = 'dag2event.context.yaml';

/** The plan by rules of a repository among the fixtures, with its context file when it has one. */
export async function planOf(folder: string): Promise<PlanDocument> {
  const context = path.join(folder, CONTEXT);
  return planAnalysis(await analyzeRepository({ path: folder }), existsSync(context) ? readContext(context) : {});
}

/** Plans that hold every invariant: of the platform of these tests and of every repository among the fixtures. */
export async function goodPlans(): Promise<{ name: string; plan: PlanDocument }[]> {
  const names = readdirSync(repositories).filter((name) => name !== 'expected').sort();
  const plans = await Promise.all(names.map(async (name) => ({ name, plan: await planOf(path.join(repositories, name)) })));
  return [{ name: 'platform', plan: planOffline(platform()) }, ...plans];
}
