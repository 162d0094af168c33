import * as z from 'zod';
import { type Json, rewriteRefs, tidy } from '#shared/http/openapi/tidy-schema.ts';

type Direction = 'input' | 'output';

const COMPONENTS = '#/components/schemas/';
const DEFS = '#/$defs/';

/**
 * Gathers the named schemas (`.meta({ id })`) that a document refers to. A schema may read
 * differently as input and as output (defaults); then, and only then, there are two of it.
 */
export class SchemaBook {
  readonly #found: Record<Direction, Map<string, Json>> = { input: new Map(), output: new Map() };

  /** The schema as a JSON Schema, or a reference to it where it has a name. */
  add(schema: z.ZodType, direction: Direction): Json {
    const { properties, $defs } = z.toJSONSchema(z.object({ it: schema }), {
      io: direction,
      unrepresentable: 'any',
      override: openUnlessStrict,
    });
    for (const [id, definition] of Object.entries($defs ?? {}))
      this.#found[direction].set(id, this.#clean(definition, direction));
    return this.#clean(properties?.['it'] ?? {}, direction);
  }

  /** All named schemas, in the order of their names. */
  components(): Record<string, Json> {
    const { input, output } = this.#found;
    const all = new Map(output);
    for (const [id, definition] of input) all.set(this.#nameOf(id, 'input'), definition);
    const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([id, json]) => [id, this.resolve(json)]));
  }

  /** Gives the references in a finished document their names. */
  resolve<T extends Json>(document: T): T {
    return rewriteRefs(document, (ref) => {
      const [id, direction] = ref.slice(COMPONENTS.length).split('@');
      if (!ref.startsWith(COMPONENTS) || !id || !direction) return ref;
      return COMPONENTS + this.#nameOf(id, direction === 'input' ? 'input' : 'output');
    });
  }

  #clean(json: unknown, direction: Direction): Json {
    return rewriteRefs(tidy(json), (ref) =>
      ref.startsWith(DEFS) ? `${COMPONENTS}${ref.slice(DEFS.length)}@${direction}` : ref,
    );
  }

  #nameOf(id: string, direction: Direction): string {
    const two = direction === 'input' && this.#differs(id, new Set());
    return two ? `${id}Input` : id;
  }

  /** Whether the schema, or one it refers to, reads differently in the two directions. */
  #differs(id: string, seen: Set<string>): boolean {
    if (seen.has(id)) return false;
    seen.add(id);
    const input = this.#found.input.get(id);
    const output = this.#found.output.get(id);
    if (!input || !output) return false;
    const refs: string[] = [];
    const undirected = (json: Json) =>
      JSON.stringify(
        rewriteRefs(json, (ref) => {
          const [plain = ''] = ref.slice(COMPONENTS.length).split('@');
          refs.push(plain);
          return plain;
        }),
      );
    if (undirected(input) !== undirected(output)) return true;
    return refs.some((other) => this.#differs(other, seen));
  }
}

/** zod closes every object of an answer; ours stay open to additions, but for those declared strict. */
export function openUnlessStrict({ zodSchema, jsonSchema }: Override): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'object' || def.catchall?._zod.def.type === 'never') return;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}
type Override = Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0];
