import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { type Bundles, bundle } from '#lib/bundle.ts';
import { deployment } from '#lib/deployment.ts';
import { acknowledge } from '#lib/nag.ts';
import { type Registry, readRegistry } from '#lib/read-registry.ts';
import { readSettings, type Settings } from '#lib/settings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '');

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.unknown().optional(),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;
const Template = z.object({ Resources: z.record(z.string(), Resource).default({}) });

export interface SynthesizedStack {
  readonly name: string;
  readonly bytes: number;
  readonly resources: Readonly<Record<string, Resource>>;
}

export interface Synthesized {
  readonly settings: Settings;
  readonly bundles: Bundles;
  readonly registry: Registry;
  /** Nested stacks included. */
  readonly stacks: readonly SynthesizedStack[];
  readonly nag: ReturnType<typeof acknowledge>;
}

let made: Promise<Synthesized> | undefined;

/** The deployment as an operator's first synth gives it; made once for all tests of this folder. */
export const synthesized = (): Promise<Synthesized> => {
  made ??= synthesize();
  return made;
};

async function synthesize(): Promise<Synthesized> {
  // One place, emptied first: the tests share it, and none of them is the last.
  const folder = join(root, 'node_modules/.cache/infra-test');
  rmSync(folder, { recursive: true, force: true });
  const app = new App({
    outdir: join(folder, 'cdk.out'),
    context: { ...ownContext(), mailFrom: 'chargespot@example.com' },
    // Every synth does it, the deploy test's too.
    builtinCloudFormationValidation: false,
  });
  const settings = readSettings(app.node);
  const [bundles, registry] = await Promise.all([
    bundle(root, join(folder, 'dist')),
    readRegistry(),
  ]);
  deployment(app, settings, bundles, registry);
  const nag = acknowledge(app);
  const { directory } = app.synth();
  const stacks = readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      const { Resources } = Template.parse(JSON.parse(text));
      return { name: file.replace(/\..*/, ''), bytes: text.length, resources: Resources };
    });
  return { settings, bundles, registry, stacks, nag };
}

/** The feature flags of cdk.json, without which a synth is another one. */
function ownContext(): Record<string, unknown> {
  const text = readFileSync(join(root, 'cdk.json'), 'utf8');
  return z.object({ context: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text)).context;
}

/** All resources of one type, with the stack and logical id they have. */
export const resourcesOf = ({ stacks }: Synthesized, type: string) =>
  stacks.flatMap(({ name, resources }) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => ({ stack: name, id, properties: Properties })),
  );
