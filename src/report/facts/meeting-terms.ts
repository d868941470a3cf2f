import type { FanIn } from '../../model/analysis.js';

/** A term of a meeting of events: a word for narrow columns, a label, and what it says. */
export interface Term {
  readonly word: string;
  readonly label: string;
  readonly text: string;
}

/** The terms of a meeting, those that say something; none in documents of before they were worked out. */
export function meetingTerms({ terms }: FanIn): Term[] {
  if (terms === undefined) return [];
  const all: Term[] = [
    { word: 'by', label: 'What belongs together', text: terms.correlation.text },
    { word: 'window', label: 'Window', text: terms.window },
    { word: 'late', label: 'If one is late', text: terms.lateness },
    { word: 'partial', label: 'If only some come', text: terms.partial_arrival },
    { word: 'twice', label: 'If one comes twice', text: terms.duplicates },
    { word: 'slowest', label: 'Slowest', text: terms.slowest_leg?.text ?? '' },
  ];
  return all.filter(({ text }) => text !== '');
}
