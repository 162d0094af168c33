import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** The grace period after a lost socket is over: offline, unless it came back. */
export const ConfirmOffline = defineTask({
  id: 'confirm-offline',
  payload: z.object({ charger_id: z.string(), since: z.string() }),
});

/** No connection outlives the gateway's limit: one that seems to has lost its disconnect message. */
export const CheckConnection = defineTask({
  id: 'check-connection',
  payload: z.object({ charger_id: z.string(), connection_id: z.string() }),
});

/** A charger has come by the security profile it was asked to move to. */
export const FinishProfileMove = defineTask({
  id: 'finish-profile-move',
  payload: z.object({ command_id: z.string() }),
});
