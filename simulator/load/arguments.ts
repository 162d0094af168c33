import { parseArgs } from 'node:util';

/** What a load run is to do. */
export type LoadPlan = {
  url: string;
  chargers: number;
  version: '1.6' | '2.0.1' | 'mixed';
  rampPerSecond: number;
  durationSeconds: number | null;
  heartbeatSeconds: number;
  meterSeconds: number;
  speed: number;
  sessionsPerMinute: number;
  sessionSeconds: number;
  tag: string;
  prefix: string;
  password: string | null;
  seed: number;
  json: boolean;
};

export const HELP = `Connect many simulated chargers to a platform and measure how it answers.

  npm run simulate -- --url ws://127.0.0.1:8080/ocpp/demo --chargers 1000

  --url URL                  the OCPP endpoint, without a charger's identity (required)
  --chargers N               how many (100)
  --version V                1.6, 2.0.1 or mixed (1.6)
  --ramp N/s                 how many more connect each second (100/s)
  --duration S               end after so many seconds (until Ctrl-C)
  --heartbeat S              seconds between heartbeats (300)
  --meter S                  seconds between meter values while charging (60)
  --speed N                  charge and meter N times faster (1)
  --sessions-per-minute N    charges begun each minute, over the whole fleet (0)
  --session-length S         how long each lasts (120)
  --tag TAG                  the tag drivers present (LOADTEST)
  --prefix TEXT              identities are TEXT0001, TEXT0002, ... (LOAD-)
  --password TEXT            Basic authentication, the same for every charger
  --seed N                   what cars come, and when (1)
  --json                     print the result as one line of JSON
  --help                     this text

Or let one charger go through a script (docs/simulator.md):

  npm run simulate -- --script simulator/scripts/charge.json

  --script FILE              the script
  --url URL                  where to connect (ws://127.0.0.1:8080/ocpp/demo)
  --identity ID              another charger of the sandbox, or another name
  --password TEXT            Basic authentication
`;

/** An argument that cannot be followed; the message says which and why. */
export class ArgumentError extends Error {}

const OPTIONS = {
  url: { type: 'string' },
  chargers: { type: 'string', default: '100' },
  version: { type: 'string', default: '1.6' },
  ramp: { type: 'string', default: '100/s' },
  duration: { type: 'string' },
  heartbeat: { type: 'string', default: '300' },
  meter: { type: 'string', default: '60' },
  speed: { type: 'string', default: '1' },
  'sessions-per-minute': { type: 'string', default: '0' },
  'session-length': { type: 'string', default: '120' },
  tag: { type: 'string', default: 'LOADTEST' },
  prefix: { type: 'string', default: 'LOAD-' },
  password: { type: 'string' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the command line; null where help was asked for. */
export function parseLoadArguments(args: readonly string[]): LoadPlan | null {
  const values = read(args);
  if (values.help) return null;
  return {
    url: webSocketUrl(values.url),
    chargers: whole('--chargers', values.chargers, 1, 100_000),
    version: versionOf(values.version),
    rampPerSecond: whole('--ramp', values.ramp.replace(/\/s$/, ''), 1, 10_000),
    durationSeconds:
      values.duration === undefined ? null : whole('--duration', values.duration, 1, 604_800),
    heartbeatSeconds: whole('--heartbeat', values.heartbeat, 1, 86_400),
    meterSeconds: whole('--meter', values.meter, 0, 86_400),
    speed: positive('--speed', values.speed),
    sessionsPerMinute: whole('--sessions-per-minute', values['sessions-per-minute'], 0, 600_000),
    sessionSeconds: whole('--session-length', values['session-length'], 1, 86_400),
    tag: tagOf(values.tag),
    prefix: values.prefix,
    password: values.password ?? null,
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
    json: values.json,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function webSocketUrl(text: string | undefined): string {
  if (text === undefined) throw new ArgumentError('--url is missing: where is the platform?');
  const url = URL.parse(text);
  if (url?.protocol === 'ws:' || url?.protocol === 'wss:') return text;
  throw new ArgumentError(`--url must be a ws:// or wss:// address, and "${text}" is not`);
}

function versionOf(text: string): LoadPlan['version'] {
  if (text === '1.6' || text === '2.0.1' || text === 'mixed') return text;
  throw new ArgumentError(`--version must be 1.6, 2.0.1 or mixed, not "${text}"`);
}

/** 1.6 allows twenty characters. */
function tagOf(text: string): string {
  if (text.length >= 1 && text.length <= 20) return text;
  throw new ArgumentError('--tag must have 1 to 20 characters');
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new ArgumentError(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new ArgumentError(`${name} must be a number above 0, not "${text}"`);
}
