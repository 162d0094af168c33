import * as z from 'zod';
import type { Cell, Table } from '#bench/part.ts';
import { beginByTag, chargeFor, endCharge } from '#bench/units/begin-charge.ts';
import type { Answers } from '#bench/units/metered-charger.ts';
import { restRequests } from '#bench/units/rest-requests.ts';
import { type MeteredSite, reconnect } from '#bench/units/site.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Reply } from '#test/support/call.ts';

/** What 2.0.1 and 1.6 chargers say to calls that want more than a yes. */
const agreed: Answers = {
  GetDiagnostics: { fileName: 'mx-60.tgz' },
  GetConfiguration: {
    configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
  },
  GetLocalListVersion: { listVersion: 0 },
  UpdateFirmware: {},
};

const ORDER = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** What each operation of the REST API costs, found by the registry; and those that could not be measured. */
export async function restUnits(
  site: MeteredSite,
  webhookUrl: string,
): Promise<{ table: Table; refused: string[] }> {
  const { world } = site;
  await reconnect(site);
  const charge = await beginByTag(world, site.dc);
  await chargeFor(world, charge, 20);
  const requests = await restRequests(site, webhookUrl);
  const rows: Cell[][] = [];
  const refused: string[] = [];
  for (const endpoint of inOrder([...world.endpoints.values()])) {
    const { id, route } = endpoint;
    const ask = () => world.request(id, requests(endpoint));
    // The first reads what each process reads once: the limiter's last window.
    if (route.startsWith('GET')) await ask();
    const { ledger, result } = await world.measure(ask);
    for (const charger of [site.dc, site.dc201, ...site.spares]) await charger.acceptAll(agreed);
    await world.settle();
    if (result.status >= 300) {
      refused.push(`Not measured: ${id}, which answered ${result.status} ${codeOf(result)}`);
      continue;
    }
    const own = ledger.total((name) => name === `api/${id}`);
    const after = ledger.total((name) => name !== `api/${id}`);
    rows.push([id, route, result.status, own.reads, own.writes, after.reads, after.writes]);
  }
  await endCharge(world, charge);
  const columns = [
    'operation',
    'route',
    'status',
    'reads',
    'writes',
    'after it: reads',
    'after it: writes',
  ];
  return { table: { title: 'REST, per request', columns, rows }, refused };
}

const inOrder = (endpoints: readonly Endpoint[]) =>
  endpoints.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
const rank = ({ route }: Endpoint) => ORDER.indexOf(route.split(' ')[0] ?? '');

const codeOf = ({ body }: Reply) => z.object({ code: z.string() }).safeParse(body).data?.code ?? '';
