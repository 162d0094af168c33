import type * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { NetworkProfile } from '#shared/chargers/network-profile.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { sealSecret } from '#shared/commands/secret-input.ts';
import type { Context } from '#shared/core/context.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { Apn, Vpn } from '#shared/ocpp/inputs/network-profile-input.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const Profile = NetworkProfile.extend({
  apn: Apn.optional(),
  vpn: Vpn.optional(),
  expires_in_seconds: expiresIn,
}).meta({ id: 'NetworkProfileRequest' });
type Profile = z.output<typeof Profile>;

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'setNetworkProfile',
  route: 'POST /v1/chargers/{charger_id}/commands/network-profile',
  summary: 'Tell a charger how to reach a platform',
  description: `
Writes a network profile into one of the charger's slots: the platform's URL, the network, the OCPP
security profile. The charger uses it once its slot stands first in \`NetworkConfigurationPriority\`
(\`PATCH …/configuration\`) and it has restarted. So chargers move to this platform, or away from it. To
change the security profile here, \`POST …/credentials\` does all of it.

Passwords and keys go to the charger and nowhere else: the command does not show them. **409
capability_not_supported**: OCPP 1.6 has no such call, or the charger does not take it.
${aboutCommands}`,
  scope: 'commands:write',
  body: Profile,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    wired: {
      summary: 'Another platform, over the cable',
      params: { charger_id: 'BLR-021' },
      body: { slot: 2, url: 'wss://csms.example/ocpp', security_profile: 2 },
      response: { ...queuedExample, type: 'set_network_profile', charger_id: 'BLR-021' },
    },
    mobile: {
      summary: 'This one, over the mobile network',
      params: { charger_id: 'BLR-021' },
      body: {
        slot: 2,
        url: 'wss://api.magmapro.in/ocpp/magma',
        security_profile: 2,
        interface: 'wireless_0',
        apn: { apn: 'iot.example', authentication: 'auto' },
      },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { expires_in_seconds: expiresInSeconds, ...profile } = body;
    const input = await sealed(ctx, chargerId, profile);
    const asked = { type: 'set_network_profile', chargerId, input, expiresInSeconds };
    return answerCommand(ctx, await requestCommand(ctx, asked), headers);
  },
});

/** A command is kept, and shown; what is secret of it is neither. */
async function sealed(
  ctx: Context,
  chargerId: string,
  { apn, vpn, ...profile }: Omit<Profile, 'expires_in_seconds'>,
) {
  const seal = (text: string) => sealSecret(ctx, chargerId, text);
  return {
    ...profile,
    ...(apn ? { apn: { ...apn, password: apn.password && (await seal(apn.password)) } } : {}),
    ...(vpn
      ? { vpn: { ...vpn, password: await seal(vpn.password), key: await seal(vpn.key) } }
      : {}),
  };
}

export const handler = serve(endpoint);
