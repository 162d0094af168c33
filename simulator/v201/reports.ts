import * as z from 'zod';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { variableText } from '#simulator/settings.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload, Turn } from '#simulator/turn.ts';
import {
  ComponentAddress,
  isNamed,
  ofComponents,
  VariableAddress,
} from '#simulator/v201/model/address.ts';
import { deviceModel } from '#simulator/v201/model/device-model.ts';
import { liveValue } from '#simulator/v201/model/live-value.ts';
import { attributePath, type ModelVariable } from '#simulator/v201/model/model-variable.ts';
import { inParts } from '#simulator/v201/parts.ts';

const VARIABLES_PER_PART = 25;
const SUMMARY = ['AvailabilityState', 'Available', 'Problem'];

const GetBaseReport = z.object({
  requestId: z.int(),
  reportBase: z.enum(['ConfigurationInventory', 'FullInventory', 'SummaryInventory']),
});

/** The report follows in parts, the last of which says that it is the last. */
export const getBaseReport = answer(GetBaseReport, (turn, { requestId, reportBase }) => {
  const wanted = deviceModel(turn.state.spec).filter(({ mutability, variable }) => {
    if (reportBase === 'SummaryInventory') return SUMMARY.includes(variable.name);
    return reportBase === 'FullInventory' || mutability !== 'ReadOnly';
  });
  sendReport(turn, requestId, wanted);
  return { status: 'Accepted' };
});

const Criterion = z.enum(['Active', 'Available', 'Enabled', 'Problem']);
type Criterion = z.infer<typeof Criterion>;

const GetReport = z.object({
  requestId: z.int(),
  componentCriteria: z.array(Criterion).min(1).optional(),
  componentVariable: z
    .array(z.object({ component: ComponentAddress, variable: VariableAddress.optional() }))
    .min(1)
    .optional(),
});

export const getReport = answer(GetReport, (turn, request) => {
  const { requestId, componentCriteria = [], componentVariable } = request;
  const { spec } = turn.state;
  const named = componentVariable?.flatMap(({ component, variable }) =>
    ofComponents(spec, component).filter((one) => !variable || isNamed(one, variable)),
  );
  const among = named
    ? [...new Map(named.map((one) => [one.path, one])).values()]
    : deviceModel(spec);
  const wanted = among.filter((one) => meets(turn, one, componentCriteria));
  if (wanted.length === 0) return { status: 'EmptyResultSet' };
  sendReport(turn, requestId, wanted);
  return { status: 'Accepted' };
});

/** A component that has no such variable counts as active, available and enabled, not as a problem [2.0.1 B08]. */
function meets(turn: Turn, one: ModelVariable, criteria: readonly Criterion[]): boolean {
  if (criteria.length === 0) return true;
  const siblings = deviceModel(turn.state.spec).filter(
    ({ component }) => JSON.stringify(component) === JSON.stringify(one.component),
  );
  return criteria.some((criterion) => {
    const found = siblings.find(({ variable }) => variable.name === criterion);
    return found ? liveValue(turn, found.path) === 'true' : criterion !== 'Problem';
  });
}

function sendReport(turn: Turn, requestId: number, variables: readonly ModelVariable[]): void {
  const { state, now } = turn;
  const told = state.misbehave.reports?.includes('no_available')
    ? variables.filter(({ variable }) => variable.name !== 'Available')
    : variables;
  for (const { items, seqNo, tbc } of inParts(state, told, VARIABLES_PER_PART)) {
    const reportData = items.map((variable) => reported(turn, variable));
    const payload = { requestId, seqNo, generatedAt: stamp(state, now), ...tbc, reportData };
    enqueue(turn, { action: 'NotifyReport', payload });
  }
}

function reported(turn: Turn, one: ModelVariable): Payload {
  const { component, variable, path, mutability, dataType, unit, values, min, max } = one;
  const secret = mutability === 'WriteOnly';
  const others = (['Target', 'MinSet', 'MaxSet'] as const).filter((type) => one.others?.[type]);
  return {
    component,
    variable,
    variableAttribute: [
      { ...(secret ? {} : { value: liveValue(turn, path) }), mutability },
      ...others.map((type) => ({
        type,
        value: variableText(turn, attributePath(path, type)),
        mutability: 'ReadWrite',
      })),
    ],
    variableCharacteristics: {
      dataType,
      supportsMonitoring: one.canBeMonitored ?? false,
      ...(unit ? { unit } : {}),
      ...(values ? { valuesList: values } : {}),
      ...(min === undefined ? {} : { minLimit: min }),
      ...(max === undefined ? {} : { maxLimit: max }),
    },
  };
}
