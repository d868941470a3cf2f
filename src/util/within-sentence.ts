/** A title as it stands inside a sentence: its first word loses its capital, unless it is a name such as `DagRun`. */
export function withinSentence(title: string): string {
  return /^[A-Z](?:[a-z]*\b|$)/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
