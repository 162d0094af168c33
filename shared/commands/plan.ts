/**
 * A plan: one visible command that takes several calls.
 *
 * Each call is a command of its own, a step, that goes through the charger's queue like any other (one
 * call at a time, offline, time-outs), but stands in no list and makes no events. When a step ends, its
 * follower asks the script of the visible command's type what comes next: another step, or the outcome
 * of the whole. What the script wants to remember it keeps in `notes`, which lie in the visible
 * command's row. The row changes in the transaction that queues the next step, so that a crash between
 * two steps loses none and sends none twice.
 *
 * To make one:
 * 1. Write a {@link Script} in `shared/<domain>/`: `(ctx, command, step) => Next`. `command.input` is what
 *    was asked, `command.plan.notes` what is known so far, `step` the stored command that has just ended
 *    (its `status`, `result.outcome` and `result.data`). It may be called twice for one step: whatever it
 *    stores must bear that. It must not throw for what a charger or a user does.
 * 2. List it by the type of the visible command in shared/catalogue/command-plans.ts.
 * 3. Begin it with {@link newPlan} in a transaction of your own (commit its `writes` and `tasks`), or
 *    with {@link beginPlan}; then call `dispatchNow` in the endpoint.
 *
 * A step's `type` is the `command` of outbound actions, its `input` what they read. With `numbered` it
 * gets a request number, which its action finds as `input.request_number`; such a step ends with
 * `settleCommand` when the last report has come. A step that could not be sent in time, that was refused
 * or not answered comes to the script like any other: it decides whether to go on.
 */
import {
  type Command,
  commandView,
  isTerminal,
  type StoredCommand,
} from '#shared/commands/command.ts';
import {
  commandItem,
  commandTasks,
  type NewCommand,
  newCommand,
} from '#shared/commands/queue-command.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { findCommand, type Outcome, settlement } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { commit } from '#shared/events/commit.ts';
import type { DueTask } from '#shared/events/recorded.ts';

type Notes = Readonly<Record<string, unknown>>;

/** One call of a plan. */
export interface Step {
  readonly type: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Gives it a request number, as `input.request_number`. */
  readonly numbered?: boolean;
}

/** What a domain asks a plan for: the visible command, its first step, and what its script starts from. */
export interface PlanSpec {
  readonly type: string;
  readonly input: Notes;
  readonly first: Step;
  readonly notes: Notes;
}

type Asked = Omit<NewCommand, 'requestNumber' | 'partOf' | 'type' | 'input'>;

/** What comes after a step; `notes` left out stay as they are. */
export type Next =
  | { readonly step: Step; readonly notes?: Notes }
  | { readonly outcome: Outcome; readonly step?: undefined };

export type Script = (ctx: Context, command: StoredCommand, step: StoredCommand) => Promise<Next>;
export type Scripts = Readonly<Record<string, Script>>;

/** What steps serve, to the followers of commands. */
export const PLAN = 'plan';

export interface Planned {
  readonly command: StoredCommand;
  readonly writes: Write[];
  readonly tasks: DueTask[];
}

/** A visible command and its first step, for the transaction of whoever asks for it. */
export async function newPlan(
  ctx: Context,
  { type, input, first, notes }: PlanSpec,
  asked: Asked,
): Promise<Planned> {
  const { command: visible } = newCommand(ctx, { ...asked, type, input });
  const step = await queued(ctx, visible, first);
  const command = underWay(visible, step.command, notes);
  const item = commandItem(ctx, command);
  return {
    command,
    writes: [{ op: 'put', item, when: 'absent' }, ...step.writes],
    tasks: commandTasks(ctx, step.command),
  };
}

/** Stores a plan that needs no other rows. Send its first step with `dispatchNow`. */
export async function beginPlan(ctx: Context, spec: PlanSpec, asked: Asked): Promise<Command> {
  const { command, writes, tasks } = await newPlan(ctx, spec, asked);
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes,
    tasks,
  });
  return commandView(command);
}

/** Follows a step: when it has ended, the next one is queued, or the visible command ends. */
export async function followStep(
  ctx: Context,
  step: StoredCommand,
  scripts: Scripts,
): Promise<void> {
  if (!step.part_of || !isTerminal(step.status)) return;
  const visible = step.part_of;
  await retrying(async () => {
    const before = await findCommand(ctx, visible);
    if (!before || isTerminal(before.status) || before.plan?.step !== step.id) return;
    const script = scripts[before.type];
    if (!script) throw new Error(`There is no plan for ${before.type}.`);
    const next = await script(ctx, before, step);
    await (next.step ? goOn(ctx, before, next.step, next.notes) : end(ctx, before, step, next));
  });
}

async function goOn(ctx: Context, before: StoredCommand, wanted: Step, notes?: Notes) {
  const step = await queued(ctx, before, wanted);
  const after = underWay(before, step.command, notes ?? before.plan?.notes ?? {});
  const command = {
    ...after,
    updated_at: isoNow(ctx),
    resource_version: after.resource_version + 1,
  };
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes: [
      {
        op: 'put',
        item: commandItem(ctx, command),
        when: { resource_version: before.resource_version },
      },
      ...step.writes,
    ],
    tasks: commandTasks(ctx, step.command),
  });
}

/** The last call stands for all on the visible command, and for the only one where it took but one. */
async function end(
  ctx: Context,
  before: StoredCommand,
  { ocpp, answered_at }: StoredCommand,
  { outcome }: { readonly outcome: Outcome },
) {
  const { after: _, ...change } = settlement(ctx, { ...before, ocpp, answered_at }, outcome);
  await commit(ctx, change);
}

/** A step waits as long as the whole was allowed to. */
async function queued(ctx: Context, visible: StoredCommand, { type, input, numbered }: Step) {
  const { id, charger_id: chargerId, queued_at, expires_at } = visible;
  const requestNumber = numbered ? await newRequestNumber(ctx, chargerId) : undefined;
  return newCommand(ctx, {
    type,
    chargerId,
    connector: visible.connector,
    input: numbered ? { ...input, request_number: requestNumber } : input,
    requestNumber,
    serves: { kind: PLAN, id },
    partOf: id,
    expiresInSeconds: secondsBetween(queued_at, expires_at),
  });
}

const underWay = (visible: StoredCommand, step: StoredCommand, notes: Notes): StoredCommand => ({
  ...visible,
  steps: [...visible.steps, step.id],
  plan: { step: step.id, notes },
});
