import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const plain = "# settings\nA=1\nexport B='two words'\nC=\"three\" \n\nD=\nDB_PASSWORD=hunter2\n";
const load = 'import os\nfrom dotenv import load_dotenv, dotenv_values\n';

describe('files of variables', () => {
  test('are read into a dict, secrets left out', () => {
    const outcome = run(`${load}v = dotenv_values("/repo/conf/my.env")\nresult = v["A"], v["B"], v["C"], v["D"], list(v)`, { files: { 'conf/my.env': plain } });
    expect(outcome.text).toBe("('1', 'two words', 'three', '', ['A', 'B', 'C', 'D', 'DB_PASSWORD'])");
    expect(run(`${load}result = dotenv_values("/repo/my.env")["DB_PASSWORD"]`, { files: { 'my.env': plain } }).text).toMatch(/^\?.*secret/);
  });
  test('fill the environment, but do not change what is given', () => {
    expect(run(`${load}load_dotenv()\nresult = os.environ["A"], os.getenv("B")`, { files: { '.env': plain }, environment: { B: 'given' } }).text).toBe("('1', 'given')");
    expect(run(`${load}load_dotenv(override=True)\nresult = os.getenv("B")`, { files: { '.env': plain }, environment: { B: 'given' } }).text).toBe("'two words'");
  });
  test('that hold more than plain lines are not guessed', () => {
    expect(run(`${load}result = dotenv_values("/repo/my.env")`, { files: { 'my.env': 'A=$HOME/x\n' } }).text).toMatch(/^\?/);
    expect(run(`${load}load_dotenv("/repo/my.env")\nresult = os.environ["A"]`, { files: { 'my.env': 'A=$HOME/x\n' } }).text).toMatch(/^\?/);
  });
});
