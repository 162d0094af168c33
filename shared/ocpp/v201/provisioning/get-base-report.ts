import { defineOutbound } from '#shared/ocpp/action.ts';
import { ReadConfigurationInput } from '#shared/ocpp/inputs/configuration-input.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { reportOutcome } from '#shared/ocpp/v201/report-outcome.ts';

const bases = { full: 'FullInventory', summary: 'SummaryInventory' } as const;

/** All variables, or a summary of what is wrong; they come in NotifyReport (2.0.1 B07). */
export const getBaseReport = defineOutbound('ocpp2.0.1', 'GetBaseReport', {
  command: 'read_configuration',
  capability: 'device_model',
  fits: ({ what }) => what === 'full' || what === 'summary',
  example: { requestId: 4, reportBase: 'FullInventory' },
  toRequest(input) {
    const asked = ReadConfigurationInput.parse(input);
    if (asked.what !== 'full' && asked.what !== 'summary')
      throw notInThisVersion('A base report is full or a summary.');
    return { requestId: asked.request_number, reportBase: bases[asked.what] };
  },
  outcomeOf: reportOutcome,
});
