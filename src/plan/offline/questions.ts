import { inertModules } from '../../knowledge/library/inert.js';
import { compareText } from '../../model/place.js';
import type { PlanDocument, Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { contextQuestions, idleEntries, unguardedToday } from './context-questions.js';
import type { Decision } from './decide.js';

type Question = PlanDocument['questions'][number];

/** Every question once, with the DAGs that its answer may move on, those that unlock most first. */
export function rankQuestions(
  stages: readonly Stage[],
  decisions: ReadonlyMap<string, Decision>,
  facts: PlanFacts,
): Question[] {
  const held = heldDags(decisions);
  const asked = new Map<string, Set<string>>();
  const ask = (question: string, dagIds: readonly string[]): void => {
    const unlocked = asked.get(question) ?? new Set();
    for (const dagId of dagIds) unlocked.add(dagId);
    asked.set(question, unlocked);
  };
  for (const { dag_id, questions } of stages)
    for (const question of questions) ask(question, [dag_id, ...(held.get(dag_id) ?? [])]);
  for (const { module, dags } of facts.analysis.graph.opaque_modules)
    ask(moduleQuestion(module), dags);
  for (const [question, dags] of [...contextQuestions(stages), ...unguardedToday(stages, facts)]) ask(question, dags);
  for (const question of idleEntries(facts)) ask(question, []);
  return [...asked]
    .map(([question, unlocks]) => ({ question, unlocks: [...unlocks].sort(compareText) }))
    .sort((a, b) => b.unlocks.length - a.unlocks.length || compareText(a.question, b.question));
}

/** A library isn't missing: what its calls give while a file is parsed is what can't be known. */
function moduleQuestion(module: string): string {
  if (!inertModules.has(module.split('.')[0] ?? module)) return `Where is the module ${module}? It is neither in this repository nor modelled.`;
  return `What does the library ${module} give while these files are parsed? It is not modelled, so what is made of its results is unknown.`;
}

/** DAGs that are held back by a DAG, directly or through others. */
function heldDags(decisions: ReadonlyMap<string, Decision>): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>();
  for (const [dagId, { heldBy }] of decisions)
    for (const holder of heldBy) held.set(holder, (held.get(holder) ?? new Set()).add(dagId));
  const reach = (start: string): Set<string> => {
    const found = new Set<string>();
    const open = [start];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const dagId of held.get(next) ?? [])
        if (!found.has(dagId)) {
          found.add(dagId);
          open.push(dagId);
        }
    return found;
  };
  return new Map([...held.keys()].map((dagId) => [dagId, reach(dagId)]));
}
