import * as z from 'zod';
import { MonitorSpec } from '#shared/configuration/monitor.ts';
import { VariableRef } from '#shared/configuration/variable.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';

/** What the steps of configuration commands ask for, in our words. */
export const ReadConfigurationInput = z.discriminatedUnion('what', [
  z.object({ what: z.literal('full'), request_number: z.int() }),
  z.object({ what: z.literal('summary'), request_number: z.int() }),
  z.object({ what: z.literal('items'), items: z.array(VariableRef).min(1) }),
  z.object({
    what: z.literal('components'),
    components: z.array(VariableRef.extend({ name: z.string().nullable() })),
    criteria: z.array(z.enum(['active', 'available', 'enabled', 'problem'])),
    request_number: z.int(),
  }),
]);

export const WriteConfigurationInput = z.object({
  items: z.array(VariableRef.extend({ value: z.string() })).min(1),
});

export const WriteMonitorsInput = z.object({
  monitors: z.array(MonitorSpec.extend({ id: z.int().optional() })).min(1),
});

/** The component of a reference. Throws capability_not_supported for a key of OCPP 1.6. */
export function componentNameOf({
  name,
  component,
}: {
  name: string | null;
  component: string | null;
}) {
  if (component !== null) return component;
  throw notInThisVersion(`OCPP 2.0.1 needs the component of ${name ?? 'a variable'}.`);
}

/** The key of OCPP 1.6. Throws capability_not_supported for a variable of the device model. */
export function keyOf({ name, component }: VariableRef): string {
  if (component === null) return name;
  throw notInThisVersion(`OCPP 1.6 has no components, so no ${component}.${name}.`);
}

export const NumberedInput = z.object({ request_number: z.int() });
export const MonitoringBaseInput = z.object({
  base: z.enum(['all', 'factory_default', 'hard_wired_only']),
});
export const MonitoringLevelInput = z.object({ level: z.int().min(0).max(9) });
export const ClearMonitorsInput = z.object({ ids: z.tuple([z.int()], z.int()) });
