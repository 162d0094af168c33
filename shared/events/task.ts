import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { DueTask } from '#shared/events/recorded.ts';

/** A kind of later work, declared in `shared/<domain>/tasks.ts`; its worker is functions/tasks/<id>.ts. */
export interface TaskType<S extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly payload: S;
  /** Whose tasks may hold each other up, so that a slow receiver does not starve the rest. */
  readonly groupOf?: (payload: z.output<S>) => string;
}

export const defineTask = <S extends z.ZodType>(type: TaskType<S>): TaskType<S> => type;

/** The task as the outbox carries it. `at` is an ISO instant; left out, it is due at once. */
export const dueTask = <S extends z.ZodType>(
  ctx: Context,
  type: TaskType<S>,
  payload: z.input<S>,
  at?: string,
): DueTask => {
  const parsed = type.payload.parse(payload);
  return {
    id: ctx.newId('task'),
    task: type.id,
    at: at ?? ctx.now().toISOString(),
    payload: parsed,
    ...(type.groupOf ? { group: type.groupOf(parsed) } : {}),
  };
};

/** What a queue message carries: the task and whose it is. */
export const TaskMessage = z.object({
  tenantId: z.string(),
  livemode: z.boolean(),
  id: z.string(),
  task: z.string(),
  at: z.string(),
  payload: z.unknown(),
  group: z.string().optional(),
});
export type TaskMessage = z.infer<typeof TaskMessage>;

// Registry view: the handler takes whatever its own schema parsed.
export interface Worker {
  readonly kind: 'worker';
  readonly id: string;
  readonly summary: string;
  readonly run: (payload: unknown, ctx: Context) => Promise<void>;
}

/** Workers may be given the same task twice, and late: they decide by the state they find. */
export const defineWorker = <S extends z.ZodType>(spec: {
  readonly task: TaskType<S>;
  readonly summary: string;
  readonly handle: (payload: z.output<S>, ctx: Context) => Promise<void>;
}): Worker => ({
  kind: 'worker',
  id: spec.task.id,
  summary: spec.summary,
  run: (payload, ctx) => spec.handle(spec.task.payload.parse(payload), ctx),
});
