#!/usr/bin/env node
// Runs a program of this repository on the Node it brings along, after installing what is missing.
// Plain JavaScript on purpose, as is scripts/launch/: it runs on any Node, with nothing installed.
import { fail } from './launch/terminal.mjs';

const programs = {
  start: ['local/main.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/test.ts', '--fast'],
  lint: ['scripts/test.ts', '--only=lint,types,dead-code'],
  format: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
  generate: ['scripts/generate.ts'],
  synth: ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet'],
  deploy: ['scripts/deploy.ts'],
  'test:deploy': ['scripts/test-deploy.ts'],
  simulate: ['simulator/load.ts'],
  bench: ['bench/main.ts'],
};

const OLDEST_NODE = 20;

async function main([mode, ...args]) {
  const program = Object.hasOwn(programs, mode ?? '') ? programs[mode] : undefined;
  if (!program) return fail(`Say what to run: ${Object.keys(programs).join(', ')}.`, 2);
  const { installMissing } = await import('./launch/install.mjs');
  const { environmentOf, projectNode } = await import('./launch/project-node.mjs');
  const { generateMissing } = await import('./launch/generate.mjs');
  const { run, tied } = await import('./launch/run.mjs');
  await installMissing();
  const node = projectNode();
  const options = { env: environmentOf(node) };
  await generateMissing(node, options);
  process.exitCode = await run(node, [...program, ...args], {
    ...options,
    ...(mode === 'start' ? tied : {}),
  });
}

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  fail(
    `This needs Node ${OLDEST_NODE} or newer; you have ${process.versions.node}. ` +
      'Get one at https://nodejs.org.',
  );
}
main(process.argv.slice(2)).catch((error) => fail(error.message));
