import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listMeterValues } from '#shared/sessions/meter-values.ts';
import { MeterSample } from '#shared/sessions/sample.ts';

export const endpoint = defineEndpoint({
  id: 'listSessionMeterValues',
  route: 'GET /v1/sessions/{session_id}/meter-values',
  summary: 'List the meter values of a session',
  description: `
The time series of a session, oldest first: energy since the start, the register itself, power, current,
voltage, state of charge, temperature. What a charger does not measure is \`null\`. Times are the charger's
own, corrected where its clock is known to be wrong.

\`limit\` counts messages of the charger, not samples: a page may hold a few more, as a message may carry
several samples. Kept for 13 months, in test mode for 90 days.`,
  scope: 'sessions:read',
  forDrivers: true,
  params: z.object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
  }),
  query: z.object(pageQuery),
  status: 200,
  response: listOf('meter_values', MeterSample).meta({ id: 'MeterValueList' }),
  errors: ['not_found'],
  examples: {
    firstMinutes: {
      summary: 'The first minutes of a session',
      params: { session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' },
      query: { limit: '2' },
      response: {
        meter_values: [
          {
            at: '2026-05-27T14:04:31.000Z',
            energy_kwh: 0.357,
            register_kwh: 1843.557,
            power_kw: 21.4,
            current_a: 31,
            voltage_v: 230,
            soc_percent: null,
            temperature_c: null,
            context: 'periodic',
          },
          {
            at: '2026-05-27T14:05:31.000Z',
            energy_kwh: 0.714,
            register_kwh: 1843.914,
            power_kw: 21.4,
            current_a: 31,
            voltage_v: 230,
            soc_percent: null,
            temperature_c: null,
            context: 'periodic',
          },
        ],
        total: null,
        next_cursor: 'mY5vZ2Fub3RoZXIgcGFnZQ',
      },
    },
  },
  async handle({ params, query }, ctx) {
    const { items, ...rest } = await readPage(
      ctx,
      'meter-values',
      { ...params, ...query },
      (page) => listMeterValues(ctx, params.session_id, page),
    );
    return { meter_values: items, ...rest };
  },
});

export const handler = serve(endpoint);
