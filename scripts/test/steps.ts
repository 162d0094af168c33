import { command } from '#scripts/test/run-command.ts';
import { vitest } from '#scripts/test/run-vitest.ts';
import type { Step } from '#scripts/test/step.ts';

/** Everything `npm test` runs, in this order: what fails soonest first. */
export const steps: readonly Step[] = [
  {
    name: 'lint',
    title: 'Format and lint',
    fast: true,
    run: command('node_modules/@biomejs/biome/bin/biome', 'check', '.'),
  },
  {
    name: 'types',
    title: 'Types',
    fast: true,
    run: command(
      'node_modules/typescript/bin/tsc',
      '--incremental',
      '--tsBuildInfoFile',
      '.cache/types.tsbuildinfo',
    ),
  },
  {
    name: 'generated',
    title: 'Generated files are fresh',
    fast: true,
    run: command('scripts/generate.ts', '--check'),
  },
  { name: 'unit', title: 'Unit tests', fast: true, run: vitest('--project=unit') },
  { name: 'thorough', title: 'Thorough tests', run: vitest('--project=thorough') },
  { name: 'contract', title: 'Storage contract', run: vitest('--project=contract') },
  { name: 'local', title: 'Local host', run: vitest('--project=local') },
  { name: 'scenarios', title: 'Scenarios', run: vitest('--project=scenarios') },
  { name: 'infra', title: 'Infrastructure', run: vitest('--project=infra') },
  { name: 'openapi', title: 'OpenAPI lint', run: command('scripts/lint-openapi.ts') },
  {
    name: 'fuzz',
    title: 'Fuzzing by Schemathesis',
    run: command('scripts/test-fuzz.ts'),
  },
  { name: 'dead-code', title: 'Dead code', run: command('node_modules/knip/bin/knip.js') },
  { name: 'deploy', title: 'Deploy onto an emulator', run: command('scripts/test-deploy.ts') },
];
