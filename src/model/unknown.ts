import * as z from 'zod';

/** Why something could not be known: a closed list, so that unknowns can be ranked and each kind has one cure. */
export const UnknownKind = z.enum([
  'budget',
  'condition',
  'connection',
  'dynamic_import',
  'environment',
  'escape',
  'external_data',
  'file_unreadable',
  'loop',
  'missing_module',
  'missing_variable',
  'mutation',
  'not_modelled',
  'opaque_library',
  'parse',
  'random',
  'runtime_value',
  'secret',
  'time',
  'unsupported_syntax',
  'version',
]);
export type UnknownKind = z.infer<typeof UnknownKind>;

/** What can't be known, why, and where: shown to the user, never hidden. */
export const UnknownFact = z.strictObject({
  kind: UnknownKind,
  reason: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
export type UnknownFact = z.infer<typeof UnknownFact>;
