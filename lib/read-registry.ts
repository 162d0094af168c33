import { loadEndpoints, loadJobs, loadSubscribers, loadWorkers } from '#lib/registry.ts';
import type { Job, Subscriber } from '#shared/events/subscriber.ts';
import type { Worker } from '#shared/events/task.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';

/** Everything the folders of functions/ declare. */
export interface Registry {
  readonly endpoints: readonly Endpoint[];
  readonly subscribers: readonly Subscriber[];
  readonly workers: readonly Worker[];
  readonly jobs: readonly Job[];
}

export async function readRegistry(): Promise<Registry> {
  const valuesOf = <T>(entries: readonly { value: T }[]) => entries.map(({ value }) => value);
  return {
    endpoints: valuesOf(await loadEndpoints()),
    subscribers: valuesOf(await loadSubscribers()),
    workers: valuesOf(await loadWorkers()),
    jobs: valuesOf(await loadJobs()),
  };
}
