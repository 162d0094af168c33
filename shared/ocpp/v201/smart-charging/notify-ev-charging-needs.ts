import { kwOfW } from '#shared/core/units.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import type { ChargingNeedsType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { answerNeeds } from '#shared/smart-charging/answer-needs.ts';
import type { ChargingNeeds } from '#shared/smart-charging/vehicle-plan.ts';

const phasesOf = { AC_single_phase: 1, AC_two_phase: 2, AC_three_phase: 3, DC: null } as const;

/**
 * The vehicle says what it needs; the schedule for it follows as a profile of its transaction (K15). It
 * is rejected where no transaction runs.
 */
export const notifyEvChargingNeeds = defineInbound('ocpp2.0.1', 'NotifyEVChargingNeeds', {
  example: {
    evseId: 1,
    maxScheduleTuples: 3,
    chargingNeeds: {
      requestedEnergyTransfer: 'AC_three_phase',
      departureTime: '2026-11-22T18:00:00Z',
      acChargingParameters: {
        energyAmount: 20_000,
        evMinCurrent: 6,
        evMaxCurrent: 32,
        evMaxVoltage: 230,
      },
    },
  },
  async handle({ request, peer }, ctx) {
    const { evseId, maxScheduleTuples = 1024, chargingNeeds } = request;
    const needs = needsOf(chargingNeeds);
    const isHeard = await answerNeeds(ctx, peer.chargerId, evseId, needs, maxScheduleTuples);
    return { status: isHeard ? ('Accepted' as const) : ('Rejected' as const) };
  },
});

function needsOf(told: ChargingNeedsType): Omit<ChargingNeeds, 'told_at'> {
  const { acChargingParameters: ac, dcChargingParameters: dc, requestedEnergyTransfer } = told;
  const phases = phasesOf[requestedEnergyTransfer];
  const ofAc = (amps: number) => kwOfW(amps * (ac?.evMaxVoltage ?? 0) * (phases ?? 1));
  const ofDc = dc && (dc.evMaxPower ?? dc.evMaxCurrent * dc.evMaxVoltage);
  const energyWh = ac?.energyAmount ?? dc?.energyAmount;
  return {
    departure_at: told.departureTime ?? null,
    energy_kwh: energyWh === undefined ? null : kwOfW(energyWh),
    max_power_kw: ac ? ofAc(ac.evMaxCurrent) : ofDc === undefined ? null : kwOfW(ofDc),
    min_power_kw: ac ? ofAc(ac.evMinCurrent) : null,
    max_current_a: ac?.evMaxCurrent ?? dc?.evMaxCurrent ?? null,
    phases,
    soc_percent: dc?.stateOfCharge ?? null,
  };
}
