/** `npm start`: the whole platform on this machine, until Ctrl-C. */
import pc from 'picocolors';
import { ArgumentError, type Arguments, HELP, readArguments } from '#local/arguments.ts';
import { banner, readyLine, servedLine } from '#local/banner.ts';
import { consoleLog } from '#local/console-log.ts';
import { DataFolderError } from '#local/data-folder.ts';
import { type Host, startHost } from '#local/host.ts';

/** What is still running this long after the signal is left: queues and chargers remember it. */
const PATIENCE_MS = 8000;
/** A terminal and npm may both send the same Ctrl-C; a later one is impatience. */
const IMPATIENT_AFTER_MS = 1000;
/** Ready all the same by then: a charger may be charging, or broken, from the time before. */
const CHARGERS_WITHIN_MS = 2000;

async function main(args: Arguments): Promise<void> {
  const print = (line: string) => (args.json ? process.stderr : process.stdout).write(`${line}\n`);
  const host = await startHost({
    port: args.port,
    tlsPort: args.tls ? args['tls-port'] : undefined,
    dataDir: args['data-dir'],
    reset: args.reset,
    simulators: !args['no-simulators'],
    speed: args.speed,
    log: consoleLog(print),
    onServed: (served) => print(servedLine(served)),
    onMail: ({ to, subject }, file) => print(`${pc.blue('✉')} ${to}: ${subject} ${pc.dim(file)}`),
    onCharger: (identity, news) => print(`${pc.magenta('⚡')} ${identity} ${news}`),
  });
  stopOnSignals(host, print);
  if (args.port !== 0 && host.port !== args.port) {
    print(`Port ${args.port} is taken; this is ${host.port}.`);
  }
  if (!args.json) {
    print(banner(host, args['data-dir']));
    return;
  }
  // A script starts a session with its next line: the chargers should be there.
  await host.chargersFree(CHARGERS_WITHIN_MS);
  process.stdout.write(`${readyLine(host)}\n`);
}

function stopOnSignals(host: Host, print: (line: string) => void): void {
  let since: number | undefined;
  const stop = (signal: NodeJS.Signals) => {
    if (since !== undefined) {
      const impatient = signal === 'SIGINT' && performance.now() - since > IMPATIENT_AFTER_MS;
      if (impatient) process.exit(130);
      return;
    }
    since = performance.now();
    print('Stopping …');
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        print(`Stopping failed: ${error}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

// Our launcher was killed: whoever did it wants all of this gone, and nothing is lost by it.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

try {
  const args = readArguments(process.argv.slice(2));
  if (args.help) process.stdout.write(HELP);
  else await main(args);
} catch (error) {
  const expected = error instanceof ArgumentError || error instanceof DataFolderError;
  const text = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n${error instanceof ArgumentError ? `\n${HELP}` : ''}`);
  process.exit(error instanceof ArgumentError ? 2 : 1);
}
