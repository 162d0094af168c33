import { reportVariables } from '#shared/configuration/report-configuration.ts';
import type { Facts, Told } from '#shared/configuration/variable.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import type { ReportDataType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { attributes, characteristicsOf, refOf } from '#shared/ocpp/v201/variables.ts';

/** A part of a report. Without `tbc` it is the last (2.0.1 B07); chargers send parts in any order, and twice. */
export const notifyReport = defineInbound('ocpp2.0.1', 'NotifyReport', {
  example: {
    requestId: 4,
    generatedAt: '2026-11-22T10:00:00Z',
    seqNo: 0,
    reportData: [
      {
        component: { name: 'OCPPCommCtrlr' },
        variable: { name: 'HeartbeatInterval' },
        variableAttribute: [{ value: '300', mutability: 'ReadWrite' }],
        variableCharacteristics: { dataType: 'integer', unit: 's', supportsMonitoring: false },
      },
    ],
  },
  async handle({ request, peer }, ctx) {
    const { requestId, seqNo: seq, tbc = false, reportData = [] } = request;
    const part = { request: requestId, seq, last: !tbc };
    await reportVariables(ctx, peer.chargerId, part, reportData.map(toldOf));
    return {};
  },
});

const toldOf = (data: ReportDataType): Told => ({
  ...refOf(data),
  facts: Object.assign(
    characteristicsOf(data.variableCharacteristics),
    ...data.variableAttribute.map(factsOf),
  ),
});

/** Whether it can be read and set is told for each attribute; that of the actual value counts. */
function factsOf({
  type = 'Actual',
  value,
  mutability,
}: ReportDataType['variableAttribute'][0]): Facts {
  if (type !== 'Actual') return { [attributes[type]]: value };
  return {
    value,
    readonly: mutability === 'ReadOnly',
    write_only: mutability === 'WriteOnly',
  };
}
