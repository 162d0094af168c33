import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { until } from '#scripts/deploy-test/step.ts';

export const REGION = 'us-east-1';
/** Unsigned calls, as clients of the API make them, belong to this account. */
export const ACCOUNT = '000000000000';

export interface Emulator extends AsyncDisposable {
  readonly url: string;
  /** With these, AWS's own tools talk to it and to nobody else. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder of this run's own. */
  readonly folder: string;
  /** The last lines it logged. */
  log(): string;
}

/** ministack on a free port of the loopback interface; its Lambdas run on our own Node. */
export async function startEmulator(python: string): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'magma-deploy-'));
  mkdirSync(join(folder, 'state'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'emulator.log');
  const log = openSync(logFile, 'w');
  const env = environment(url);
  const node = execFileSync('node', ['--version'], { env, encoding: 'utf8' });
  if (!node.startsWith('v24.')) throw new Error(`Lambdas would run on Node ${node.trim()}`);
  const child = spawn(python, ['-m', 'ministack'], {
    // A process group of its own: its workers end with it.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...env,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      STATE_DIR: join(folder, 'state'),
      S3_DATA_DIR: join(folder, 'state/s3'),
      TMPDIR: join(folder, 'state'),
    },
  });
  closeSync(log);
  const lastLines = () => readFileSync(logFile, 'utf8').split('\n').slice(-40).join('\n');
  await until('the emulator is up', () => health(url, child, lastLines), 20);
  return {
    url,
    env,
    folder,
    log: lastLines,
    async [Symbol.asyncDispose]() {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Our environment without anything that could reach a real account. */
function environment(url: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const own = {
    PATH: path,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  return Object.fromEntries([
    ...kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ...Object.entries(own),
  ]);
}

async function health(url: string, child: ChildProcess, log: () => string) {
  if (child.exitCode !== null) throw new Error(`The emulator ended:\n${log()}`);
  const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
  return answer?.ok ? true : undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  const group = -child.pid;
  process.kill(group, 'SIGTERM');
  const late = setTimeout(() => process.kill(group, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
