import type { Node } from 'constructs';
import * as z from 'zod';

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')]);

/** What an operator may choose with `--context name=value`; docs/deploy.md explains each. */
export const Settings = z.object({
  /** First half of every name. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,11}$/)
    .default('magma'),
  /** Second half: one deployment per stage and account. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,7}$/)
    .default('dev'),
  /** Where a local AWS emulator listens, for a deployment onto it: `http://127.0.0.1:4566`. */
  emulator: z.url().optional(),
  /** Everything goes with the stack, data included. */
  ephemeral: flag.default(false),
  /** The first organization, and the name people see. */
  organization: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,38}$/)
    .default('main'),
  organizationName: z.string().min(1).max(120).default('My charging network'),
  livemode: flag.default(true),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('INR'),
  timezone: z.string().default('Asia/Kolkata'),
  /** Own host name with its certificate (us-east-1), else CloudFront's. */
  domainName: z.string().optional(),
  certificateArn: z.string().startsWith('arn:').optional(),
  /** Chargers may come in over ws:// (OCPP security profiles 0 and 1); not where the next is true. */
  plainOcpp: flag.optional(),
  /** Chargers may show a client certificate (profile 3). CloudFront then speaks TLS alone. */
  clientCertificates: flag.default(false),
  /** A PEM file of other roots whose client certificates the edge lets through. */
  clientRoots: z.string().optional(),
  /** An AWS Private CA that issues chargers' certificates, and one for those of ISO 15118; else a key of KMS. */
  privateCaArn: z.string().startsWith('arn:').optional(),
  v2gCaArn: z.string().startsWith('arn:').optional(),
  /** A web ACL of scope CLOUDFRONT. */
  webAclArn: z.string().startsWith('arn:').optional(),
  /** Who is mailed by alarms. */
  alarmEmail: z.email().optional(),
  /** The address letters come from, of an identity verified in SES; without it none are sent. */
  mailFrom: z.email().optional(),
  /** Who is invited as the first owner, by letter: needs mailFrom, and domainName for the link. */
  ownerEmail: z.email().optional(),
  /** False where the account's API Gateway already has a role for its logs. */
  gatewayLogsRole: flag.default(true),
  /** How long the raw messages of chargers are kept. */
  ocppLogDays: z.coerce.number().int().positive().default(30),
  logDays: z.coerce.number().int().positive().default(30),
});
export type Settings = z.infer<typeof Settings> & {
  readonly name: string;
  readonly plainOcpp: boolean;
};

/** Reads the settings from the app's context; a wrong one stops the synth with its name. */
export function readSettings(node: Pick<Node, 'tryGetContext'>): Settings {
  const given = Object.keys(Settings.shape).map((key) => [
    key,
    node.tryGetContext(key) ?? undefined,
  ]);
  const parsed = Settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new Error(`Context: ${z.prettifyError(parsed.error)}`);
  const settings = parsed.data;
  if (settings.domainName && !settings.certificateArn)
    throw new Error('Context: domainName needs certificateArn, a certificate in us-east-1');
  if (settings.ownerEmail && !(settings.mailFrom && settings.domainName))
    throw new Error(
      'Context: ownerEmail needs mailFrom to write from, and domainName for the link',
    );
  const { clientCertificates, plainOcpp = !clientCertificates } = settings;
  if (clientCertificates && plainOcpp)
    throw new Error('Context: clientCertificates and plainOcpp exclude each other at CloudFront');
  return { ...settings, plainOcpp, name: `${settings.prefix}-${settings.stage}` };
}
