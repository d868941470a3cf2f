// A table for people: the first column to the left, numbers to the right.

/** Prints a head and its rows, each column as wide as its widest cell. */
export function printTable(say, head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_cell, column) => Math.max(...all.map((row) => row[column].length)));
  for (const row of all) {
    say(`  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ')}`);
  }
}
