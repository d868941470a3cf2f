import { SignalKind } from '../../model/controls.js';
import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

/** What goes wrong is seen: trigger-to-ready first. */
export const signalsHeard = defineInvariant({
  id: 'signals',
  codes: {
    SIGNAL_MISSING: 'Watch every kind of signal.',
    SIGNAL_BLIND: 'Give the signal a metric and a threshold above zero.',
    SLO_NOT_FIRST: 'Put trigger_to_ready first, with the target of the service level as its threshold.',
  },
  check({ plan }, report) {
    plan.stages.forEach(({ dag_id, controls }, index) => {
      if (!controls) return;
      const path = stagePath(index, 'controls', 'signals');
      const kinds = new Set(controls.signals.map(({ kind }) => kind));
      for (const kind of SignalKind.options) if (!kinds.has(kind)) report('SIGNAL_MISSING', path, `${dag_id} does not watch ${kind}.`);
      for (const { kind, metric, threshold } of controls.signals)
        if (isEmptyText(metric) || threshold.value <= 0) report('SIGNAL_BLIND', path, `The signal ${kind} of ${dag_id} can not fire.`);
      const [first] = controls.signals;
      if (first?.kind !== 'trigger_to_ready' || first.threshold.value !== controls.slo.target.value)
        report('SLO_NOT_FIRST', path, `The first signal of ${dag_id} is not its service level.`);
    });
  },
});
