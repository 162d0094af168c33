import { onStderr, run } from './run.mjs';
import { fail } from './terminal.mjs';

/** OCPP validators are built, never committed. The builder returns at once when nothing changed. */
export async function generateMissing(node, options) {
  const code = await run(node, ['scripts/generate-ocpp.ts'], { ...options, ...onStderr });
  if (code !== 0) fail('The OCPP validators could not be generated (see above).', code);
}
