import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { refreshAll, refreshSome } from '#shared/local-lists/refresh-lists.ts';
import { RefreshLocalLists } from '#shared/local-lists/tasks.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';

export const worker = defineWorker({
  task: RefreshLocalLists,
  summary: 'Brings the token lists of chargers up to date',
  async handle({ charger_ids: ids }, ctx) {
    if (!ids) return refreshAll(ctx);
    for (const id of await refreshSome(ctx, ids)) await dispatchNow(ctx, id);
  },
});

export const handler = serveWorker(worker);
