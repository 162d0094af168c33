import type { Outcome } from '#shared/commands/settle-command.ts';
import type {
  GenericDeviceModelStatusEnumType,
  StatusInfoType,
} from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

/** A large inventory is hundreds of messages over a slow line. */
const REPORTED_WITHIN_S = 900;

interface Answer {
  readonly status: GenericDeviceModelStatusEnumType;
  readonly statusInfo?: StatusInfoType;
}

/** The charger will report, has nothing to report, or will not. */
export function reportOutcome({ status, statusInfo }: Answer): Outcome {
  if (status === 'Accepted')
    return { status: 'accepted', outcome: 'reporting', followUpSeconds: REPORTED_WITHIN_S };
  if (status === 'EmptyResultSet')
    return { status: 'completed', outcome: 'nothing_to_report', data: { parts: 0 } };
  return {
    status: 'rejected',
    outcome: status === 'NotSupported' ? 'not_supported' : 'rejected',
    reason: statusInfo?.additionalInfo ?? `The charger answered ${status}.`,
  };
}
