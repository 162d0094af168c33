import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface TestFile {
  readonly file: string;
  readonly text: string;
}
let read: readonly TestFile[] | undefined;

const testFiles = (root: string): readonly TestFile[] => {
  read ??= readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('test', path).replaceAll('\\', '/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  return read;
};

/** Where our side of an action is tested, the nearest first. */
const ROOMS = ['test/ocpp/', 'test/shared/', 'test/api/', 'test/scenarios/'];
const roomOf = (file: string) => (ROOMS.findIndex((room) => file.startsWith(room)) + 10) % 10;
/** These test other things, which happen to say the names of actions. */
const ELSEWHERE = /^test\/(simulator|local|http|lib|infra|bench)\//;
/** Files that loop over all actions name none in particular. */
const OF_ALL = /every-action|schemas|frame|ocpp-messages|raw-ocpp/;
const VERSION = { 'ocpp1.6': /-201\b|\/v201\//, 'ocpp2.0.1': /-16\b|\/v16\//, 'ocpp2.1': /-16\b/ };

/** The tests that name an action, but for those which by their name are about another version. */
export function testsNaming(root: string, action: string, version: keyof typeof VERSION): string[] {
  const named = new RegExp(`['"\`]${action}['"\`]`);
  return testFiles(root)
    .filter(
      ({ file, text }) =>
        !ELSEWHERE.test(file) &&
        !OF_ALL.test(file) &&
        !VERSION[version].test(file) &&
        named.test(text),
    )
    .map(({ file }) => file)
    .sort((a, b) => roomOf(a) - roomOf(b));
}

export interface NamedCase {
  /** What it is about: the title of the test that begins with its id. */
  readonly about: string;
  readonly tests: readonly string[];
}

/** Test cases of the OCA that titles of our tests, or comments above them, begin with: `TC_B_30_CSMS: …`. */
export function casesNamed(root: string): Map<string, NamedCase> {
  const cases = new Map<string, NamedCase>();
  for (const { file, text } of testFiles(root))
    for (const [, , titled, title, noted, note] of text.matchAll(TITLE)) {
      const id = titled ?? noted ?? '';
      const about = title ?? note ?? '';
      const tests = [...new Set([...(cases.get(id)?.tests ?? []), file])];
      cases.set(id, { about: cases.get(id)?.about ?? about, tests });
    }
  return cases;
}
const ID = String.raw`(TC_(?:[A-P]_)?\d+(?:_\d+)?_CSMS)`;
const TITLE = new RegExp(String.raw`(?:(['"])${ID}: (.*?)\1)|(?:^ *// ${ID}: (.*?)\.?$)`, 'gm');
