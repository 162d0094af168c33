import * as z from 'zod';

/** The environment the stacks give a Lambda. What a role may not reach, its functions are not told. */
export const Config = z.object({
  /** Prefix and stage, by which its metrics are told from another deployment's. */
  DEPLOYMENT: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  /** Public host of the deployment, where it has one name. Else each request tells the one it used. */
  PUBLIC_HOST: z.string().optional(),
  /** Management endpoints of the two WebSocket APIs. */
  OCPP_ENDPOINT: z.url().optional(),
  LIVE_ENDPOINT: z.url().optional(),
  /** The key of KMS under which chargers' certificates are issued, or the AWS Private CA that does. */
  CA_KEY_ARN: z.string().optional(),
  PRIVATE_CA_ARN: z.string().optional(),
  /** Who issues those of ISO 15118, where that is another. */
  V2G_CA_ARN: z.string().optional(),
  /** Whether the edge verifies client certificates of chargers. */
  CLIENT_CERTIFICATES: z.enum(['on', 'off']).default('off'),
  CURSOR_KEY_SECRET: z.string().optional(),
  /** Left out where there is no edge in front. */
  ORIGIN_SECRET: z.string().optional(),
  /** Where raw messages of chargers are kept. */
  TRAFFIC_LOG_GROUP: z.string().optional(),
  FILES_BUCKET: z.string().optional(),
  FILES_KEY_SECRET: z.string().optional(),
  /** The address letters come from; without it none are sent. */
  MAIL_FROM: z.string().optional(),
  EVENT_BUS: z.string().optional(),
  /** What comes before a task's id in the URL of its queue. */
  TASK_QUEUE_URL_PREFIX: z.string().optional(),
});
export type Config = z.infer<typeof Config>;
export type Setting = keyof Config;

export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config =>
  Config.parse(env);

/** The value of a setting this function turns out to need. */
export function need(config: Config, setting: Setting): string {
  const value = config[setting];
  if (value === undefined) throw new Error(`This function was deployed without ${setting}`);
  return value;
}
