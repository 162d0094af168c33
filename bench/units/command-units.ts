import type { Cell, Table } from '#bench/part.ts';
import { aTag, beginByTag } from '#bench/units/begin-charge.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import type { Answers, MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';
import { askAbout, beginLog, beginReservation, beginUpdate } from '#bench/units/prepared.ts';
import { bootOf, buildSite, reconnect } from '#bench/units/site.ts';

const COLUMNS = [
  'command',
  'version',
  'frames',
  'request: reads',
  'request: writes',
  'charger: reads',
  'charger: writes',
  'after it: reads',
  'after it: writes',
  'log bytes',
];
const LISTED_TAGS = 100;

/** Where a command goes to. */
interface Place {
  readonly world: MeteredWorld;
  readonly charger: MeteredCharger;
}

/**
 * Commands from the request to what they lead to: queued, sent, answered, settled, followed. The
 * charger says yes to all of it.
 */
export async function commandUnits(): Promise<Table> {
  const site = await buildSite({ charges: 1 });
  const { world } = site;
  for (let n = 0; n < LISTED_TAGS; n++) await world.post('createToken', { uid: tagAt(n) });
  const rows: Cell[][] = [];
  for (const charger of [site.dc, site.dc201]) {
    await reconnect(site);
    for (const [what, run] of Object.entries(roundTrips)) {
      world.tick(60_000);
      await world.settle();
      const { ledger } = await world.measure(() => run({ world, charger }));
      rows.push([what, charger.version, ...costsOf(ledger)]);
    }
  }
  return { title: 'Commands, from the request to their end', columns: COLUMNS, rows };
}

function costsOf(ledger: Ledger): Cell[] {
  const isRequest = (name: string) => name.startsWith('api/');
  const isCharger = (name: string) => name.startsWith('ocpp/');
  const parts = [isRequest, isCharger, (name: string) => !isRequest(name) && !isCharger(name)];
  const units = parts.flatMap((which) => {
    const { reads, writes } = ledger.total(which);
    return [reads, writes];
  });
  return [ledger.traffic.ocppFrames, ...units, ledger.traffic.loggedBytes];
}

type RoundTrip = (place: Place) => Promise<unknown>;

const ask =
  (operation: string, body: object, answers?: Answers): RoundTrip =>
  async ({ world, charger }) => {
    await askAbout(world, charger, operation, body);
    await charger.acceptAll(answers);
  };

const roundTrips: Readonly<Record<string, RoundTrip>> = {
  reset: ask('resetCharger', { type: 'soft' }),
  'three settings changed': async (place) => {
    const body = { items: settingsOf(place.charger) };
    await ask('updateChargerConfiguration', body, { SetVariables: variablesSet })(place);
  },
  'a reservation made': ({ world, charger }) => beginReservation(world, charger, aTag),
  'the charge that fulfils it begun': ({ world, charger }) => beginByTag(world, charger),
  'a default charging profile set': ask('setChargingProfile', {
    purpose: 'default',
    connector: 1,
    periods: [{ start_seconds: 0, limit_kw: 22 }],
  }),
  [`a list of ${LISTED_TAGS} tokens sent`]: ask(
    'syncLocalAuthList',
    { mode: 'full' },
    {
      GetLocalListVersion: { listVersion: 0, versionNumber: 0 },
    },
  ),
  'a firmware update, told to its end': updated,
  'diagnostics uploaded': uploaded,
};

const tagAt = (n: number) => `04A2B3C4${n.toString(16).toUpperCase().padStart(6, '0')}`;

function settingsOf({ version }: MeteredCharger) {
  const settings = [
    { component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '300' },
    { component: 'SampledDataCtrlr', name: 'TxUpdatedInterval', value: '60' },
    { component: 'TxCtrlr', name: 'EVConnectionTimeOut', value: '120' },
  ];
  if (version === '2.0.1') return settings;
  return [
    { name: 'HeartbeatInterval', value: '300' },
    { name: 'MeterValueSampleInterval', value: '60' },
    { name: 'ConnectionTimeOut', value: '120' },
  ];
}

const variablesSet: Answers[string] = ({ setVariableData: data }: Record<string, unknown>) => ({
  setVariableResult: (Array.isArray(data) ? data : []).map(({ component, variable }) => ({
    component,
    variable,
    attributeStatus: 'Accepted',
  })),
});

/** Downloaded, installed, started again with it. */
async function updated({ world, charger }: Place): Promise<void> {
  await beginUpdate(world, charger);
  const { requestId } = charger.asked('UpdateFirmware');
  for (const status of ['Downloading', 'Downloaded', 'Installing', 'Installed']) {
    const told = requestId === undefined ? { status } : { status, requestId };
    await charger.say('FirmwareStatusNotification', told);
    await world.settle();
  }
  await charger.say('BootNotification', bootOf(charger.version, '4.3.0'));
  await charger.acceptAll();
}

async function uploaded({ world, charger }: Place): Promise<void> {
  const arrives = await beginLog(world, charger);
  const is16 = charger.version === '1.6';
  const action = is16 ? 'DiagnosticsStatusNotification' : 'LogStatusNotification';
  const requestId = is16 ? {} : { requestId: charger.asked('GetLog')['requestId'] };
  await charger.say(action, { status: 'Uploading', ...requestId });
  arrives();
  await charger.say(action, { status: 'Uploaded', ...requestId });
  await world.settle();
}
