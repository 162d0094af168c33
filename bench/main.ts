/** `npm run bench -- [part …] [--json|--markdown]`: what the platform costs and how fast it is. See docs/performance.md. */
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { formatFindings } from '#bench/format.ts';
import { machine } from '#bench/machine.ts';
import { markdownOf } from '#bench/markdown.ts';
import type { Findings, Part } from '#bench/part.ts';

/** Loaded when chosen: some bring the whole platform along. */
const parts: Readonly<Record<string, () => Promise<Part>>> = {
  units: async () => (await import('#bench/units/part.ts')).units,
  sizes: async () => (await import('#bench/sizes/part.ts')).sizes,
  'start-latency': async () => (await import('#bench/load/start-latency.ts')).startLatency,
  'live-latency': async () => (await import('#bench/load/live-latency.ts')).liveLatency,
  'live-fanout': async () => (await import('#bench/load/live-fanout.ts')).liveFanout,
  webhooks: async () => (await import('#bench/load/webhooks.ts')).webhooks,
  ocpp: async () => (await import('#bench/load/ocpp.ts')).ocpp,
  'ocpp-actions': async () => (await import('#bench/load/ocpp-actions.ts')).ocppActions,
  'reconnect-storm': async () => (await import('#bench/load/reconnect-storm.ts')).reconnectStorm,
  rest: async () => (await import('#bench/load/rest.ts')).rest,
  install: async () => (await import('#bench/install/part.ts')).install,
};

const HELP = `npm run bench -- [${Object.keys(parts).join('|')}] … [--json|--markdown]\n`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (values.help || unknown.length > 0) {
    process.stderr.write(`${unknown.map((name) => `No part ${name}.\n`).join('')}${HELP}`);
    return values.help ? 0 : 2;
  }
  const format = values.markdown ? markdownOf : formatFindings;
  const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
  const found: Record<string, Findings> = {};
  if (!values.json) process.stdout.write(`${pc.dim(describe())}\n`);
  for (const name of chosen) {
    const part = await parts[name]?.();
    if (!part) continue;
    process.stderr.write(`${pc.bold(`\n▸ ${part.title}`)}\n`);
    const findings = await part.run((line) => process.stderr.write(pc.dim(`  ${line}\n`)));
    found[name] = findings;
    if (!values.json) process.stdout.write(`\n${format(findings)}\n`);
  }
  if (values.json)
    process.stdout.write(`${JSON.stringify({ machine: machine(), parts: found })}\n`);
  return isMissed(found) ? 1 : 0;
}

const isMissed = (found: Readonly<Record<string, Findings>>) =>
  Object.values(found).some(({ targets = [] }) => targets.some(({ met }) => !met));

const describe = () =>
  Object.entries(machine())
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

// Interrupted, it leaves by the door: what it started and put somewhere is taken away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

process.exitCode = await main();
