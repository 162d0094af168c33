import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

const GIB = 2 ** 30;

/** Where and when figures were taken; times mean nothing without it. */
export const machine = () => ({
  date: new Date().toISOString().slice(0, 10),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memory_gib: Math.round(totalmem() / GIB),
  system: `${platform()} ${arch()}`,
  node: process.versions.node,
  /** Of the last minute: above the number of cores, others were at work too. */
  load: Number((loadavg()[0] ?? 0).toFixed(2)),
});
