import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EventType } from '#shared/events/event.ts';

/** A type of event, and the files that emit it. */
export interface EmittedEvent {
  readonly type: EventType;
  readonly emittedIn: readonly string[];
}

/** Every declared type by name, with the code outside its declaration that uses it. */
export async function readEvents(root: string): Promise<EmittedEvent[]> {
  const files = readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' })
    .map((file) => `shared/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.includes('/generated/'))
    .sort();
  const declarations = files.filter((file) => /^shared\/[\w-]+\/events\.ts$/.test(file));
  const code = files
    .filter((file) => !declarations.includes(file))
    .map((file) => ({ file, text: withoutImports(readFileSync(join(root, file), 'utf8')) }));
  const found = await Promise.all(
    declarations.map(async (file) => {
      const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
      return Object.entries(module).flatMap(([name, value]): EmittedEvent[] => {
        if (!isEventType(value)) return [];
        const mention = new RegExp(`\\b${name}\\b`);
        const users = code.filter(({ text }) => mention.test(text));
        return [{ type: value, emittedIn: users.map((user) => user.file) }];
      });
    }),
  );
  return found.flat().sort((a, b) => (a.type.name < b.type.name ? -1 : 1));
}

/** Nor comments: to name a type is not to emit it. */
const withoutImports = (text: string) =>
  text
    .replace(/^import\b[^;]*;/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '');

const isEventType = (value: unknown): value is EventType =>
  value !== null && typeof value === 'object' && 'channels' in value && 'example' in value;
