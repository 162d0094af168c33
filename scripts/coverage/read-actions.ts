import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testsNaming } from '#scripts/coverage/read-tests.ts';
import type { Inbound, Outbound, Protocol } from '#shared/ocpp/action.ts';

/** One action in one direction, as the document shows it. */
export interface Row {
  readonly action: string;
  readonly block: string;
  readonly heard: boolean;
  /** Commands of ours that it carries out; empty = reachable by `raw` alone. */
  readonly commands: readonly string[];
  readonly file: string;
  readonly effect: string;
  readonly tests: readonly string[];
}

/** Every action of a protocol, with the file it lives in. `folder` is the version's, below the root. */
export async function readActions(
  root: string,
  folder: string,
  protocol: Protocol,
): Promise<Row[]> {
  const homes = await findHomes(root, folder);
  const row = (action: Inbound | Outbound, commands: readonly string[]): Row => {
    const { file, text, name } = homes.get(action) ?? fail(`${action.action} has no file.`);
    const [, block = ''] = /([^/]+)\/[^/]+$/.exec(file) ?? [];
    const heard = 'run' in action;
    const effect = docOf(text, name) ?? fail(`${name} in ${file} does not say what it does.`);
    const tests = testsNaming(root, action.action, protocol.version);
    return { action: action.action, block, heard, commands, file, effect, tests };
  };
  const said = Map.groupBy(protocol.outbound, ({ action }) => action);
  return [
    ...protocol.inbound.map((action) => row(action, [])),
    ...[...said.values()].map((all) => row(all[0] ?? fail('nothing'), all.flatMap(commandsOf))),
  ].sort((a, b) => order(a).localeCompare(order(b)));
}

const order = ({ block, heard, action }: Row) => `${block} ${heard ? 0 : 1} ${action}`;

const commandsOf = ({ command }: Outbound): string[] => (command === undefined ? [] : [command]);

interface Home {
  readonly file: string;
  readonly text: string;
  readonly name: string;
}

async function findHomes(root: string, folder: string): Promise<Map<unknown, Home>> {
  const homes = new Map<unknown, Home>();
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  for (const path of paths.filter((one) => one.endsWith('.ts'))) {
    const file = join(folder, path).replaceAll('\\', '/');
    const module: Record<string, unknown> = await import(join(root, file));
    const text = readFileSync(join(root, file), 'utf8');
    for (const [name, value] of Object.entries(module))
      if (typeof value === 'object' && value !== null && 'action' in value)
        homes.set(value, { file, text, name });
  }
  return homes;
}

/** The comment above an exported constant, as one line. */
function docOf(text: string, name: string): string | undefined {
  const before = text.slice(0, text.indexOf(`export const ${name} `)).trimEnd();
  if (!before.endsWith('*/')) return undefined;
  const comment = before.slice(before.lastIndexOf('/**') + 3, -2);
  return comment.replaceAll(/\s*\n\s*\*\s?/g, ' ').trim();
}

function fail(message: string): never {
  throw new Error(message);
}
