import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { bundle } from '#lib/bundle.ts';
import { deployment } from '#lib/deployment.ts';
import { enforceNag } from '#lib/nag.ts';
import { readSettings } from '#lib/settings.ts';

const root = fileURLToPath(new URL('../', import.meta.url)).replace(/[/\\]$/, '');

// What is generated must be there before the functions that import it are.
await import('#scripts/generate-ocpp.ts');
const { readRegistry } = await import('#lib/read-registry.ts');

const app = new App();
const settings = readSettings(app.node);
const [bundles, registry] = await Promise.all([bundle(root), readRegistry()]);
deployment(app, settings, bundles, registry);
// A trial is not judged: it keeps no access logs, and may lie on an emulator.
if (!settings.ephemeral) enforceNag(app);
app.synth();
