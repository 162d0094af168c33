import type { Runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';

/**
 * The header in which the edge tells the host the client used. Functions are deployed before the
 * edge has a name, and an alias may be added later, so each request brings its own.
 */
export const PUBLIC_HOST_HEADER = 'x-public-host';

export const urlsAt = (host: string, clientCertificates = false): Context['urls'] => ({
  api: `https://${host}`,
  ocpp: `wss://${host}/ocpp`,
  live: `wss://${host}/live`,
  secureOcpp: `wss://${host}/ocpp`,
  clientCertificates,
});

/** The runtime as seen through the host this request came to. Header names in lower case. */
export function runtimeAt(headers: Readonly<Record<string, string>>, from: Runtime): Runtime {
  const host = headers[PUBLIC_HOST_HEADER];
  return host ? { ...from, urls: urlsAt(host, from.urls.clientCertificates) } : from;
}
