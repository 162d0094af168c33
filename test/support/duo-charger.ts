import type { ChargerSpec } from '#simulator/charger-spec.ts';

/** A charger of two sockets, of 22 kW each. */
export const duoCharger = (identity: string, version: ChargerSpec['version']): ChargerSpec => ({
  ...{ identity, version, vendor: 'Magma', model: 'MX-AC-22-DUO' },
  ...{ serialNumber: `SN-${identity}`, firmwareVersion: '3.4.1' },
  connectors: [
    { id: 1, plug: 'Type2', powerKw: 22, phases: 3 },
    { id: 2, plug: 'Type2', powerKw: 22, phases: 3 },
  ],
  car: { acPhases: 3, acKwPerPhase: 7.4 },
});
