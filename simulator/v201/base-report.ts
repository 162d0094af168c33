import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload } from '#simulator/turn.ts';
import { deviceModel, type ModelVariable } from '#simulator/v201/device-model.ts';

const VARIABLES_PER_PART = 10;

const GetBaseReport = z.object({
  requestId: z.int(),
  reportBase: z.enum(['ConfigurationInventory', 'FullInventory', 'SummaryInventory']),
});

/** The report follows in parts, the last of which says that it is the last. */
export const getBaseReport = answer(GetBaseReport, (turn, { requestId, reportBase }) => {
  if (reportBase === 'SummaryInventory') return { status: 'NotSupported' };
  const { state, now } = turn;
  const model = deviceModel(state.spec).filter(
    ({ mutability }) => reportBase === 'FullInventory' || mutability !== 'ReadOnly',
  );
  const parts = Math.ceil(model.length / VARIABLES_PER_PART);
  for (let seqNo = 0; seqNo < parts; seqNo += 1) {
    const from = seqNo * VARIABLES_PER_PART;
    const payload = {
      requestId,
      seqNo,
      generatedAt: stamp(state, now),
      tbc: seqNo < parts - 1,
      reportData: model
        .slice(from, from + VARIABLES_PER_PART)
        .map((variable) => reportData(state, variable)),
    };
    enqueue(turn, { action: 'NotifyReport', payload });
  }
  return { status: 'Accepted' };
});

function reportData({ variables }: ChargerState, model: ModelVariable): Payload {
  const { component, variable, path, mutability, dataType, unit } = model;
  const secret = mutability === 'WriteOnly';
  return {
    component,
    variable,
    variableAttribute: [{ ...(secret ? {} : { value: variables[path] ?? '' }), mutability }],
    variableCharacteristics: { dataType, supportsMonitoring: false, ...(unit ? { unit } : {}) },
  };
}
