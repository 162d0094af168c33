import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { allEventTypes, type EventType } from '#shared/events/event.ts';
import type { Job, Subscriber } from '#shared/events/subscriber.ts';
import type { Worker } from '#shared/events/task.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';

const here = fileURLToPath(new URL('../', import.meta.url));

/** A definition and the file it was found in, relative to its folder: `chargers/get-charger.ts`. */
export interface Entry<T> {
  readonly file: string;
  readonly value: T;
}

/** Every file of functions/api is one endpoint; there is no list to keep. Always in the order of the names. */
export const loadEndpoints = (root = here) => load<Endpoint>(root, 'functions/api', 'endpoint');
export const loadSubscribers = (root = here) =>
  load<Subscriber>(root, 'functions/events', 'subscriber');
export const loadWorkers = (root = here) => load<Worker>(root, 'functions/tasks', 'worker');
export const loadJobs = (root = here) => load<Job>(root, 'functions/jobs', 'job');

/** Every declared event type, by name: those of all shared/<domain>/events.ts. */
export async function loadEventTypes(root = here): Promise<EventType[]> {
  const files = typeScriptIn(join(root, 'shared')).filter((file) =>
    /^[\w-]+\/events\.ts$/.test(file),
  );
  await Promise.all(files.map((file) => import(pathToFileURL(join(root, 'shared', file)).href)));
  return allEventTypes().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The tag of an endpoint's file: its folder. */
export const tagOf = ({ file }: Entry<Endpoint>): string => file.split('/')[0] ?? '';

async function load<T extends { readonly kind: string }>(
  root: string,
  folder: string,
  kind: T['kind'],
): Promise<Entry<T>[]> {
  const files = typeScriptIn(join(root, folder));
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(
        pathToFileURL(join(root, folder, file)).href
      );
      const value = module[kind];
      if (!isOf<T>(value, kind)) throw new Error(`${folder}/${file} exports no \`${kind}\``);
      return { file, value };
    }),
  );
}

const isOf = <T extends { readonly kind: string }>(value: unknown, kind: string): value is T =>
  value !== null && typeof value === 'object' && 'kind' in value && value.kind === kind;

function typeScriptIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}
