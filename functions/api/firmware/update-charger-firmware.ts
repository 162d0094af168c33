import { getCommand } from '#shared/commands/settle-command.ts';
import { findUpdate } from '#shared/firmware/firmware-update.ts';
import '#shared/aws/provide-s3-files.ts';
import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Command } from '#shared/commands/command.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { imageExample, updateExample } from '#shared/firmware/firmware-example.ts';
import { NewFirmwareUpdate } from '#shared/firmware/new-update.ts';
import { aboutCommands, answerCommand, commandCall } from '#shared/http/command-call.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { requestFirmwareUpdate } from '#shared/ocpp/requests/request-firmware-update.ts';

const UpdateCommand = Command.extend({
  firmware_update_id: z.string().meta({ description: 'The update that the command begins.' }),
}).meta({ id: 'FirmwareUpdateCommand' });

export const endpoint = defineEndpoint({
  ...commandCall,
  response: UpdateCommand,
  id: 'updateChargerFirmware',
  route: 'POST /v1/chargers/{charger_id}/firmware-updates',
  summary: 'Update the firmware of a charger',
  description: `
Gives a charger an image to install, or the URL of a file elsewhere: at once, or from \`start_at\`, up to
seven days ahead. An image with a signature goes as a signed update to chargers that can check it, and
as a plain one to others. An update of the same charger that is still under way
gives way to this one when the charger agrees, and goes on if it does not.

The command is \`accepted\` when the charger agrees, and ends with the update, whose progress
\`GET /v1/firmware-updates\` and the events \`firmware.update_started\`, \`firmware.update_succeeded\` and
\`firmware.update_failed\` tell: what the charger says of it, in whatever order, and what it says it runs
when it has started again. An update of which nothing is heard for six hours has timed out; if it turns
out well after all, that counts.

**422**: the image is not for this charger (\`firmware_image_id\`: \`other_vendor\`, \`other_model\`,
\`other_version\`), or a time is out of reach. **409 conflict**: the image's file has not been uploaded.
**409 capability_not_supported**: the charger cannot be updated so; \`install_at\` without a signature needs
OCPP 2.0.1. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'firmware:write',
  body: NewFirmwareUpdate,
  errors: [
    'not_found',
    'validation_failed',
    'conflict',
    'charger_not_registered',
    'capability_not_supported',
  ],
  examples: {
    atOnce: {
      summary: 'An image, at once',
      params: { charger_id: 'BLR-014' },
      body: { firmware_image_id: imageExample.id },
      response: {
        ...queuedExample,
        type: 'update_firmware',
        firmware_update_id: updateExample.id,
      },
    },
    elsewhere: {
      summary: "A file on the manufacturer's server",
      params: { charger_id: 'BLR-014' },
      body: { url: 'ftp://firmware.example.com/mx-ev-22_4.3.0.bin', version: '4.3.0' },
    },
  },
  async recall(ctx, { id }) {
    const { command_id = '' } = (await findUpdate(ctx, id)) ?? {};
    return { ...(await getCommand(ctx, command_id)), firmware_update_id: id };
  },
  async handle({ params, body, headers }, ctx) {
    const { firmware_update_id, ...command } = await requestFirmwareUpdate(
      ctx,
      params.charger_id,
      body,
    );
    const answer = await answerCommand(ctx, command, headers);
    return withStatus(answer.status, { ...answer.body, firmware_update_id }, { ...answer.headers });
  },
});

export const handler = serve(endpoint);
