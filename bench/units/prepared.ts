import * as z from 'zod';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

const Made = z.object({ id: z.string() });
const SIZE = 18_874_368;
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Asks for something that concerns one charger. */
export const askAbout = (
  world: MeteredWorld,
  { id }: MeteredCharger,
  operation: string,
  body: object = {},
) => world.ask(operation, { params: { charger_id: id }, body });

/** An image that was uploaded; its id. */
export async function anImage(world: MeteredWorld, more: object = {}): Promise<string> {
  const file = { size_bytes: SIZE, sha256: SHA256, file_name: 'mx-60_4.3.0.bin' };
  const made = await world.post('createFirmwareImage', {
    ...file,
    name: 'MX-60 4.3.0',
    version: '4.3.0',
    ...more,
  });
  const { id } = Made.parse(made);
  const { tenantId } = world.context();
  world.files.store(`firmware/${tenantId}/${id}`, { size: SIZE, sha256: SHA256 });
  return id;
}

/** Has a charger told to install an image. */
export async function beginUpdate(
  world: MeteredWorld,
  charger: MeteredCharger,
  image: object = {},
): Promise<void> {
  const firmware_image_id = await anImage(world, image);
  await askAbout(world, charger, 'updateChargerFirmware', { firmware_image_id });
  await charger.acceptAll({ UpdateFirmware: updateTaken(charger) });
}

const updateTaken = ({ version }: MeteredCharger) =>
  version === '1.6' ? {} : { status: 'Accepted' };

/** Has a charger asked for a log, which it is about to upload. */
export async function beginLog(
  world: MeteredWorld,
  charger: MeteredCharger,
  body: object = {},
): Promise<() => void> {
  const asked = await askAbout(world, charger, 'requestDiagnostics', body);
  const filename = 'mx-60.tgz';
  await charger.acceptAll({
    GetDiagnostics: { fileName: filename },
    GetLog: { status: 'Accepted', filename },
  });
  const { diagnostics_id } = z.object({ diagnostics_id: z.string() }).parse(asked);
  const path = `diagnostics/${world.context().tenantId}/${diagnostics_id}`;
  return () => world.files.store(path, { size: 482_113, sha256: null });
}

export const inMinutes = (world: MeteredWorld, minutes: number): string =>
  new Date(world.now().getTime() + minutes * 60_000).toISOString();

/** Connector 1, kept for a tag from now on. */
export async function beginReservation(
  world: MeteredWorld,
  charger: MeteredCharger,
  uid: string,
): Promise<void> {
  const expires_at = inMinutes(world, 30);
  const place = { charger_id: charger.id, connector: 1 };
  await world.post('createReservation', { ...place, expires_at, token_uid: uid });
  await charger.acceptAll();
}
