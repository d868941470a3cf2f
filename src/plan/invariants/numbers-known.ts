import type { Controls, Person, Quantity } from '../../model/controls.js';
import { withControls } from '../controls/controls.js';
import { defineInvariant, stagePath } from './invariant.js';

/** No number and no person is invented: what is said to be measured or declared is what graph and context hold. */
export const numbersKnown = defineInvariant({
  id: 'numbers-known',
  codes: {
    NUMBER_INVENTED: 'Call a number measured or declared only when the graph or the context file holds it.',
    PERSON_INVENTED: 'Name only people whom the code or the context file names.',
    OWNER_UNASKED: 'Where nobody is named, let a question of the plan ask for it.',
  },
  check({ plan, facts }, report) {
    const asked = new Set(plan.questions.flatMap(({ unlocks }) => unlocks));
    const known = withControls(plan.stages, facts);
    plan.stages.forEach(({ dag_id, controls }, index) => {
      const real = known[index]?.controls;
      if (!controls || !real) return;
      const sure = new Set(numbersOf(real).map(({ path, value }) => `${path} ${value.origin} ${value.value}`));
      for (const { path, value } of numbersOf(controls))
        if (value.origin !== 'default' && !sure.has(`${path} ${value.origin} ${value.value}`))
          report('NUMBER_INVENTED', stagePath(index, 'controls', path), `${value.value} ${value.unit} of ${dag_id} is not ${value.origin}.`);
      const people = new Set([real.owner, real.on_call].map(({ name }) => name));
      for (const { name } of peopleOf(controls)) if (name !== '' && !people.has(name)) report('PERSON_INVENTED', stagePath(index, 'controls'), `Nobody says that ${name} answers for ${dag_id}.`);
      if (controls.owner.origin === 'missing' && !asked.has(dag_id)) report('OWNER_UNASKED', stagePath(index, 'controls', 'owner'), `Nobody is named for ${dag_id}, and nobody is asked.`);
    });
  },
});

interface NumberAt {
  path: string;
  value: Quantity;
}

/** Every number of the controls with its place. */
function numbersOf({ backpressure, retries, dead_letter, dedupe, fan_in, slo, signals }: Controls): NumberAt[] {
  const of = (path: string, value: Quantity): NumberAt => ({ path, value });
  return [
    of('dedupe', dedupe.retention),
    of('backpressure/max_active_runs', backpressure.max_active_runs),
    of('backpressure/rate', backpressure.rate),
    of('backpressure/storm_limit', backpressure.storm_limit),
    of('backpressure/batch_window', backpressure.batch_window),
    ...retries.map(({ tier, attempts }) => of(`retries/${tier}`, attempts)),
    of('dead_letter/alert_depth', dead_letter.alert_depth),
    of('dead_letter/alert_age', dead_letter.alert_age),
    of('dead_letter/retention', dead_letter.retention),
    ...(fan_in ? [of('fan_in/window', fan_in.window), of('fan_in/slowest_leg', fan_in.slowest_leg)] : []),
    of('slo/target', slo.target),
    of('slo/today', slo.today),
    ...signals.map(({ kind, threshold }) => of(`signals/${kind}`, threshold)),
  ];
}

function peopleOf({ owner, on_call, dead_letter, signals }: Controls): Person[] {
  return [owner, on_call, dead_letter.owner, ...signals.map(({ notify }) => notify)];
}
