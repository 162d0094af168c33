import { seed } from '#local/seed.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { type HostProcess, startHostProcess } from '#test/support/host-process.ts';
import { prepareData } from '#test/support/prepared-data.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const DAY_MS = 86_400_000;

export interface SandboxHost {
  readonly host: HostProcess;
  readonly ready: HostProcess['ready'];
  readonly api: ApiClient;
  readonly dataDir: string;
}

/** The local host as a process of its own, on any port; without simulated chargers unless given their speed. */
export async function aSandboxHost(
  options: { readonly dataDir?: string; readonly speed?: number; readonly args?: string[] } = {},
): Promise<SandboxHost> {
  const { dataDir = temporaryFolder(), speed, args = [] } = options;
  const simulators = speed === undefined ? ['--no-simulators'] : ['--speed', String(speed)];
  const host = await startHostProcess([
    ...['--port', '0', '--data-dir', dataDir],
    ...simulators,
    ...args,
  ]);
  return { host, ready: host.ready, api: new ApiClient(host.ready), dataDir };
}

/** A data folder whose sandbox, and so its tariff, has been there for a day. */
export async function aSandboxOfYesterday(): Promise<string> {
  const dataDir = temporaryFolder();
  await prepareData(dataDir, new Date(Date.now() - DAY_MS), seed);
  return dataDir;
}
