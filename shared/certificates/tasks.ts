import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

const certificate = z.object({ charger_id: z.string(), certificate_id: z.string() });

/** A charger's request was taken: a certificate is to be made of it. */
export const IssueCertificate = defineTask({ id: 'issue-certificate', payload: certificate });

/** A certificate is in use or failed: who asked for it is to hear of it. */
export const FinishRenewal = defineTask({ id: 'finish-renewal', payload: certificate });

/** A certificate ends soon: the charger is to ask for another. */
export const RenewCertificate = defineTask({ id: 'renew-certificate', payload: certificate });
