import table from './prices.json' with { type: 'json' };

/** US dollars per million tokens. */
export interface Price {
  input: number;
  output: number;
}

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
