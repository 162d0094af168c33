import { parseArgs } from 'node:util';
import * as z from 'zod';

const DEFAULT_PORT = 8080;
const DEFAULT_TLS_PORT = 8443;

export const HELP = `npm start -- [options]

  --port N          port on 127.0.0.1; the next free one where it is taken (${DEFAULT_PORT})
  --tls           speak TLS too, as OCPP security profiles 2 and 3 want it
  --tls-port N    its port; the next free one where it is taken (${DEFAULT_TLS_PORT})
  --data-dir DIR    where everything is kept (.magma)
  --reset           begin anew: forget what is kept
  --speed N         simulated charging runs N times faster (1)
  --no-simulators   without the five simulated chargers
  --json            one line of JSON on stdout when ready; logs on stderr
  --help
`;

/** What is wrong with the command line, for the person who typed it. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

function port(name: string) {
  const wrong = `${name} must be a whole number from 0 to 65535.`;
  return z
    .string()
    .regex(/^\d+$/, wrong)
    .transform(Number)
    .refine((number) => number <= 65_535, wrong);
}

const SPEED = '--speed must be a number from 0.1 to 3600.';

const Arguments = z.object({
  port: port('--port').default(DEFAULT_PORT),
  tls: z.boolean().default(false),
  'tls-port': port('--tls-port').default(DEFAULT_TLS_PORT),
  'data-dir': z.string().min(1, '--data-dir needs a folder.').default('.magma'),
  speed: z
    .string()
    .regex(/^\d+(\.\d+)?$/, SPEED)
    .transform(Number)
    .refine((speed) => speed >= 0.1 && speed <= 3600, SPEED)
    .default(1),
  reset: z.boolean().default(false),
  'no-simulators': z.boolean().default(false),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type Arguments = z.infer<typeof Arguments>;

/** Throws {@link ArgumentError}. */
export function readArguments(args: readonly string[]): Arguments {
  const parsed = Arguments.safeParse(valuesOf(args));
  if (parsed.success) return parsed.data;
  throw new ArgumentError(parsed.error.issues[0]?.message ?? 'Wrong arguments.');
}

function valuesOf(args: readonly string[]): Record<string, unknown> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        tls: flag,
        'tls-port': text,
        'data-dir': text,
        speed: text,
        reset: flag,
        'no-simulators': flag,
        json: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}
