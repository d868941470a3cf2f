import { expect, test } from 'vitest';
import { hazardRules } from '../../../src/infer/hazards/registry.js';
import { answerHazard } from '../../../src/plan/tables/hazard-answers.js';

test.each(hazardRules.map((rule) => rule.doc))('$id has a standing answer', ({ id, title, cure }) => {
  const hazard = { id: 'h', rule: id, title, severity: 'high' as const, dag_id: 'd', task_id: null, message: 'm', cure, evidence: ['e'] };
  expect(answerHazard(hazard)).toMatchObject({ isKnown: true });
});
