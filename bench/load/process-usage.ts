import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What another process has taken of the machine so far, as `ps` tells it. */
export interface ProcessUsage {
  readonly residentMb: number;
  /** Of all its threads, to the second. */
  readonly cpuSeconds: number;
}

export async function processUsage(pid: number): Promise<ProcessUsage> {
  const { stdout } = await run('ps', ['-o', 'rss=,cputime=', '-p', String(pid)]);
  const [rss = '', cpuTime = ''] = stdout.trim().split(/\s+/);
  return { residentMb: Number(rss) / 1024, cpuSeconds: secondsOf(cpuTime) };
}

/** `01:02:03`, `2-01:02:03` with days, or `62:03.45`. */
const secondsOf = (time: string): number =>
  time.split(/[-:]/).reduce((sum, part, n, all) => {
    const isDays = all.length === 4 && n === 0;
    return isDays ? Number(part) * 24 : sum * 60 + Number(part);
  }, 0);
