import type { EventContract } from '../../model/contract.js';
import { eventKinds } from '../tables/event-kinds.js';
import { legsOf } from '../controls/legs.js';
import { contractPath, defineInvariant, stagePath } from './invariant.js';

const eventName = /^[a-z0-9_]+(\.[a-z0-9-]+)*\.[a-z_]+(-\d+)?$/;

/** Every event that starts a DAG is agreed on: who sends it, who reads it, what it carries. */
export const contractsHold = defineInvariant({
  id: 'contracts',
  codes: {
    CONTRACT_MISSING: 'Give the event a contract, and let the route name it.',
    CONTRACT_UNUSED: 'Take away a contract whose event starts nothing.',
    CONTRACT_NAME: 'Give each event and version one contract, with a dotted lower-case name.',
    CONTRACT_NO_PRODUCER: 'Name a DAG of the analysis as producer, or who sends the event from outside.',
    CONTRACT_CONSUMERS: 'List exactly the DAGs whose routes name the contract.',
    CONTRACT_KEY: 'Make dedupe and partition key of fields of the payload.',
    CONTRACT_EXAMPLE: 'Give an example that its own schema accepts.',
    CONTRACT_FIELDS: 'Require no field that the payload does not have, and keep those that every event of the source carries.',
    CONTRACT_SLO: 'Let the event start its consumers within their own service level.',
    CONTRACT_FROZEN: 'Say how the contract changes: what a version may add, and how a new one replaces it.',
  },
  check({ plan, facts }, report) {
    const byId = new Map(plan.contracts.map((contract) => [contract.id, contract]));
    const readers = new Map<string, Set<string>>();
    plan.stages.forEach((stage, index) => {
      for (const { contract } of stage.controls?.routes ?? []) {
        if (byId.has(contract)) readers.set(contract, (readers.get(contract) ?? new Set()).add(stage.dag_id));
        else report('CONTRACT_MISSING', stagePath(index, 'controls', 'routes'), `${stage.dag_id} is started by an event without a contract.`);
      }
      const named = new Set((stage.controls?.routes ?? []).map(({ contract }) => byId.get(contract)?.source_kind));
      for (const { kind } of stage.controls ? legsOf(stage, facts) : [])
        if (!named.has(kind)) report('CONTRACT_MISSING', stagePath(index, 'controls', 'routes'), `No contract of ${stage.dag_id} is about ${kind} events.`);
    });
    const slos = new Map(plan.stages.map(({ dag_id, controls }) => [dag_id, controls?.slo.target.value]));
    const names = new Set<string>();
    plan.contracts.forEach((contract, index) => {
      const { event, version, consumers, producer, slo } = contract;
      const say = (code: Parameters<typeof report>[0], field: string, message: string): void => report(code, contractPath(index, field), message);
      const name = `${event} v${version}`;
      if (names.has(name) || !eventName.test(event)) say('CONTRACT_NAME', 'event', `${name} is no name of its own.`);
      names.add(name);
      const known = [...(readers.get(contract.id) ?? [])].sort().join();
      if (known === '') say('CONTRACT_UNUSED', 'consumers', `Nothing is started by ${name}.`);
      else if (known !== [...consumers].sort().join()) say('CONTRACT_CONSUMERS', 'consumers', `${name} is read by ${known}.`);
      if (producer.kind === 'dag' ? producer.dag_ids.some((dagId) => !facts.dags.has(dagId)) : producer.name.trim() === '')
        say('CONTRACT_NO_PRODUCER', 'producer', `Nobody that is known sends ${name}.`);
      for (const [code, field, message] of shapeFaults(contract)) say(code, field, message);
      const tightest = Math.min(...consumers.flatMap((dagId) => slos.get(dagId) ?? []));
      if (slo.value > tightest) say('CONTRACT_SLO', 'slo', `${name} may take ${slo.value} min; a consumer has ${tightest} min for all of it.`);
    });
  },
});

type Fault = ['CONTRACT_KEY' | 'CONTRACT_EXAMPLE' | 'CONTRACT_FIELDS' | 'CONTRACT_FROZEN', string, string];

/** What is wrong with a contract by itself. */
function shapeFaults({ event, payload, example, dedupe_key, partition_key, source_kind, compatibility, evolution }: EventContract): Fault[] {
  const fields = payload.properties;
  const faults: Fault[] = [];
  for (const part of [...dedupe_key, ...partition_key])
    if (!part.split('|').some((field) => field in fields)) faults.push(['CONTRACT_KEY', 'dedupe_key', `${part} is not a field of ${event}.`]);
  if (dedupe_key.length === 0) faults.push(['CONTRACT_KEY', 'dedupe_key', `Nothing tells two events ${event} apart.`]);
  for (const field of payload.required) if (!(field in fields)) faults.push(['CONTRACT_FIELDS', 'payload', `${event} requires ${field}, which it does not have.`]);
  const given = source_kind === 'clock' ? [] : eventKinds[source_kind].required;
  for (const field of given) if (!payload.required.includes(field)) faults.push(['CONTRACT_FIELDS', 'payload', `${event} no longer requires ${field}.`]);
  for (const field of payload.required) if (!(field in example)) faults.push(['CONTRACT_EXAMPLE', 'example', `The example of ${event} lacks ${field}.`]);
  for (const [field, value] of Object.entries(example)) {
    const type = fields[field]?.type;
    const isRight = type === 'integer' ? Number.isInteger(value) : typeof value === type;
    if (!isRight) faults.push(['CONTRACT_EXAMPLE', 'example', `${field} in the example of ${event} is not as its schema says.`]);
  }
  if (compatibility.trim() === '' || evolution.length === 0) faults.push(['CONTRACT_FROZEN', 'evolution', `Nothing says how ${event} changes.`]);
  return faults;
}
