import { endpoint as rotate } from '#functions/api/chargers/rotate-charger-credentials.ts';
import { Charger } from '#shared/chargers/charger.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { type Knock, ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const EDGE = 'the secret of the edge';

export interface SecuredWorld {
  readonly ctx: TestContext;
  readonly charger: OcppPeer;
  readonly password: string;
  /** The status with which a handshake over TLS is answered, unless told otherwise. */
  knock(asked: Knock): Promise<number>;
  rotate(body?: object, ctx?: Context): ReturnType<typeof call>;
}

/** A charger of a live organization, of this profile, online. */
export async function aSecuredCharger(
  version: OcppVersion = 'ocpp1.6',
  change: Partial<Charger> = {},
): Promise<SecuredWorld> {
  const ctx = testContext({ organization: { auto_register: false, allow_unsecured: false } });
  const { ocpp_password: password } = await createCharger(ctx, NewCharger.parse({ id: 'CP-1' }));
  const charger = await aPeer(ctx, { version, registered: true });
  const key = keys.charger('demo', 'CP-1');
  await ctx.table.write([{ op: 'update', key, set: { metadata: {}, ...change } }]);
  await settle(ctx);
  const door = ocppDoor(ctx, EDGE);
  return {
    ctx,
    charger,
    password: password ?? '',
    knock: async (asked) =>
      (await door.knock({ originSecret: EDGE, secure: true, protocols: version, ...asked })).status,
    rotate: (body = {}, by = ctx) => call(by, rotate, { params: { charger_id: 'CP-1' }, body }),
  };
}

export const chargerRow = async (ctx: Context): Promise<Charger> =>
  Charger.parse(await ctx.table.get(keys.charger('demo', 'CP-1')));

/** What of a reply is told once. */
export const newPasswordOf = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) =>
  String(Object(body['credentials']).ocpp_password);
