import { API_VERSION } from '#shared/events/envelope.ts';
import type { EventType } from '#shared/events/event.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { operationOf, sharedResponses } from '#shared/http/openapi/operation.ts';
import { problemExample, refusalsOf } from '#shared/http/openapi/refusals.ts';
import { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import {
  headerParameters,
  problemResponse,
  responseHeaders,
  securityOf,
  securitySchemes,
} from '#shared/http/openapi/shared-parts.ts';
import { tags } from '#shared/http/openapi/tags.ts';
import { isJson, type Json } from '#shared/http/openapi/tidy-schema.ts';
import { webhookParameters, webhooksOf } from '#shared/http/openapi/webhooks.ts';
import { Problem, problems } from '#shared/http/problem.ts';

export interface Sources {
  /** Each with its folder. */
  readonly endpoints: readonly { readonly tag: string; readonly endpoint: Endpoint }[];
  readonly eventTypes: readonly EventType[];
}

/** The OpenAPI 3.1 document of the whole API. The same sources give the same document. */
export function openApiDocument({ endpoints, eventTypes }: Sources): Json {
  const book = new SchemaBook();
  book.add(Problem, 'output');
  const paths = pathsOf(endpoints, book);
  const webhooks = webhooksOf(eventTypes, book);
  const used = new Set(endpoints.map(({ tag }) => tag));
  const codes = [...new Set(endpoints.flatMap(({ endpoint }) => refusalsOf(endpoint)))].sort();
  const whole = book.resolve({
    openapi: '3.1.0',
    info,
    servers,
    tags: Object.entries(tags).flatMap(([folder, tag]) =>
      used.has(folder) || tag.name === 'Webhooks' ? [tag] : [],
    ),
    security: securityOf(),
    paths,
    webhooks,
    components: {
      securitySchemes,
      parameters: { ...headerParameters, ...webhookParameters },
      headers: responseHeaders,
      responses: Object.fromEntries(
        sharedResponses.map(({ name, codes: [code, ...more] }) => [
          name,
          code && problemResponse(problems[code].status, [code, ...more]),
        ]),
      ),
      examples: Object.fromEntries(codes.map((code) => [code, problemExample(code)])),
      schemas: book.components(),
    },
  });
  return withoutUnused(whole);
}

function pathsOf(endpoints: Sources['endpoints'], book: SchemaBook): Json {
  const paths: Record<string, Json> = {};
  const sorted = [...endpoints].sort((a, b) => (a.endpoint.route < b.endpoint.route ? -1 : 1));
  for (const { tag, endpoint } of sorted) {
    const [method = '', path = ''] = endpoint.route.split(' ');
    const name = tags[tag]?.name;
    if (!name) throw new Error(`shared/http/openapi/tags.ts does not describe ${tag}`);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(endpoint, name, book) };
  }
  const inOrder = Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder);
}

/** Components that nothing refers to confuse readers, and linters. */
function withoutUnused(document: Json): Json {
  const text = JSON.stringify(document);
  const { components, ...rest } = document;
  if (!isJson(components)) return document;
  const kept = Object.entries(components).map(([kind, entries]) => [
    kind,
    kind === 'securitySchemes' || !isJson(entries)
      ? entries
      : Object.fromEntries(
          Object.entries(entries).filter(([name]) =>
            text.includes(`"#/components/${kind}/${name}"`),
          ),
        ),
  ]);
  const next = { ...rest, components: Object.fromEntries(kept) };
  return JSON.stringify(next).length === text.length ? next : withoutUnused(next);
}

const info = {
  title: 'Magma ChargeSpot API',
  version: API_VERSION,
  summary: 'Chargers, sessions, tariffs and everything around a charge.',
  description: `Run a network of EV chargers over HTTPS.

**Credentials.** Send \`Authorization: Bearer\` with an API key, \`mk_test_…\`, or with an access token of OAuth 2.0. It decides the organization and whether you see test or live data.

**Parents and children.** A credential of a parent organization acts for a child with \`Magma-Organization: <id>\`: any request is then made there, with the scopes it has. 404 where that is no child of its own. See \`POST /v1/organizations\`.

**Refusals** are \`application/problem+json\` (RFC 9457): decide by \`code\`, show \`detail\`, tell support the \`request_id\`. 400 is a request that cannot be read, 422 a body that can be read and is not acceptable.

**Repeats.** Any POST, PATCH, PUT or DELETE may carry an \`Idempotency-Key\`; a repeat within 24 hours gets the first answer.

**Lists** come in pages: pass \`next_cursor\` as \`cursor\`. **Limits:** 1,000 requests a minute for each credential, 60 commands a minute for each charger, 30 requests a minute for what reads or sends a great deal; all told in \`RateLimit\` headers. **Unknown** fields and enum values may appear at any time: ignore them.

**Compression.** Answers of 1 KB and more come as gzip or deflate to who accepts that; a request may be packed too, with \`Content-Encoding\`. **Deprecated** operations say so for twelve months, in \`Deprecation\` and \`Sunset\` headers and in \`whoami\`.`,
  contact: { name: 'Magma ChargeSpot', url: 'https://docs.magmapro.in' },
  license: { name: 'Proprietary', url: 'https://docs.magmapro.in/terms' },
};

const servers = [
  { url: 'https://api.magmapro.in', description: 'Test and live; the key decides.' },
];
