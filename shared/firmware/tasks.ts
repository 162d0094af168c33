import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** An update should have been heard of by now, or has ended: its command and campaign are to know. */
export const LookAfterFirmwareUpdate = defineTask({
  id: 'look-after-firmware-update',
  payload: z.object({ update_id: z.string() }),
});
