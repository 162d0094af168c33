import * as z from 'zod';

/** Something about security that a charger noticed, or that we noticed about a charger. */
export const SecurityEvent = z
  .object({
    id: z.string().meta({ example: 'sec_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    charger_id: z.string(),
    type: z.string().meta({
      description:
        "As its source names it: OCPP's names, a vendor's own, or one of the platform's " +
        '(`BadCredentials`, `BadCertificate`, `DowngradeRefused`).',
      example: 'TamperDetectionActivated',
    }),
    severity: z.enum(['critical', 'normal']),
    source: z.enum(['charger', 'platform']),
    tech_info: z.string().nullable(),
    occurred_at: z.string().meta({ description: "By the source's own clock" }),
    received_at: z.string(),
    livemode: z.boolean(),
    resource_version: z.int(),
  })
  .meta({ id: 'SecurityEvent', description: 'A security event of a charger.' });
export type SecurityEvent = z.infer<typeof SecurityEvent>;

/**
 * The security events that are critical (2.0.1 Part 2 appendix 1, the 1.6 security whitepaper §3). The
 * type is open text: what is not listed, a vendor's own for instance, is normal.
 */
const CRITICAL = [
  'FirmwareUpdated',
  'SettingSystemTime',
  'StartupOfTheDevice',
  'ResetOrReboot',
  'SecurityLogWasCleared',
  'MemoryExhaustion',
  'TamperDetectionActivated',
  'MaintenanceLoginAccepted',
  'MaintenanceLoginFailed',
].map((type) => type.toLowerCase());

export const severityOf = (type: string): SecurityEvent['severity'] =>
  CRITICAL.includes(type.toLowerCase()) ? 'critical' : 'normal';
