import { createRequire } from 'node:module';

/** US dollars per million tokens. */
export interface Price {
  input: number;
  output: number;
}

interface PriceTable {
  readonly date: string;
  readonly models: readonly { readonly model: string; readonly tiers: readonly (Price & { readonly prompt_tokens_up_to: number | null })[] }[];
}

// A file of ours, checked by its test; an import of JSON would print a warning on Node 20.
const table = createRequire(import.meta.url)('./prices.json') as PriceTable;

/** The day on which the prices were read: they drift, so it is shown wherever a price is. */
export const priceDate = table.date;

const PER = 1_000_000;

/** The price of a model for a prompt of this size; undefined for a model that isn't in the table. */
export function priceOf(model: string, promptTokens: number): Price | undefined {
  const tiers = table.models.find((row) => row.model === model)?.tiers ?? [];
  return tiers.find((tier) => tier.prompt_tokens_up_to === null || promptTokens <= tier.prompt_tokens_up_to);
}

/** What these tokens cost in US dollars. */
export function costOf(price: Price, inputTokens: number, outputTokens: number): number {
  return (inputTokens * price.input + outputTokens * price.output) / PER;
}
