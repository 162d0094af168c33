import * as z from 'zod';
import { type Monitor, MonitorType } from '#simulator/monitoring/monitor.ts';
import {
  keepMonitoring,
  monitorsOf,
  setMonitoringBase as setBase,
} from '#simulator/monitoring/monitors.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Turn } from '#simulator/turn.ts';
import {
  ComponentAddress,
  findVariable,
  isNamed,
  ofComponents,
  VariableAddress,
} from '#simulator/v201/model/address.ts';
import { addressOf } from '#simulator/v201/model/path.ts';
import { inParts } from '#simulator/v201/parts.ts';

const MONITORS_PER_PART = 10;
const FIRST_CUSTOM_ID = 100;

const MonitorData = z.object({
  id: z.int().optional(),
  transaction: z.boolean().optional(),
  value: z.number(),
  type: MonitorType,
  severity: z.int().min(0).max(9),
  component: ComponentAddress,
  variable: VariableAddress,
});
type MonitorData = z.infer<typeof MonitorData>;

export const setVariableMonitoring = answer(
  z.object({ setMonitoringData: z.array(MonitorData).min(1) }),
  (turn, { setMonitoringData }) => ({
    setMonitoringResult: setMonitoringData.map((data) => {
      const { component, variable, type, severity } = data;
      return { ...put(turn, data), component, variable, type, severity };
    }),
  }),
);

/** Sets a monitor up, or replaces the custom one of that id [2.0.1 N04]. */
function put({ state }: Turn, data: MonitorData): { status: string; id?: number } {
  const { type, value, severity, transaction = false } = data;
  const found = findVariable(state.spec, data.component, data.variable);
  if (typeof found === 'string') return { status: found };
  const isNumber = found.dataType === 'integer' || found.dataType === 'decimal';
  if (!found.canBeMonitored || (!isNumber && type.endsWith('Threshold'))) {
    return { status: 'UnsupportedMonitorType' };
  }
  if (value < (found.min ?? value) || value > (found.max ?? value)) return { status: 'Rejected' };
  const monitors = monitorsOf(state);
  const old = monitors.find(({ id }) => id === data.id);
  if (data.id !== undefined && (old?.origin !== 'CustomMonitor' || old.path !== found.path)) {
    return { status: 'Rejected' };
  }
  const others = monitors.filter((one) => one !== old);
  const isTwin = ({ path, type: its, severity: how, origin }: Monitor): boolean =>
    path === found.path && its === type && how === severity && origin === 'CustomMonitor';
  if (others.some(isTwin)) return { status: 'Duplicate' };
  const id = data.id ?? Math.max(FIRST_CUSTOM_ID, ...others.map((one) => one.id + 1));
  const monitor: Monitor = {
    ...{ id, path: found.path, type, value, severity, transaction },
    ...{ origin: 'CustomMonitor', lastValue: null, raised: false, dueAt: null },
  };
  keepMonitoring(state, { monitors: [...others, monitor] });
  return { status: 'Accepted', id };
}

/** What is hard-wired cannot be taken away [2.0.1 N06.FR.07]. */
export const clearVariableMonitoring = answer(
  z.object({ id: z.array(z.int()).min(1) }),
  ({ state }, request) => ({
    clearMonitoringResult: request.id.map((id) => {
      const monitors = monitorsOf(state);
      const found = monitors.find((one) => one.id === id);
      if (!found) return { id, status: 'NotFound' };
      if (found.origin === 'HardWiredMonitor') return { id, status: 'Rejected' };
      keepMonitoring(state, { monitors: monitors.filter((one) => one !== found) });
      return { id, status: 'Accepted' };
    }),
  }),
);

export const setMonitoringBase = answer(
  z.object({ monitoringBase: z.enum(['All', 'FactoryDefault', 'HardWiredOnly']) }),
  ({ state }, { monitoringBase }) => {
    setBase(state, monitoringBase);
    return { status: 'Accepted' };
  },
);

export const setMonitoringLevel = answer(
  z.object({ severity: z.int() }),
  ({ state }, { severity }) => {
    if (severity < 0 || severity > 9) return { status: 'Rejected' };
    keepMonitoring(state, { level: severity });
    return { status: 'Accepted' };
  },
);

const CRITERIA = {
  ThresholdMonitoring: ['UpperThreshold', 'LowerThreshold'],
  DeltaMonitoring: ['Delta'],
  PeriodicMonitoring: ['Periodic', 'PeriodicClockAligned'],
} as const;
type Criterion = keyof typeof CRITERIA;

const GetMonitoringReport = z.object({
  requestId: z.int(),
  monitoringCriteria: z
    .array(z.enum(['ThresholdMonitoring', 'DeltaMonitoring', 'PeriodicMonitoring']))
    .optional(),
  componentVariable: z
    .array(z.object({ component: ComponentAddress, variable: VariableAddress.optional() }))
    .optional(),
});

export const getMonitoringReport = answer(GetMonitoringReport, (turn, request) => {
  const { monitoringCriteria, componentVariable } = request;
  const { spec } = turn.state;
  const paths = componentVariable?.flatMap(({ component, variable }) =>
    ofComponents(spec, component)
      .filter((one) => !variable || isNamed(one, variable))
      .map(({ path }) => path),
  );
  const isAsked =
    ({ type }: Monitor) =>
    (criterion: Criterion) =>
      CRITERIA[criterion].some((one) => one === type);
  const found = monitorsOf(turn.state).filter(
    (one) =>
      (!paths || paths.includes(one.path)) &&
      (!monitoringCriteria || monitoringCriteria.some(isAsked(one))),
  );
  if (found.length === 0) return { status: 'EmptyResultSet' };
  report(turn, request.requestId, found);
  return { status: 'Accepted' };
});

function report(turn: Turn, requestId: number, monitors: readonly Monitor[]): void {
  const { state, now } = turn;
  const paths = [...new Set(monitors.map(({ path }) => path))];
  for (const { items, seqNo, tbc } of inParts(state, paths, MONITORS_PER_PART)) {
    const monitor = items.map((path) => ({
      ...addressOf(path),
      variableMonitoring: monitors
        .filter((one) => one.path === path)
        .map(({ id, transaction, value, type, severity }) => ({
          ...{ id, transaction, value, type, severity },
        })),
    }));
    const payload = { requestId, seqNo, ...tbc, generatedAt: stamp(state, now), monitor };
    enqueue(turn, { action: 'NotifyMonitoringReport', payload });
  }
}
