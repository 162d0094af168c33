import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, type Synthesized, synthesized } from '#test/infra/synthesized.ts';

const Operation = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-amazon-apigateway-integration': z.object({ uri: z.unknown(), type: z.string() }),
});
const Body = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  'x-amazon-apigateway-gateway-responses': z.record(
    z.string(),
    z.object({
      statusCode: z.number(),
      responseParameters: z.record(z.string(), z.string()),
      responseTemplates: z.record(z.string(), z.string()),
    }),
  ),
});

const ofAuthorizationServer = ['/oauth2/{proxy+}', '/.well-known/{proxy+}'];

describe('the REST API as deployed', () => {
  let all: Synthesized;
  let body: z.infer<typeof Body>;
  let functions: string[];
  beforeAll(async () => {
    all = await synthesized();
    const [api] = resourcesOf(all, 'AWS::ApiGateway::RestApi');
    body = Body.parse(api?.properties['Body']);
    functions = resourcesOf(all, 'AWS::Lambda::Function').map(({ properties }) =>
      String(properties['FunctionName']),
    );
  });

  it('has one function and one route for every endpoint, and no other', () => {
    const { endpoints } = all.registry;
    expect(endpoints.length).toBeGreaterThan(20);
    for (const { id, route } of endpoints) {
      const [method = '', path = ''] = route.split(' ');
      expect(
        functions.filter((name) => name === `magma-dev-${id}`),
        id,
      ).toHaveLength(1);
      const operation = body.paths[path]?.[method.toLowerCase()];
      const uri = JSON.stringify(operation?.['x-amazon-apigateway-integration'].uri);
      expect(uri, route).toContain(`:function:magma-dev-${id}/invocations`);
    }
    const routed = Object.values(body.paths).flatMap((item) =>
      Object.keys(item).filter((method) => !method.startsWith('x-')),
    );
    expect(routed).toHaveLength(endpoints.length);
  });

  it('asks for a credential everywhere but at public endpoints', () => {
    for (const { route, scope } of all.registry.endpoints) {
      const [method = '', path = ''] = route.split(' ');
      const { security } = body.paths[path]?.[method.toLowerCase()] ?? {};
      expect(security, route).toEqual(scope === 'public' ? undefined : [{ credential: [] }]);
    }
  });

  it('answers unknown paths, and unknown methods of known ones, with a function of ours', () => {
    const paths = Object.entries(body.paths);
    expect(body.paths['/{proxy+}']).toBeDefined();
    for (const [path, item] of paths) {
      if (ofAuthorizationServer.includes(path)) continue;
      const any = item['x-amazon-apigateway-any-method'];
      const uri = JSON.stringify(any?.['x-amazon-apigateway-integration'].uri);
      expect(uri, path).toContain('magma-dev-http-unknown-path/invocations');
    }
  });

  it('leaves to the authorization server all of its paths, for anybody who asks', () => {
    for (const path of ofAuthorizationServer) {
      const any = body.paths[path]?.['x-amazon-apigateway-any-method'];
      const uri = JSON.stringify(any?.['x-amazon-apigateway-integration'].uri);
      expect(uri, path).toContain('magma-dev-oauth2-answer/invocations');
      expect(JSON.stringify(any), path).not.toContain('security');
    }
  });

  it('refuses with problem documents where API Gateway refuses by itself', () => {
    const responses = body['x-amazon-apigateway-gateway-responses'];
    for (const type of ['UNAUTHORIZED', 'THROTTLED', 'DEFAULT_4XX', 'DEFAULT_5XX']) {
      const { statusCode, responseTemplates } = responses[type] ?? {};
      const problem = JSON.parse(responseTemplates?.['application/json'] ?? '{}');
      expect(problem, type).toMatchObject({ status: statusCode, request_id: '$context.requestId' });
      expect(problem.code, type).toMatch(/^[a-z_]+$/);
    }
  });

  it('tells a caller it refuses what to send', () => {
    const responses = body['x-amazon-apigateway-gateway-responses'];
    for (const type of ['UNAUTHORIZED', 'ACCESS_DENIED'])
      expect(responses[type]?.responseParameters).toMatchObject({
        'gatewayresponse.header.WWW-Authenticate': expect.stringMatching(/^'Bearer realm="magma"/),
      });
  });

  // API Gateway takes 300 resources an API: every distinct piece of a path is one.
  it('stays below 280 path resources', () => {
    const nodes = new Set<string>(['/']);
    for (const path of Object.keys(body.paths)) {
      const parts = path.split('/').slice(1);
      for (const n of parts.keys()) nodes.add(`/${parts.slice(0, n + 1).join('/')}`);
    }
    expect(nodes.size).toBeLessThan(280);
  });

  // It refuses /a/{x} beside /a/{y}/b.
  it('calls the same place in a path by one name', () => {
    const names = new Map<string, string>();
    for (const path of Object.keys(body.paths).filter((each) => each !== '/{proxy+}')) {
      const parts = path.split('/').slice(1);
      parts.forEach((part, n) => {
        if (!part.startsWith('{')) return;
        const before = parts.slice(0, n).join('/');
        expect(names.get(before) ?? part, path).toBe(part);
        names.set(before, part);
      });
    }
  });
});
