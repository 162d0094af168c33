/**
 * `npm run test:deploy`: bootstraps and deploys the app onto a local AWS emulator, uses it as a
 * customer would, deploys again and destroys it. docs/deploy.md names what the emulator leaves out.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import pc from 'picocolors';
import * as z from 'zod';
import { Api, type Door } from '#scripts/deploy-test/api.ts';
import { Cdk, type Deployed } from '#scripts/deploy-test/cdk.ts';
import { type Emulator, startEmulator } from '#scripts/deploy-test/emulator.ts';
import { journey } from '#scripts/deploy-test/journey.ts';
import { clientConfig, leftovers } from '#scripts/deploy-test/leftovers.ts';
import { say, step } from '#scripts/deploy-test/step.ts';
import { CannotRun, pythonWith } from '#scripts/python/virtual-environment.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const SKIPPED = 77;
const EMULATOR = {
  name: 'deploy-test',
  requirements: new URL('deploy-test/requirements.txt', import.meta.url),
  minor: 10,
};

async function main(): Promise<void> {
  const python = await step('Python and the emulator are there', async () => pythonWith(EMULATOR));
  await using emulator = await step('the emulator runs', () => startEmulator(python));
  try {
    await prove(emulator);
  } catch (error) {
    say(pc.dim(emulator.log()));
    throw error;
  }
}

async function prove(emulator: Emulator): Promise<void> {
  const cdk = new Cdk(root, emulator);
  await step('cdk bootstrap', cdk.bootstrap);
  const first = await step('cdk deploy, all stacks', () => cdk.deploy());
  const api = await step('the first API key can be read', () => firstApi(emulator, first));
  await step('the API is well', async () => {
    assert.equal((await api.get('/v1/health')).status, 200);
  });
  await step('nobody passes beside the edge, not even with a key', async () => {
    const beside = api.through(backDoor(emulator, first));
    assert.equal((await beside.get('/v1/sites')).status, 401);
    const forged = { ...backDoor(emulator, first), headers: { 'x-origin-verify': 'guess' } };
    assert.ok([401, 403].includes((await api.through(forged).get('/v1/sites')).status));
  });
  await journey(api);
  await step('a second deploy changes nothing, nor the key', async () => {
    const second = await cdk.deploy();
    assert.deepEqual(second.changed, []);
    assert.equal(second.unchanged.length, first.changed.length);
    assert.equal((await (await firstApi(emulator, second)).get('/v1/sites')).body['total'], 1);
  });
  await step('cdk destroy leaves nothing', async () => {
    await cdk.destroy();
    assert.deepEqual(await leftovers(emulator), []);
  });
}

const Told = z.object({
  FirstApiKeyCommand: z.string(),
  BaseUrl: z.url(),
  RestApiId: z.string(),
  RestStage: z.string(),
});

/** The API with the key that an operator would read by the command that the deploy tells. */
async function firstApi({ url }: Emulator, { outputs }: Deployed): Promise<Api> {
  const { FirstApiKeyCommand, BaseUrl } = Told.parse(outputs);
  const [, SecretId] = /--secret-id (\S+)/.exec(FirstApiKeyCommand) ?? [];
  const client = new SecretsManagerClient(clientConfig(url));
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  assert.match(SecretString, /^mk_test_/);
  // The emulator tells its distributions apart by Host; a TLS front would add the other.
  const headers = { Host: new URL(BaseUrl).host, 'X-Forwarded-Proto': 'https' };
  return new Api({ base: url, headers }, SecretString);
}

/** The way beside the edge. */
function backDoor({ url }: Emulator, { outputs }: Deployed): Door {
  const { RestApiId, RestStage } = Told.parse(outputs);
  return { base: `${url}/_aws/execute-api/${RestApiId}/${RestStage}`, headers: {} };
}

const since = performance.now();
try {
  await main();
  say(`Deploy test passed in ${Math.round((performance.now() - since) / 1000)} s`);
} catch (error) {
  const cannot = error instanceof CannotRun && process.env['CI'] !== 'true';
  if (cannot) say(pc.yellow(`Deploy test skipped: ${error.message}`));
  else say(pc.red(`Deploy test failed: ${error instanceof Error ? error.message : error}`));
  process.exitCode = cannot ? SKIPPED : 1;
}
