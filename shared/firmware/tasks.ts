import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** An update should have been heard of by now. */
export const TimeOutFirmwareUpdate = defineTask({
  id: 'time-out-firmware-update',
  payload: z.object({ update_id: z.string() }),
});

/** An update has ended: its command and its campaign are to know. */
export const EndFirmwareUpdate = defineTask({
  id: 'end-firmware-update',
  payload: z.object({ update_id: z.string() }),
});
