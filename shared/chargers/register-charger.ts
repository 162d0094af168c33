import { Charger, type ChargerView } from '#shared/chargers/charger.ts';
import { chargerView, completeChargers, requireReach } from '#shared/chargers/charger-view.ts';
import { hashPassword, newPassword } from '#shared/chargers/credentials.ts';
import { ChargerCreated } from '#shared/chargers/events.ts';
import type { NewCharger } from '#shared/chargers/new-charger.ts';
import { Connector } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy } from '#shared/core/counts.ts';
import { AppError } from '#shared/core/errors.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { requireSite } from '#shared/sites/site.ts';

export interface RegisteredCharger extends ChargerView {
  readonly ocpp_url: string;
  readonly ocpp_password: string | null;
}

/**
 * Registers a charger before its first connection. Its password is told once.
 * Throws `conflict` where the id or the OCPP identity is taken, `validation_failed` on an unknown
 * site or a security profile that is not allowed, `site_restricted`.
 */
export async function createCharger(ctx: Context, input: NewCharger): Promise<RegisteredCharger> {
  if (input.site_id) await requireSite(ctx, input.site_id);
  requireReach(ctx, input);
  if (input.security_profile === 0) await allowUnsecured(ctx);
  const password = [1, 2].includes(input.security_profile) ? newPassword() : null;
  const charger = await register(ctx, input, password);
  const [whole] = await completeChargers(ctx, [charger]);
  if (!whole) throw new AppError('internal_error', 'The charger was not stored.');
  return {
    ...chargerView(ctx, whole),
    ocpp_url: `${ctx.urls.ocpp}/${ctx.tenantId}/${encodeURIComponent(charger.ocpp_identity)}`,
    ocpp_password: password,
  };
}

async function allowUnsecured(ctx: Context): Promise<void> {
  const { allow_unsecured } = await getOrganization(ctx);
  if (allow_unsecured) return;
  throw new AppError('validation_failed', 'Chargers of this organization need a password.', {
    errors: [{ field: 'security_profile', code: 'not_allowed', message: 'Use 1 or 2.' }],
  });
}

/** An unknown identity of a sandbox becomes a charger of that id. True for the one call that made it. */
export async function autoRegister(ctx: Context, identity: string): Promise<boolean> {
  if (await ctx.table.get(keys.identity(ctx.tenantId, identity))) return false;
  const { auto_register_site_id: site_id } = await getOrganization(ctx);
  const blank = { name: null, site_id, model: null, vendor_name: null, serial_number: null };
  const rest = { connectors: [], labels: [], external_ref: null, ocpp_log: null, metadata: {} };
  try {
    const open = { registration: 'accepted', security_profile: 0 } as const;
    await register(ctx, { ...blank, ...rest, ...open, id: identity }, null);
    return true;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    return false;
  }
}

async function register(
  ctx: Context,
  input: NewCharger,
  password: string | null,
): Promise<Charger> {
  const at = isoNow(ctx);
  const { connectors: given, ...fields } = input;
  const connectors = given.toSorted((a, b) => a.id - b.id);
  const charger = Charger.parse({
    ...fields,
    ocpp_identity: input.ocpp_identity ?? input.id,
    password: password && hashPassword(password),
    connector_ids: connectors.map((c) => c.id),
    created_at: at,
    updated_at: at,
    version: 1,
  });
  const rows = connectors.map((c) => Connector.parse({ ...c, charger_id: charger.id }));
  const object = chargerView(ctx, { charger, connection: undefined, connectors: rows });
  try {
    await commit(ctx, {
      aggregate: { kind: 'charger', id: charger.id, version: 1 },
      writes: [...chargerRows(ctx, charger), ...connectorRows(ctx, rows)],
      events: [
        eventOf(ctx, ChargerCreated, {
          id: charger.id,
          version: object.resource_version,
          scope: { charger_id: charger.id, site_id: charger.site_id },
          object,
        }),
      ],
    });
  } catch (error) {
    throw error instanceof ConditionFailed ? await taken(ctx, charger) : error;
  }
  return charger;
}

function chargerRows(ctx: Context, charger: Charger): Write[] {
  const t = ctx.tenantId;
  const identity = { ...keys.identity(t, charger.ocpp_identity), charger_id: charger.id };
  return [
    { op: 'put', when: 'absent', item: chargerItem(ctx, charger) },
    { op: 'put', when: 'absent', item: identity },
    { op: 'delete', key: keys.unclaimed(t, charger.ocpp_identity) },
    countBy(keys.count(t, 'charger'), 1),
    ...(charger.site_id ? [countBy(keys.count(t, 'charger', charger.site_id), 1)] : []),
  ];
}

const connectorRows = (ctx: Context, rows: readonly Connector[]): Write[] =>
  rows.map((row) => ({
    op: 'put',
    item: {
      ...row,
      session_id: undefined,
      reservation_id: undefined,
      ...keys.connector(ctx.tenantId, row.charger_id, row.id),
    },
  }));

/** A charger with its keys and list indexes. */
export const chargerItem = (ctx: Context, charger: Charger) => ({
  ...charger,
  ...keys.charger(ctx.tenantId, charger.id),
  ...keys.chargers(ctx.tenantId, charger.id),
  ...(charger.site_id
    ? keys.chargersOfSite(ctx.tenantId, charger.site_id, charger.id)
    : { gsi2pk: undefined, gsi2sk: undefined }),
});

/** Which of the two names is taken. A retired charger keeps its id. */
async function taken(ctx: Context, { id, ocpp_identity: identity }: Charger): Promise<AppError> {
  const isId = await ctx.table.get(keys.charger(ctx.tenantId, id));
  const [field, what, name] = isId
    ? ['id', 'id', id]
    : ['ocpp_identity', 'OCPP identity', identity];
  return new AppError('conflict', `There is, or was, a charger with the ${what} ${name}.`, {
    errors: [{ field, code: 'taken', message: `Choose another ${what}.` }],
  });
}
