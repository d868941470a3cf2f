import type { EventContract } from '../../../model/contract.js';
import { compareText } from '../../../model/place.js';
import type { PlanDocument } from '../../../model/plan.js';

/** A contract with the place of its section on the page. */
export interface ContractView {
  readonly contract: EventContract;
  readonly anchor: string;
}

/** Contracts whose payload and example are the same: of one kind of source as a rule. */
export interface ContractGroup {
  readonly sourceKind: EventContract['source_kind'];
  readonly payload: EventContract['payload'];
  readonly example: EventContract['example'];
  readonly contracts: readonly ContractView[];
}

/** The page's anchors of contracts, by their ids. */
export function contractAnchors({ contracts }: PlanDocument): ReadonlyMap<string, string> {
  return new Map(contracts.map(({ id }, index) => [id, `contract-${index + 1}`]));
}

/** Contracts by payload, the payload that most of them have first. */
export function contractGroups({ contracts }: PlanDocument, anchors: ReadonlyMap<string, string>): ContractGroup[] {
  const groups = new Map<string, EventContract[]>();
  for (const contract of contracts) {
    const key = JSON.stringify([contract.source_kind, contract.payload, contract.example]);
    groups.set(key, [...(groups.get(key) ?? []), contract]);
  }
  return [...groups.values()]
    .flatMap((group): ContractGroup[] => {
      const [first] = group;
      if (first === undefined) return [];
      const views = group.map((contract) => ({ contract, anchor: anchors.get(contract.id) ?? '' }));
      return [{ sourceKind: first.source_kind, payload: first.payload, example: first.example, contracts: views }];
    })
    .sort((a, b) => b.contracts.length - a.contracts.length || compareText(a.sourceKind, b.sourceKind));
}

/** Terms that all contracts of a list have alike; null where they differ. */
export function commonTerms(contracts: readonly EventContract[]): { [Term in 'description' | 'delivery' | 'dedupe_key' | 'partition_key' | 'retention']: EventContract[Term] | null } {
  return {
    description: commonOf(contracts, (contract) => contract.description),
    delivery: commonOf(contracts, (contract) => contract.delivery),
    dedupe_key: commonOf(contracts, (contract) => contract.dedupe_key),
    partition_key: commonOf(contracts, (contract) => contract.partition_key),
    retention: commonOf(contracts, (contract) => contract.retention),
  };
}

/** What all items say alike; null where they differ or there are none. */
export function commonOf<Item, Value>(items: readonly Item[], read: (item: Item) => Value): Value | null {
  const [first, ...rest] = items.map(read);
  if (first === undefined) return null;
  const text = JSON.stringify(first);
  return rest.every((value) => JSON.stringify(value) === text) ? first : null;
}
