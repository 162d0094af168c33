/**
 * `npm run deploy [-- --context name=value …]`: looks whether the account is ready, deploys all stacks
 * and says how to go on. docs/deploy.md explains the choices.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import * as z from 'zod';
import { type Account, Advice, findAccount, isBootstrapped } from '#scripts/deploy/account.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

async function main(given: readonly string[]): Promise<void> {
  const account = await findAccount();
  say(`Account ${pc.bold(account.id)}, region ${pc.bold(account.region)}`);
  if (!(await isBootstrapped(account))) await bootstrap(account);
  tell(deploy(given));
}

/** CDK needs a bucket and some roles of its own, once per account and region. */
async function bootstrap({ id, region }: Account): Promise<void> {
  const target = `aws://${id}/${region}`;
  say(
    'CDK has not been set up in this account and region: it needs a bucket and a few roles, once.',
  );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = process.stdin.isTTY ? await terminal.question('Set it up now? [Y/n] ') : 'n';
  terminal.close();
  if (/^n/i.test(answer)) throw new Advice(`Run this first: npx cdk bootstrap ${target}`);
  if (cdk('bootstrap', target) !== 0)
    throw new Advice('cdk bootstrap failed; its words are above.');
}

function deploy(given: readonly string[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'magma-deploy-'));
  try {
    const file = join(folder, 'outputs.json');
    if (cdk('deploy', '--all', '--outputs-file', file, ...given) !== 0)
      throw new Advice(
        'The deploy stopped; what AWS said is above. Put it right and run this again: what is done stays done.',
      );
    const stacks = Outputs.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Object.assign({}, ...Object.values(stacks));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell({ BaseUrl, OcppUrl, LiveUrl, FirstApiKeyCommand }: Record<string, string>): void {
  const lines: [string, string | undefined][] = [
    ['API', BaseUrl],
    ['Chargers', OcppUrl],
    ['Live stream', LiveUrl],
    ['First API key', FirstApiKeyCommand],
  ];
  say('');
  for (const [name, value] of lines) if (value) say(`${pc.bold(name.padEnd(14))} ${value}`);
  if (BaseUrl && FirstApiKeyCommand)
    say(
      `\nTry it:\n  curl -H "Authorization: Bearer $(${FirstApiKeyCommand})" ${BaseUrl}/v1/sites`,
    );
}

const cdk = (...args: readonly string[]): number =>
  spawnSync(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args], {
    cwd: root,
    stdio: 'inherit',
  }).status ?? 1;

const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Advice)) throw error;
  say(pc.red(error.message));
  process.exitCode = 1;
}
