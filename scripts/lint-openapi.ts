/** Holds openapi.yaml to Redocly's `recommended-strict` and Spectral's `spectral:oas`: no finding at all. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

// Neither asks the network for anything: no telemetry, no look for a newer version.
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

const linters = [
  ['node_modules/@redocly/cli/bin/cli.js', 'lint', 'openapi.yaml', '--max-problems=50'],
  [
    'node_modules/@stoplight/spectral-cli/dist/index.js',
    'lint',
    'openapi.yaml',
    '--fail-severity=hint',
  ],
];

const run = (args: readonly string[]) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });

const codes = await Promise.all(linters.map(run));
process.exitCode = Math.max(...codes);
