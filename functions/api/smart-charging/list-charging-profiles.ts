import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { awaitCommand } from '#shared/commands/await-command.ts';
import { CommandStatus } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readWait } from '#shared/http/prefer.ts';
import { readPage } from '#shared/http/read-page.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { ChargingProfile, ProfilePurpose } from '#shared/smart-charging/charging-profile.ts';
import {
  listChargingProfiles,
  refreshProfiles,
} from '#shared/smart-charging/list-charging-profiles.ts';
import { findOutsideLimits, OutsideLimit } from '#shared/smart-charging/outside-limit.ts';
import { outsideLimitExample, profileExample } from '#shared/smart-charging/profile-example.ts';

/** How long a refresh is waited for where the caller does not say. */
const WAIT_S = 10;

const Listed = listOf('charging_profiles', ChargingProfile)
  .extend({
    outside_limits: z.array(OutsideLimit).meta({
      description: 'What others than the platform hold the charger to, as far as it told.',
    }),
    refresh: z
      .object({ command_id: z.string(), status: CommandStatus })
      .nullable()
      .meta({ description: 'The command that reads them from the charger, where asked for.' }),
  })
  .meta({ id: 'ChargingProfileList' });

export const endpoint = defineEndpoint({
  id: 'listChargingProfiles',
  route: 'GET /v1/chargers/{charger_id}/charging-profiles',
  summary: 'List the charging profiles of a charger',
  description: `
The profiles that are believed to be in a charger: those it agreed to, less those it was told to forget,
whose session has ended or whose time is over. \`outside_limits\` is what an energy manager or the grid hold
it to, as far as it told.

\`refresh=true\` has the charger tell its profiles (OCPP 2.0.1) and waits for that, 10 seconds or as
\`Prefer: wait=N\` says; \`refresh\` tells what became of it. One that is still under way shows the list as it
was known. **409 capability_not_supported**: the charger cannot tell. **409 charger_offline**: it is not
connected. **409 charger_not_registered**: it has never been.`,
  scope: 'energy:read',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  query: z.object({
    purpose: commaList(ProfilePurpose)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'charger_max,default' }),
    connector: z.coerce.number().int().min(0).max(999).optional().meta({
      description: 'Of this connector; 0: of the whole charger.',
    }),
    refresh: z.stringbool().optional().meta({ description: 'Read them from the charger first.' }),
    ...pageQuery,
  }),
  status: 200,
  mayWait: true,
  response: Listed,
  errors: ['not_found', 'charger_offline', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    known: {
      summary: 'What is known',
      params: { charger_id: 'BLR-014' },
      response: {
        charging_profiles: [profileExample],
        total: 1,
        next_cursor: null,
        outside_limits: [outsideLimitExample],
        refresh: null,
      },
    },
  },
  async handle({ params: { charger_id: chargerId }, query, headers }, ctx) {
    const { refresh: asked, ...filter } = query;
    const refresh = asked ? await read(ctx, chargerId, readWait(headers) || WAIT_S) : null;
    const { items, ...rest } = await readPage(ctx, `profiles ${chargerId}`, filter, (page) =>
      listChargingProfiles(ctx, chargerId, filter, page),
    );
    const outside_limits = await findOutsideLimits(ctx, chargerId);
    return { charging_profiles: items, ...rest, outside_limits, refresh };
  },
});

async function read(ctx: Context, chargerId: string, seconds: number) {
  const command_id = await refreshProfiles(ctx, chargerId);
  await dispatchNow(ctx, chargerId);
  const { status } = await awaitCommand(ctx, command_id, seconds);
  return { command_id, status };
}

export const handler = serve(endpoint);
