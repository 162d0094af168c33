import type { Charger } from '#shared/chargers/charger.ts';
import type { FirmwareImage } from '#shared/firmware/firmware-image.ts';

export type Misfit = 'other_vendor' | 'other_model' | 'other_version';

/**
 * Why an image is not for a charger; undefined where it is. What a charger has not told of itself is
 * held against nobody.
 */
export function misfitOf(
  { vendor_name, models, compatible_versions }: FirmwareImage,
  charger: Charger,
): Misfit | undefined {
  const { vendor_name: vendor, model, firmware_version: version } = charger;
  if (vendor_name && vendor && !isSame(vendor_name, vendor)) return 'other_vendor';
  if (models.length > 0 && model && !models.some((one) => isSame(one, model))) return 'other_model';
  if (compatible_versions.length > 0 && version && !compatible_versions.includes(version))
    return 'other_version';
  return undefined;
}

const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
