import { clamp, visible } from '../../visible.js';
import { html, say } from '../safe.js';
import type { SafeHtml } from '../safe.js';

/**
 * What many DAGs share: a page of hundreds of DAGs would be mostly repetition. Each text stands once, at the end of the
 * page, and its first words lead there. The page's script writes them out in the view that is read.
 *
 * The templates are rendered twice: what is printed how often is only known when all has been printed once.
 */
export interface SharedTexts {
  /** A text, or a link to it where it is shared. */
  print: (text: string) => SafeHtml;
  /** The same of a text about one DAG, which is named in it. */
  printAbout: (text: string, dagId: string) => SafeHtml;
  /** The same of a larger piece; `label` is what leads to it, and `own` is printed where it isn't shared. */
  block: (label: string, content: SafeHtml, own?: SafeHtml) => SafeHtml;
  /**
   * A text in a compressed part. Repetitions cost little there as long as they are near: it is only shared among many
   * DAGs, where they are far.
   */
  printPacked: (text: string) => SafeHtml;
  sharePacked: () => void;
  /** From here on, what was printed often is shared. */
  startSharing: () => void;
  /** What was linked so far, with ids. */
  used: () => readonly { readonly id: string; readonly content: SafeHtml }[];
}

/** How the ids of shared texts begin, and those of nothing else: the page's script knows links to them by it. */
const SHARED = '~';

/** About what a link to a text costs, and what the text costs in its own place. */
const LINK_LENGTH = 45;
const PLACE_LENGTH = 45;
const LABEL = 14;

/** Whether a text is worth standing once: shorter ones, and those of few places, cost less than links to them. */
function isWorthSharing(length: number, count: number): boolean {
  return count > 1 && count * length > PLACE_LENGTH + length + count * LINK_LENGTH;
}

/** A shorter id may be a word of the text. */
const SHORTEST_ID = 4;

/** A text about a DAG without its id, where that stands as a word of its own. */
export function aboutThis(text: string, dagId: string): string {
  if (dagId.length < SHORTEST_ID) return text;
  return text
    .split(dagId)
    .reduce((before, after) => before + (/[\w.-]$/.test(before) || /^(?:[\w-]|\.\w)/.test(after) ? dagId : 'this DAG') + after);
}

export function createSharedTexts(): SharedTexts {
  const counts = new Map<string, number>();
  const used = new Map<string, string>();
  let isSharing = false;
  let isSharingPacked = false;
  const share = (content: SafeHtml, label: () => SafeHtml, own = content): SafeHtml => {
    const text = content.html;
    if (text.length < LINK_LENGTH) return own;
    if (!isSharing) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
      return own;
    }
    if (!isWorthSharing(text.length, counts.get(text) ?? 0)) return own;
    const id = used.get(text) ?? `${SHARED}${used.size + 1}`;
    used.set(text, id);
    return html`<a href="#${id}">${label()}</a>`;
  };
  const print = (text: string): SafeHtml => share(say(text), () => say(clamp(visible(text), LABEL)));
  return {
    print,
    printAbout: (text, dagId) => print(aboutThis(text, dagId)),
    block: (label, content, own) => share(content, () => html`${label}`, own),
    printPacked: (text) => (isSharingPacked ? print(text) : say(text)),
    sharePacked: () => {
      isSharingPacked = true;
    },
    startSharing: () => {
      isSharing = true;
    },
    used: () => [...used].map(([text, id]) => ({ id, content: { html: text } })),
  };
}
