import type { Findings, Part, Say, Target } from '#bench/part.ts';
import { bill, byFunction, storage } from '#bench/units/bill.ts';
import { commandUnits } from '#bench/units/command-units.ts';
import { day, liveThroughDay } from '#bench/units/day.ts';
import { ocppUnits } from '#bench/units/ocpp-units.ts';
import { restUnits } from '#bench/units/rest-units.ts';
import { buildSite, type MeteredSite, reconnect } from '#bench/units/site.ts';
import { afterLosing, type Steady, steadyMessages } from '#bench/units/steady.ts';
import { withWebhookListener } from '#bench/units/webhook-listener.ts';
import type { Reading } from '#shared/db/metered-table.ts';

export const units: Part = { title: 'DynamoDB units and what they cost', run };

async function run(say: Say): Promise<Findings> {
  say('a site with 12 chargers and the charges behind it');
  const site = await buildSite();
  const targets = await targetsOf(await buildSite({ charges: 1 }));
  say('OCPP messages');
  const ocpp = await ocppUnits(site);
  say('commands');
  const commands = await commandUnits();
  say('REST operations');
  const rest = await withWebhookListener((url) => restUnits(site, url));
  say('a day of a charger, started by tag');
  const plain = await liveThroughDay(await buildSite({ charges: 1 }));
  say('a day of a charger, started over REST, watched live, sent to a webhook endpoint');
  const integrated = await withWebhookListener(async (url) =>
    liveThroughDay(await buildSite({ charges: 1 }), url),
  );
  return {
    tables: [
      ...ocpp,
      commands,
      rest.table,
      bill('A charger-month, drivers tap a tag', plain),
      byFunction('Its units a month, by function', plain),
      storage('What it leaves in the table', plain),
      bill(
        'A charger-month, started over REST, watched live, one webhook endpoint for every event',
        integrated,
      ),
      byFunction('Its units a month, by function', integrated),
    ],
    targets,
    notes: [
      `The day: ${day.sessions} sessions of ${day.sessionMinutes} min, a meter value each ${day.meterSeconds} s, a heartbeat each ${day.heartbeatSeconds} s, a new socket every two hours; 30 such days.`,
      'Each stream record, event and task counts as a Lambda call of its own; under load they share calls.',
      'Lambda time and log bytes are assumptions (bench/units/prices.ts); prices are list prices to be checked.',
      ...rest.refused,
    ],
  };
}

const MAX_BYTES = 1024;
const isWrite = ({ wru }: Reading['items'][number]) => wru > 0;

async function targetsOf(site: MeteredSite): Promise<Target[]> {
  const of16 = await steadyMessages(site, site.dc);
  await reconnect(site);
  const of201 = await steadyMessages(site, site.dc201);
  await reconnect(site);
  const [, holed = of201.meterValue] = await afterLosing(await buildSite({ charges: 1 }), 3);
  return [
    heartbeatTarget('1.6', of16),
    heartbeatTarget('2.0.1', of201),
    meterTarget('1.6', of16.meterValue),
    meterTarget('2.0.1', of201.meterValue),
    meterTarget('2.0.1, three reports missing', holed),
  ];
}

const heartbeatTarget = (version: string, { heartbeat: { writes, reads } }: Steady): Target => ({
  what: `a heartbeat in steady state costs no write unit (${version})`,
  measured: `${writes} write units, ${reads} read units`,
  met: writes === 0,
});

function meterTarget(version: string, { items, writes }: Reading): Target {
  const sizes = items.filter(isWrite).map(({ bytes }) => bytes);
  return {
    what: `a meter value of five gauges costs at most 2 writes of at most ${MAX_BYTES} bytes (${version})`,
    measured: `${sizes.length} writes of ${sizes.join(' and ')} bytes, ${writes} write units (a transaction counts double)`,
    met: sizes.length <= 2 && sizes.every((bytes) => bytes <= MAX_BYTES),
  };
}
