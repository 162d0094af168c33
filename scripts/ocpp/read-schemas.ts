import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { noiseKeywords, patches, type SchemaPatch } from '#shared/ocpp/schemas/patches.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** As much of JSON Schema as the OCA uses. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

export type Side = 'request' | 'response';

/** One version's messages, with the definitions they share lifted out. */
export interface ProtocolSchemas {
  readonly version: OcppVersion;
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  readonly messages: ReadonlyMap<string, Partial<Record<Side, JsonSchema>>>;
}

const files: Record<OcppVersion, string> = {
  'ocpp1.6': 'ocpp1_6.json',
  'ocpp2.0.1': 'ocpp2_0_1.json',
  'ocpp2.1': 'ocpp2_1.json',
};

const Schema: z.ZodType<JsonSchema> = z.looseObject({});
const Document = z.looseObject({ $id: z.string() });

export function readSchemas(root: string, version: OcppVersion): ProtocolSchemas {
  const path = join(root, 'node_modules/ocpp-rpc/lib/schemas', files[version]);
  const documents = z.array(Document).parse(JSON.parse(readFileSync(path, 'utf8')));
  const byId = Object.fromEntries(documents.map((document) => [document.$id, document]));
  for (const patch of patches) if (patch.version === version) apply(patch, byId);

  const definitions = new Map<string, JsonSchema>();
  const messages = new Map<string, Partial<Record<Side, JsonSchema>>>();
  for (const [id, document] of Object.entries(byId)) {
    const { $id: _, definitions: own = {}, ...schema } = Schema.parse(withoutNoise(document));
    for (const [name, definition] of Object.entries(own)) hoist(definitions, name, definition);
    const { action, side } = nameOf(id);
    messages.set(action, { ...messages.get(action), [side]: schema });
  }
  return { version, definitions: sorted(definitions), messages: sorted(messages) };
}

function nameOf(id: string): { action: string; side: Side } {
  const match = /^urn:(\w+?)(\.req|\.conf|Request|Response)?$/.exec(id);
  if (!match?.[1]) throw new Error(`Unexpected schema id ${id}`);
  const side = match[2] === '.conf' || match[2] === 'Response' ? 'response' : 'request';
  return { action: match[1], side };
}

/** Definitions of one name are the same in every message of a version; a release may change that. */
function hoist(definitions: Map<string, JsonSchema>, name: string, definition: JsonSchema): void {
  const known = definitions.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(definition))
    throw new Error(`Two different definitions of ${name}`);
  definitions.set(name, definition);
}

function withoutNoise(node: unknown, namesAreOurs = false): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutNoise(item));
  if (typeof node !== 'object' || node === null) return node;
  const isEnum = !namesAreOurs && 'enum' in node && !('properties' in node);
  const kept = Object.entries(node).filter(
    ([key]) => namesAreOurs || !(isNoise(key) || (isEnum && key === 'additionalProperties')),
  );
  const maps = namesAreOurs ? [] : ['properties', 'definitions'];
  return Object.fromEntries(
    kept.map(([key, value]) => [key, withoutNoise(value, maps.includes(key))]),
  );
}

const isNoise = (key: string) => noiseKeywords.some((noise) => noise === key);
const sorted = <T>(map: Map<string, T>) => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

function apply(patch: SchemaPatch, documents: Record<string, unknown>): void {
  const steps = patch.at.split('/');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<unknown>(
    (node, step) => (isRecord(node) ? node[step] : undefined),
    documents,
  );
  if (!isRecord(parent) || JSON.stringify(parent[last]) !== JSON.stringify(patch.expect))
    throw new Error(`The patch at ${patch.at} no longer fits: ${patch.reason}`);
  if ('set' in patch.change) parent[last] = patch.change.set;
  else if (Array.isArray(parent)) parent.push(...patch.change.append);
}

const isRecord = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null;
