import { endpoint as getOrganization } from '#functions/api/organization/get-organization.ts';
import { endpoint as updateOrganization } from '#functions/api/organization/update-organization.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

export const patch = (ctx: TestContext, body: unknown, headers = {}) =>
  call(ctx, updateOrganization, { body, headers });
export const read = (ctx: TestContext) => call(ctx, getOrganization);
export const rowOf = (ctx: TestContext) => ctx.table.get(keys.organization(ctx.tenantId));

const CLOSED = { auto_register: false, allow_unsecured: false, accept_unknown_tokens: false };
export const aLiveOrganization = () =>
  testContext({ tenantId: 'volt', livemode: true, organization: CLOSED });

/** The first field that a refusal names, and why. */
export const wrongIn = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) => {
  const [first] = Array.isArray(body['errors']) ? body['errors'] : [];
  return first && `${first.field} ${first.code}`;
};
