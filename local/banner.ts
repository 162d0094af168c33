import pc from 'picocolors';
import type { Host } from '#local/host.ts';
import { sandbox } from '#local/sandbox.ts';
import type { Served } from '#local/served.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';

/** What a person needs to begin. */
export function banner({ api, ocpp, live, tls }: Host, dataDir: string): string {
  const row = (name: string, value: string) => `  ${pc.dim(name.padEnd(10))}${value}`;
  return [
    '',
    `  ${pc.bold('Magma ChargeSpot')} ${pc.green('is running')}`,
    '',
    row('API', pc.cyan(api)),
    row('API key', pc.cyan(sandbox.apiKey)),
    row('Sign in', `${pc.cyan(sandbox.owner.email)}  ${pc.cyan(sandbox.owner.password)}`),
    row('OAuth', `${pc.cyan(sandbox.service.id)}  ${pc.cyan(sandbox.service.secret)}`),
    row('OCPP', pc.cyan(`${ocpp}/{charger}`)),
    ...(tls ? [row('OCPP, TLS', pc.cyan(`${tls.ocpp}/{charger}`)), row('CA', tls.rootFile)] : []),
    row('Live', pc.cyan(`${live}/{ticket}`)),
    row('Data', dataDir),
    '',
    '  Start a session:',
    '',
    startSession(api),
    '',
    `  ${pc.dim('Ctrl-C stops, the next start goes on. npm start -- --help for more.')}`,
    '',
  ].join('\n');
}

const startSession = (api: string): string =>
  [
    `  curl -X POST ${api}/v1/sessions \\`,
    `    -H "Authorization: Bearer ${sandbox.apiKey}" \\`,
    '    -H "Content-Type: application/json" \\',
    `    -d '{"charger_id":"BLR-014","connector":1,"auth_method":"api","tariff_override":{"type":"free","duration_minutes":30}}'`,
  ].join('\n');

/** The same for a program: one line. */
export const readyLine = ({ api, ocpp, live, tls }: Host): string =>
  JSON.stringify({
    ready: true,
    api,
    ocpp,
    live,
    ...(tls ? { tls_ocpp: tls.ocpp, tls_root_certificate: tls.rootFile } : {}),
    api_key: sandbox.apiKey,
    owner: sandbox.owner,
    organization: sandbox.organization,
    site_id: sandbox.site,
    chargers: sandboxChargers.map(({ identity }) => identity),
  });

/** `POST /v1/sessions 201 12 ms req_…` */
export function servedLine({ method, path, status, ms, requestId }: Served): string {
  const colour = status < 400 ? pc.green : status < 500 ? pc.yellow : pc.red;
  const id = requestId ? pc.dim(` ${requestId}`) : '';
  // A live ticket opens a stream: it is not for logs.
  const shown = path.replace(/^(\/live\/.{8}).*/, '$1…');
  return `${pc.dim(method.padEnd(6))} ${shown} ${colour(String(status))} ${pc.dim(`${ms} ms`)}${id}`;
}
