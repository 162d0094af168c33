import type { Call } from '#lib/reach.ts';
import type { Config } from '#shared/aws/config.ts';

export interface SocketResource {
  readonly endpoint: string;
  /** `arn:…:{api}/{stage}/{method}/@connections/{id}`, for all methods and ids. */
  readonly connectionsArn: string;
}

/** What functions may need, as far as it exists when their stack is built. */
export interface Resources {
  readonly deployment: string;
  readonly table: {
    readonly name: string;
    readonly arn: string;
    readonly indexArns: readonly string[];
  };
  /** Where raw messages of chargers are kept. */
  readonly traffic: { readonly logGroup: string; readonly streamsArn: string };
  readonly cursorKeyArn: string;
  /** The store of files, and what signs their URLs. */
  readonly files: { readonly bucket: string; readonly arn: string; readonly keyArn: string };
  /** Who letters come from, and the identities of SES that may be it; where any are sent. */
  readonly mail: { readonly from: string; readonly identityArns: readonly string[] } | undefined;
  readonly originSecretArn: string;
  /** Who issues chargers' certificates: a key of KMS, or AWS Private CA. */
  readonly authorities: { readonly own: string; readonly v2g: string | undefined };
  /** Whether the edge verifies client certificates. */
  readonly clientCertificates: boolean;
  /** Where the first API key is kept. */
  readonly firstApiKeyArn?: string;
  /** Absent where CloudFront chooses the name. */
  readonly publicHost?: string | undefined;
  readonly ocpp?: SocketResource;
  readonly live?: SocketResource;
  readonly bus?: { readonly name: string; readonly arn: string };
  readonly tasks?: { readonly queueUrlPrefix: string; readonly queueArns: readonly string[] };
}

/** A key of KMS only signs; a Private CA issues. */
export const isPrivateCa = (arn: string): boolean => arn.includes(':acm-pca:');

/** A function is told what its code can call, and no more. */
export function environmentFor(calls: ReadonlySet<Call>, give: Resources): Record<string, string> {
  const { own, v2g } = give.authorities;
  const issues = calls.has('issueCertificate');
  const all: Partial<Record<keyof Config, string | undefined>> = {
    DEPLOYMENT: give.deployment,
    TABLE_NAME: give.table.name,
    PUBLIC_HOST: give.publicHost,
    OCPP_ENDPOINT: calls.has('sockets.ocpp') ? give.ocpp?.endpoint : undefined,
    LIVE_ENDPOINT: calls.has('sockets.live') ? give.live?.endpoint : undefined,
    TRAFFIC_LOG_GROUP:
      calls.has('traffic.append') || calls.has('traffic.newest')
        ? give.traffic.logGroup
        : undefined,
    FILES_BUCKET:
      calls.has('files.acceptExactly') || calls.has('files.head') ? give.files.bucket : undefined,
    FILES_KEY_SECRET: calls.has('filesKey') ? give.files.keyArn : undefined,
    MAIL_FROM: calls.has('mail.send') || calls.has('mail.isOn') ? give.mail?.from : undefined,
    CURSOR_KEY_SECRET: calls.has('cursorKey') ? give.cursorKeyArn : undefined,
    CA_KEY_ARN: issues && !isPrivateCa(own) ? own : undefined,
    PRIVATE_CA_ARN: issues && isPrivateCa(own) ? own : undefined,
    V2G_CA_ARN: issues ? v2g : undefined,
    CLIENT_CERTIFICATES: give.clientCertificates ? 'on' : undefined,
    ORIGIN_SECRET: calls.has('originSecret') ? give.originSecretArn : undefined,
    EVENT_BUS: calls.has('publish') ? give.bus?.name : undefined,
    TASK_QUEUE_URL_PREFIX: calls.has('enqueue') ? give.tasks?.queueUrlPrefix : undefined,
  };
  const told = Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return Object.fromEntries(told);
}
