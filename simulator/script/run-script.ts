import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ArgumentError } from '#simulator/load/arguments.ts';
import { playScript, ScriptError } from '#simulator/script/play-script.ts';
import { Script } from '#simulator/script/script.ts';

const SANDBOX_URL = 'ws://127.0.0.1:8080/ocpp/demo';

const OPTIONS = {
  script: { type: 'string' },
  url: { type: 'string' },
  password: { type: 'string' },
  identity: { type: 'string' },
} as const;

/** Plays the script named on the command line; tells whether it was followed to its end. */
export async function runScript(args: readonly string[]): Promise<boolean> {
  const { script: file, url, password, identity } = read(args);
  const script = readScript(file ?? '');
  const charger = identity === undefined ? script.charger : renamed(script.charger, identity);
  const tell = (line: string): boolean => process.stdout.write(`${line}\n`);
  tell(script.title);
  try {
    const setting = {
      url: url ?? script.url ?? SANDBOX_URL,
      ...(password === undefined ? {} : { password }),
    };
    await playScript({ ...script, charger }, setting, tell);
    tell('Followed to its end.');
    return true;
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    tell(error.message);
    return false;
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** Reads a script; what is wrong with it is said where it is wrong. */
export function readScript(file: string): Script {
  const read = Script.safeParse(json(file));
  if (read.success) return read.data;
  throw new ArgumentError(`${file} is no script:\n${z.prettifyError(read.error)}`);
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function renamed(charger: Script['charger'], identity: string): Script['charger'] {
  return typeof charger === 'string' ? identity : { ...charger, identity };
}
