import { sayIn201 } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { triggerMessage } from '#shared/ocpp/v201/remote-control/trigger-message.ts';

/** Asks for a request for the certificate that is shown to cars. */
export const pncTriggerMessage = sayIn201(
  triggerMessage,
  ({ message }) => message === 'v2g_certificate_signing',
);
