import * as z from 'zod';
import { InstalledKind } from '#shared/plug-and-charge/charger-certificate.ts';
import { HashData } from '#shared/plug-and-charge/hash-data.ts';
import { RootKind } from '#shared/plug-and-charge/root-certificate.ts';

/** What the calls about installed certificates ask for and bring back, in our words. */
export const InstallInput = z.object({
  kind: RootKind,
  pem: z.string(),
  root_certificate_id: z.string().nullable(),
});
export type InstallInput = z.infer<typeof InstallInput>;

export const DeleteInput = z.object({
  certificate_id: z.string(),
  kind: InstalledKind,
  hash: HashData,
});
export type DeleteInput = z.infer<typeof DeleteInput>;

/** Of which kinds the charger is asked to tell what it has; all of them where none is named. */
export const ListInput = z.object({ kinds: z.array(InstalledKind) });
export type ListInput = z.infer<typeof ListInput>;

export const ReportedCertificate = z.object({
  /** Null where the charger does not repeat of which kind it was asked. */
  kind: InstalledKind.nullable(),
  hash: HashData,
  children: z.array(HashData),
});
export type ReportedCertificate = z.infer<typeof ReportedCertificate>;

export const ListOutcome = z.object({ certificates: z.array(ReportedCertificate) });

/** The visible command of a reading: one call after the other, each about some kinds. */
export const ReadInput = z.object({ calls: z.array(ListInput).min(1) });
