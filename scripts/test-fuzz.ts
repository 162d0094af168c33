/**
 * `npm test -- --only=fuzz`: Schemathesis against the local host, from openapi.yaml, with all its checks.
 * What it is told of this API is in scripts/fuzz-test. Arguments go on to it: `-- --seed 2`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { type FuzzedHost, startFuzzedHost } from '#scripts/fuzz-test/host.ts';
import { CannotRun, pythonWith } from '#scripts/python/virtual-environment.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const settings = fileURLToPath(new URL('fuzz-test/', import.meta.url));
const SKIPPED = 77;
const SCHEMATHESIS = {
  name: 'fuzz-test',
  requirements: new URL('fuzz-test/requirements.txt', import.meta.url),
  minor: 11,
};

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<boolean> {
  const python = pythonWith(SCHEMATHESIS);
  const folder = join(root, '.cache/fuzz');
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, 'host.log');
  await using host = await startFuzzedHost(logFile);
  const { code, output } = await schemathesis(python, folder, host);
  writeFileSync(join(folder, 'report.txt'), output);
  const failures = host.failures();
  if (code === 0 && failures === '') {
    say(output.slice(output.search(/^API Operations:/m)).trim());
    return true;
  }
  say(output.trim());
  if (failures) say(`\nWhat the host logged of its own failures:\n${failures}`);
  say(pc.dim(`\nThis is in ${join(folder, 'report.txt')}, the host's log in ${logFile}.`));
  say(pc.dim('To repeat a request: npm start, and its curl with that host and API key.'));
  return false;
}

async function schemathesis(python: string, cwd: string, { api, api_key }: FuzzedHost) {
  const child = spawn(
    python,
    [
      ...['-m', 'schemathesis.cli', '--config-file', join(settings, 'schemathesis.toml')],
      ...['run', join(root, 'openapi.yaml'), '--url', api, '--checks', 'all', '--no-color'],
      ...process.argv.slice(2),
    ],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        FUZZ_API_KEY: api_key,
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: [settings, process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
        PYTHONDONTWRITEBYTECODE: '1',
      },
    },
  );
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  const output = await text(child.stdout);
  return { code: await code, output };
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  const cannot = error instanceof CannotRun;
  if (cannot) say(pc.yellow(`Fuzzing skipped: ${error.message}`));
  else say(pc.red(`Fuzzing failed: ${error instanceof Error ? error.stack : error}`));
  process.exitCode = cannot ? SKIPPED : 1;
}
