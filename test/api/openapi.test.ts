import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { handler } from '#functions/api/meta/get-open-api.ts';
import { loadEndpoints, loadEventTypes } from '#lib/registry.ts';
import { openApiFiles } from '#scripts/openapi.ts';
import { toYaml } from '#shared/http/openapi/to-yaml.ts';
import { testContext } from '#test/support/context.ts';
import { aLambdaContext, aProxyEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const files = await openApiFiles();
const committed = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()),
  'x-required-scope': z.string().optional(),
  responses: z.record(z.string(), z.unknown()),
});
const Document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  webhooks: z.record(z.string(), z.unknown()),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});
const whole: unknown = JSON.parse(files['shared/http/openapi/document.json'] ?? '');
const document = Document.parse(whole);
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
);

describe('the OpenAPI document', () => {
  test.for(Object.keys(files))(
    'in %s is fresh: `npm run generate` would write it',
    (file, { expect }) => {
      expect(committed(file) === files[file], `${file} is stale`).toBe(true);
    },
  );

  test('is the same in both files', ({ expect }) => {
    const yaml = parse(files['openapi.yaml'] ?? '');
    expect(JSON.stringify(yaml) === JSON.stringify(whole)).toBe(true);
  });

  test('is the same however often it is made', async ({ expect }) => {
    expect(JSON.stringify(await openApiFiles()) === JSON.stringify(files)).toBe(true);
  });

  test('has every endpoint, with its scope', async ({ expect }) => {
    const endpoints = (await loadEndpoints()).map(({ value }) => value);
    const shown = operations.map(({ method, path, operation }) => [
      operation.operationId,
      `${method.toUpperCase()} ${path}`,
      operation.security.length > 0 ? (operation['x-required-scope'] ?? 'any') : 'public',
    ]);
    const made = endpoints.map(({ id, route, scope }) => [id, route, scope]);
    expect(shown.sort()).toEqual(made.sort());
  });

  test('has every event that is sent to webhooks', async ({ expect }) => {
    const types = await loadEventTypes();
    const sent = types.filter(({ channels }) => channels.includes('webhook'));
    expect(Object.keys(document.webhooks)).toEqual(sent.map(({ name }) => name));
    expect(sent.length).toBeGreaterThan(10);
  });

  test('refers only to what it has, and has nothing unused', ({ expect }) => {
    const text = JSON.stringify(document);
    const used = new Set(
      [...text.matchAll(/"#\/components\/(\w+\/\w+)"/g)].map(([, name]) => name),
    );
    const { securitySchemes: _, ...components } = document.components;
    const there = Object.entries(components).flatMap(([kind, entries]) =>
      Object.keys(z.record(z.string(), z.unknown()).parse(entries)).map((n) => `${kind}/${n}`),
    );
    expect([...used].sort()).toEqual(there.sort());
  });

  test('shows nothing that only zod understands', ({ expect }) => {
    const text = JSON.stringify(document);
    expect(text).not.toContain('9007199254740991');
    expect(text).not.toContain('$defs');
    expect(text).not.toMatch(/"format":"date-time","pattern"/);
    expect(text).not.toMatch(/@(in|out)put/);
  });

  test('tells of every operation how it is refused', ({ expect }) => {
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect(statuses).toEqual(expect.arrayContaining(['400', '500', '503']));
      if (operation.security.length > 0)
        expect(statuses).toEqual(expect.arrayContaining(['401', '429']));
    }
  });
});

describe('getOpenApi', () => {
  const ask = (accept?: string) => {
    useTestRuntime(testContext());
    return handler(aProxyEvent({ headers: accept ? { Accept: accept } : {} }), aLambdaContext());
  };

  const served = {
    ...Object(whole),
    servers: [{ url: 'https://api.magma.test', description: 'This deployment.' }],
  };

  test('serves the document that is in the repository, with this deployment as its server', async ({
    expect,
  }) => {
    const reply = await ask();
    expect(reply.headers?.['Content-Type']).toBe('application/json; charset=utf-8');
    expect(reply.body === JSON.stringify(served)).toBe(true);
  });

  test('serves it as YAML where that is wanted more', async ({ expect }) => {
    const reply = await ask('application/yaml');
    expect(reply.headers?.['Content-Type']).toBe('application/yaml; charset=utf-8');
    expect(reply.body === toYaml(served)).toBe(true);
    const rather = await ask('application/json, application/yaml;q=0.5');
    expect(rather.headers?.['Content-Type']).toBe('application/json; charset=utf-8');
  });
});
