import type { Refinement } from '../../model/plan.js';

/** A plan that Claude had no part in. */
export const notAsked: Refinement = {
  status: 'not_asked',
  detail: 'Made by rules alone.',
  model: '',
  effort: '',
  sdk: '',
  prompt_version: '',
  calls: 0,
  cache_hits: 0,
  repairs: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
  changes: [],
  refused: [],
};
