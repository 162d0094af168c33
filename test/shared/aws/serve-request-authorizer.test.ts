import { describe, test } from 'vitest';
import { handler } from '#functions/auth/authorize-request.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { testContext } from '#test/support/context.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const EVERYTHING = 'arn:aws:execute-api:ap-south-1:123456789012:abc123/main/*';
const nobody = {
  organization_id: '',
  livemode: 'false',
  credential_id: '',
  scopes: '',
  site_ids: '',
};

async function aKey(siteIds?: readonly string[]) {
  const ctx = testContext();
  const scopes = ['chargers:read', 'sessions:write'];
  const minted = await mintApiKey(ctx, { name: 'a', scopes, ...(siteIds ? { siteIds } : {}) });
  return { ctx, ...minted };
}

describe('the request authorizer', () => {
  test('tells whose key it is, what it may do and where', async ({ expect }) => {
    const { ctx, key, secret } = await aKey(['BLR-IND', 'DEL-1']);
    useTestRuntime(ctx);
    const answer = await handler(anAuthorizerEvent({ Authorization: `Bearer ${secret}` }));
    expect(answer.context).toEqual({
      organization_id: 'demo',
      livemode: 'false',
      credential_id: key.id,
      scopes: 'chargers:read sessions:write',
      site_ids: 'BLR-IND,DEL-1',
    });
    expect(answer.principalId).toBe(key.id);
  });

  test('answers for the whole API, so that the answer can be kept', async ({ expect }) => {
    const { ctx, secret } = await aKey();
    useTestRuntime(ctx);
    const answer = await handler(anAuthorizerEvent({ authorization: `bearer ${secret}` }));
    expect(answer.context).toMatchObject({ organization_id: 'demo', site_ids: '' });
    expect(answer.policyDocument.Statement).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: EVERYTHING },
    ]);
  });

  test.for([
    ['no header', {}],
    ['a key that never was', { Authorization: `Bearer mk_test_${'0'.repeat(38)}` }],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['an empty one', { Authorization: 'Bearer ' }],
  ] as const)('lets %s through as nobody', async ([, headers], { expect }) => {
    useTestRuntime(testContext());
    const answer = await handler(anAuthorizerEvent(headers));
    expect(answer.context).toEqual(nobody);
    expect(answer.policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
  });

  test('refuses whoever went round the edge, even with a good key', async ({ expect }) => {
    const { ctx, secret } = await aKey();
    useTestRuntime(ctx, { originSecret: 'from-the-edge' });
    const headers = { Authorization: `Bearer ${secret}` };
    const verdict = async (more: Record<string, string>) => {
      const answer = await handler(anAuthorizerEvent({ ...headers, ...more }));
      return answer.policyDocument.Statement.map(({ Effect }) => Effect);
    };
    expect(await verdict({})).toEqual(['Deny']);
    expect(await verdict({ 'x-origin-verify': 'guess' })).toEqual(['Deny']);
    expect(await verdict({ 'x-origin-verify': 'from-the-edge' })).toEqual(['Allow']);
  });
});
