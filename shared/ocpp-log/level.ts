import * as z from 'zod';

/** How much of a charger's traffic is kept. */
export const LogLevel = z.enum(['all', 'errors', 'off']).meta({
  id: 'OcppLogLevel',
  description: '`errors`: refused, unreadable and repaired messages.',
});
export type LogLevel = z.infer<typeof LogLevel>;

/** The charger's own wish, else its organization's. */
export const levelOf = (
  organization: { readonly ocpp_log: LogLevel },
  charger: { readonly ocpp_log: LogLevel | null } | undefined,
): LogLevel => charger?.ocpp_log ?? organization.ocpp_log;
