import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache();
const root = fileURLToPath(new URL('../', import.meta.url)).replace(/[/\\]$/, '');

// What is generated must be there before the functions that import it are.
await import('#scripts/generate-ocpp.ts');
const { bundle } = await import('#lib/bundle.ts');
// esbuild works beside us while we read CDK and the functions.
const bundling = bundle(root);
const [{ App }, { deployment }, { readSettings }, { enforceNag }, { readRegistry }] =
  await Promise.all([
    import('aws-cdk-lib'),
    import('#lib/deployment.ts'),
    import('#lib/settings.ts'),
    import('#lib/nag.ts'),
    import('#lib/read-registry.ts'),
  ]);

const app = new App();
const settings = readSettings(app.node);
const registry = await readRegistry();
deployment(app, settings, await bundling, registry);
// A trial is not judged: it keeps no access logs, and may lie on an emulator.
if (!settings.ephemeral) enforceNag(app);
app.synth();
