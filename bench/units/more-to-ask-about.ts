import * as z from 'zod';
import { anImage, inMinutes } from '#bench/units/prepared.ts';
import type { MeteredSite } from '#bench/units/site.ts';
import { aPki } from '#test/support/pnc-pki.ts';

type Body = Readonly<Record<string, unknown>>;
const Row = z.object({ id: z.string() });

const OFFLINE = 'BLR-014';
const EMAID = 'DE8AACA2B3C4D5';

/** Tokens, images, templates … that requests name, and what is about to be made of each kind. */
export async function makeMore({ world, dc201, spares }: MeteredSite) {
  const idOf = async (operation: string, body: object) =>
    Row.parse(await world.post(operation, body)).id;
  const image = await anImage(world);
  // In a window that is far off, so that no charger updates while others are asked things.
  const campaign = {
    name: 'All of them',
    firmware_image_id: image,
    targets: { model: 'MX-60' },
    window: { from: '02:00', to: '03:00' },
  };
  const place = { charger_id: dc201.id, connector: 1, token_uid: '04C7D8E9F0A1B2' };
  const reserved = (from: number, until: number) => ({
    ...place,
    starts_at: inMinutes(world, from),
    expires_at: inMinutes(world, until),
  });
  const [known, another] = [await aPki(), await aPki()];
  const waiting = await world.ask('resetCharger', {
    params: { charger_id: OFFLINE },
    body: { type: 'soft', expires_in_seconds: 3600 },
  });
  const root_certificate_id = await idOf('addRootCertificate', rootOf(known.root.pem));
  const params: Body = {
    token_id: await idOf('createToken', { uid: '04C7D8E9F0A1B1' }),
    reservation_id: await idOf('createReservation', reserved(300, 360)),
    campaign_id: await idOf('createFirmwareCampaign', campaign),
    template_id: await idOf('createConfigurationTemplate', template('Quick')),
    emaid: EMAID,
  };
  const bodies: Readonly<Record<string, Body>> = {
    createReservation: reserved(400, 460),
    createFirmwareCampaign: { ...campaign, name: 'All of them again' },
    applyConfigurationTemplate: { charger_ids: [spares[0].id] },
    createConfigurationTemplate: template('Slow'),
    updateChargerFirmware: { firmware_image_id: image },
    addRootCertificate: rootOf(another.root.pem),
    createContractCertificate: { emaid: EMAID },
    installChargerCertificate: { root_certificate_id },
    setChargerPowerLimit: { limit: { percent: 50 } },
  };
  const ofDc201 = { charger_id: dc201.id };
  const instead: Readonly<Record<string, Body>> = {
    cancelCommand: Row.transform(({ id }) => ({ command_id: id })).parse(waiting),
    requestCustomerInformation: ofDc201,
    setDisplayMessage: ofDc201,
    setNetworkProfile: ofDc201,
    setChargerMonitors: ofDc201,
    installChargerCertificate: ofDc201,
    updateChargerFirmware: { charger_id: spares[0].id },
  };
  await world.settle();
  return { params, bodies, instead };
}

const rootOf = (certificate: string) => ({ kind: 'mo', certificate, name: 'A mobility operator' });

const template = (name: string) => ({
  name,
  items: [
    { name: 'HeartbeatInterval', value: '300' },
    { name: 'MeterValueSampleInterval', value: '60' },
  ],
});
