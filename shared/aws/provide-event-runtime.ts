import { cloudRuntime, lazily } from '#shared/aws/cloud-runtime.ts';
import { need, readConfig } from '#shared/aws/config.ts';
import { provideRuntime } from '#shared/aws/runtime.ts';

// The bundler puts this into every Lambda that reacts to events: these may publish and enqueue.
provideRuntime(() => {
  const config = readConfig(process.env);
  const publish = lazily(async () => {
    const { eventBus } = await import('#shared/aws/event-bus.ts');
    return eventBus(need(config, 'EVENT_BUS'));
  });
  const enqueue = lazily(async () => {
    const { taskQueues } = await import('#shared/aws/task-queues.ts');
    return taskQueues(need(config, 'TASK_QUEUE_URL_PREFIX'));
  });
  return cloudRuntime(config, {
    publish: async (events) => (await publish())(events),
    enqueue: async (tasks) => (await enqueue())(tasks),
  });
});
