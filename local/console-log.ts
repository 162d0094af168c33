import pc from 'picocolors';
import type { Log } from '#shared/core/log.ts';

export type Print = (line: string) => void;

/** Log lines for a person at a terminal. What a request or socket did, the gateways tell themselves. */
export function consoleLog(print: Print, { debug = false, colors = pc } = {}): Log {
  const line = (mark: string, message: string, fields: Record<string, unknown> = {}) => {
    const details = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
    print(`${mark} ${message}${details.length > 0 ? colors.dim(` ${details.join(' ')}`) : ''}`);
  };
  return {
    debug: (message, fields) => {
      if (debug) line(colors.dim('·'), message, fields);
    },
    info: (message, fields) => {
      if (debug || message !== REQUEST) line(colors.cyan('•'), message, fields);
    },
    warn: (message, fields) => line(colors.yellow('!'), message, fields),
    error: (message, fields) => line(colors.red('✗'), message, fields),
    count: () => {},
  };
}

/** The functions' own line per request. */
const REQUEST = 'request';

function textOf(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
