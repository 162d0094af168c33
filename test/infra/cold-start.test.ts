import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { synthesized } from '#test/infra/synthesized.ts';

const run = promisify(execFile);

/** Loads it as a Lambda does that starts: in a process of its own. */
const load = (path: string) =>
  run(process.execPath, [
    '--input-type=module',
    '--eval',
    `await import('${pathToFileURL(path)}')`,
  ]);

// A library that makes certificates throws where its polyfill was not loaded before it.
it('starts whatever makes or reads certificates', async () => {
  const { root, groups } = (await synthesized()).bundles;
  const chunks = [...groups.values()].flatMap(({ metafile }) =>
    Object.entries(metafile.outputs).flatMap(([path, { inputs }]) =>
      Object.keys(inputs).some((input) => input.includes('/tsyringe/')) ? [join(root, path)] : [],
    ),
  );
  expect(chunks.length).toBeGreaterThan(0);
  for (const chunk of chunks) await load(chunk);
});

it('finds the validators of every version beside whatever hears or speaks OCPP', async () => {
  const { groups } = (await synthesized()).bundles;
  const { folder = '' } = groups.get('ocpp') ?? {};
  await load(join(folder, 'message.mjs'));
  for (const version of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']) {
    const file = pathToFileURL(join(folder, 'ocpp-schemas', `${version}.mjs`));
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { load } = await import('${file}');
       const { response } = await load.Heartbeat();
       console.log(response({ currentTime: '2026-01-05T10:00:00Z' }), response({}));`,
    ]);
    expect(stdout.trim()).toBe('true false');
  }
});
