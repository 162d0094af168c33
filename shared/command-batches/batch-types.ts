import * as z from 'zod';
import { type Capability, requireCapability } from '#shared/chargers/capabilities.ts';
import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import { newPlan, type Planned, type PlanSpec } from '#shared/commands/plan.ts';
import { commandTasks, type NewCommand, newCommand } from '#shared/commands/queue-command.ts';
import { MonitorsWanted } from '#shared/configuration/monitors-wanted.ts';
import { configurationRefresh, RefreshInput } from '#shared/configuration/refresh-configuration.ts';
import { monitorsChange } from '#shared/configuration/set-monitors.ts';
import { itemsFor } from '#shared/configuration/template-drift.ts';
import {
  checkItems,
  configurationUpdate,
  WantedValues,
} from '#shared/configuration/update-configuration.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

/** What the command of one charger of a batch has besides its type and input. */
export type About = Omit<NewCommand, 'type' | 'input' | 'connector'>;

interface BatchType {
  /** Throws validation_failed for what no charger could be asked. */
  readonly check?: (input: Readonly<Record<string, unknown>>) => void;
  readonly input: z.ZodType<Readonly<Record<string, unknown>>>;
  /** The rows of one charger's command. Throws an AppError that becomes the outcome of that charger. */
  readonly begin: (
    ctx: Context,
    whole: WholeCharger,
    input: Readonly<Record<string, unknown>>,
    about: About,
  ) => Promise<Planned>;
}

/** Where on every charger; left out, the charger as a whole. */
const connector = z.int().min(1).max(64).optional();

const messages = [
  ...(['boot', 'heartbeat', 'status', 'meter_values', 'firmware_status', 'log_status'] as const),
  'certificate_signing',
] as const;

/** What can be asked of many chargers at once: the neutral commands that need nothing of their own. */
export const batchInputs = {
  reset: z.object({ type: z.enum(['soft', 'hard']) }),
  change_availability: z.object({
    availability: z.enum(['operative', 'inoperative']),
    connector,
  }),
  unlock_connector: z.object({ connector: z.int().min(1).max(64) }),
  clear_cache: z.object({}),
  trigger_message: z.object({ message: z.enum(messages), connector }),
  data_transfer: z.object({
    vendor_id: z.string().min(1).max(255),
    message_id: z.string().max(50).optional(),
    data: z.unknown().optional(),
  }),
  update_configuration: z.object({ items: WantedValues }),
  refresh_configuration: RefreshInput,
  set_monitors: MonitorsWanted,
} as const;

/** A batch that applies a template; its commands are `update_configuration`. */
export const TEMPLATE = 'apply_configuration_template';

/** The settings of a template that a charger's version has names for. */
const TemplateInput = z.object({
  template_id: z.string(),
  template_version: z.int(),
  items: WantedValues,
});

export const batchTypes: Readonly<Record<string, BatchType>> = {
  reset: single('reset', batchInputs.reset),
  change_availability: single('change_availability', batchInputs.change_availability),
  unlock_connector: single('unlock_connector', batchInputs.unlock_connector),
  clear_cache: single('clear_cache', batchInputs.clear_cache),
  trigger_message: single('trigger_message', batchInputs.trigger_message, 'remote_trigger'),
  data_transfer: single('data_transfer', batchInputs.data_transfer),
  update_configuration: {
    ...planned(batchInputs.update_configuration, (ctx, { charger }, { items }) =>
      configurationUpdate(ctx, charger, items),
    ),
    check: (input) =>
      checkItems(batchInputs.update_configuration.parse(input).items, 'input.items'),
  },
  refresh_configuration: planned(batchInputs.refresh_configuration, (ctx, { charger }, input) =>
    configurationRefresh(ctx, charger, input),
  ),
  set_monitors: planned(batchInputs.set_monitors, (ctx, { charger }, wanted) => {
    requireCapability(charger, 'monitors');
    return monitorsChange(ctx, charger, wanted);
  }),
  [TEMPLATE]: planned(TemplateInput, (ctx, { charger }, { items }) => {
    const own = itemsFor(charger.ocpp_version, items);
    if (own.length > 0) return configurationUpdate(ctx, charger, own);
    const what = `The template has nothing for OCPP ${charger.ocpp_version}.`;
    throw new AppError('capability_not_supported', what);
  }),
};

function single(
  type: string,
  schema: z.ZodType<Readonly<Record<string, unknown>>>,
  capability?: Capability,
): BatchType {
  return {
    input: schema,
    async begin(ctx, { charger, connectors }, input, about) {
      if (capability) requireCapability(charger, capability);
      const wanted = input['connector'];
      const place = typeof wanted === 'number' ? connectorPlace(connectors, wanted) : {};
      const at = typeof wanted === 'number' ? { connector: wanted } : {};
      const asked = newCommand(ctx, { ...about, ...at, type, input: { ...input, ...place } });
      return { ...asked, tasks: commandTasks(ctx, asked.command) };
    },
  };
}

function planned<S extends z.ZodType<Readonly<Record<string, unknown>>>>(
  schema: S,
  specOf: (ctx: Context, whole: WholeCharger, input: z.output<S>) => Promise<PlanSpec>,
): BatchType {
  return {
    input: schema,
    begin: async (ctx, whole, input, about) =>
      newPlan(ctx, await specOf(ctx, whole, schema.parse(input)), about),
  };
}
