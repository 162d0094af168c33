import { fileURLToPath } from 'node:url';

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A line for the person at the terminal. Never on stdout, which belongs to the program. */
export const say = (text) => process.stderr.write(`${text}\n`);

export function fail(text, code = 1) {
  say(text);
  process.exit(code);
}
