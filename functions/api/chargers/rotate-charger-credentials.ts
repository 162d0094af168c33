import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { moveProfile } from '#shared/chargers/move-profile.ts';
import { NetworkInterface } from '#shared/chargers/network-profile.ts';
import { rotatePassword } from '#shared/chargers/rotate-password.ts';
import { Command } from '#shared/commands/command.ts';
import { completedExample, queuedExample } from '#shared/commands/command-example.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';

const Rotation = z
  .object({
    security_profile: z
      .literal([1, 2, 3])
      .optional()
      .meta({
        description:
          'Move to this OCPP security profile: 1 Basic, 2 Basic over TLS, 3 client certificate over TLS. ' +
          'Left out: a new password.',
      }),
    delivery: z.enum(['charger', 'by_hand']).default('charger').meta({
      description: '`charger`: the password is sent. `by_hand`: somebody enters it in the charger.',
    }),
    password: z.string().min(16).max(40).optional().meta({
      description: 'The new password, where it cannot be a random one.',
    }),
    interface: NetworkInterface.default('wired_0').meta({
      description: 'The network it is to use (a move in OCPP 2.0.1 alone).',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'CredentialRotation' });
type Rotation = z.output<typeof Rotation>;

const Rotated = Command.extend({
  credentials: z.object({
    ocpp_url: z.string(),
    ocpp_password: z.string().nullable().meta({ description: 'Told this once.' }),
    security_profile: z.int().meta({ description: 'By which it will come in.' }),
  }),
}).meta({
  id: 'RotatedCredentials',
  description: 'The command that changes the credentials, and what they are to be.',
});

const credentials = {
  ocpp_url: 'wss://api.magmapro.in/ocpp/magma/BLR-014',
  ocpp_password: '1c9e07b5d2f84a6390be51c7d8a2463f0975eb1d',
  security_profile: 1,
};

export const endpoint = defineEndpoint({
  ...commandCall,
  recall: 'secret',
  id: 'rotateChargerCredentials',
  route: 'POST /v1/chargers/{charger_id}/credentials',
  summary: 'Change how a charger proves who it is',
  description: `
**A new password.** A random one is made (or \`password\` taken), sent to the charger, and answered here
**this once**. From now on the old and the new password both open the door: until the charger is seen with
the new one, or refuses it. If its answer is lost, both stay good, so no charger is ever locked out. A
password the charger said yes to and has not shown within 24 hours leaves the old one behind all the same.
\`charger.credentials_rotated\` is told when the charger has come in by the new one. With \`by_hand\` nothing
is sent, and the command is done at once: for a charger that is offline, or has never connected.

**Another security profile.** The charger goes on coming in by its present one until it has come by the
new one; then never again by less. OCPP 1.6 is set \`SecurityProfile\`, 2.0.1 given a network profile in a
free slot, that slot preferred, and a restart when it is idle. The command is \`accepted\` when the charger
agreed, and \`completed\` when it has come, within a day.

**409 conflict**: the way is down (only OCPP 2.1 goes from 3 to 2); 1 or 2 without a password; 3 without a
certificate (\`POST …/certificates/renew\` first); TLS or client certificates are not to be had here. **422**:
this password cannot be set in the charger's version, or was given with a profile. **409
charger_not_registered**: the charger has never connected.
${aboutCommands}`,
  scope: 'chargers:credentials',
  body: Rotation,
  response: Rotated,
  errors: ['not_found', 'conflict', 'validation_failed', 'charger_not_registered'],
  examples: {
    password: {
      summary: 'A new password, sent to the charger',
      params: { charger_id: 'BLR-014' },
      body: {},
      response: { ...queuedExample, type: 'rotate_credentials', credentials },
    },
    byHand: {
      summary: 'A new password, to be entered by hand',
      params: { charger_id: 'BLR-014' },
      body: { delivery: 'by_hand' },
      response: {
        ...completedExample,
        type: 'rotate_credentials',
        sent_at: null,
        answered_at: null,
        completed_at: completedExample.queued_at,
        result: { outcome: 'issued', reason: null, data: null },
        ocpp: null,
        updated_at: completedExample.queued_at,
        resource_version: 1,
        credentials,
      },
    },
    profile: {
      summary: 'From Basic to a client certificate',
      params: { charger_id: 'BLR-014' },
      body: { security_profile: 3 },
      response: {
        ...queuedExample,
        type: 'move_security_profile',
        credentials: { ...credentials, ocpp_password: null, security_profile: 3 },
      },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { id, password } = await rotate(ctx, chargerId, body);
    await dispatchNow(ctx, chargerId);
    const command = await getCommand(ctx, id);
    const answer = await answerCommand(ctx, command, headers);
    const { ocpp_identity, security_profile, moving } = await getCharger(ctx, chargerId);
    const profile = body.security_profile ?? moving?.profile ?? security_profile;
    const { ocpp, secureOcpp = ocpp } = ctx.urls;
    const url = `${profile < 2 ? ocpp : secureOcpp}/${ctx.tenantId}`;
    const credentials = {
      ocpp_url: `${url}/${encodeURIComponent(ocpp_identity)}`,
      ocpp_password: password,
      security_profile: profile,
    };
    return withStatus(answer.status, { ...answer.body, credentials }, answer.headers);
  },
});

async function rotate(ctx: Context, chargerId: string, body: Rotation) {
  const { security_profile: profile, delivery, password, expires_in_seconds } = body;
  const expiresInSeconds = expires_in_seconds;
  if (profile === undefined) {
    const rotation = { chargerId, delivery, password, expiresInSeconds };
    const rotated = await rotatePassword(ctx, rotation);
    return { id: rotated.command.id, password: rotated.password };
  }
  if (password !== undefined || delivery === 'by_hand')
    throw new AppError('validation_failed', 'A password and a profile are changed one at a time.', {
      errors: [{ field: 'security_profile', code: 'not_allowed', message: 'Leave it out.' }],
    });
  const move = { chargerId, profile, interface: body.interface, expiresInSeconds };
  return { id: (await moveProfile(ctx, move)).id, password: null };
}

export const handler = serve(endpoint);
