import { describe, expect, it } from 'vitest';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { eventually } from '#test/support/eventually.ts';
import type { FileHost } from '#test/support/file-host.ts';
import { expectPaid, registerOf } from '#test/support/sandbox-simulator.ts';
import { PROMPT } from '#test/support/stage.ts';

const Sessions = listOf('sessions', SessionView);

export interface MoneyCase {
  readonly title: string;
  readonly misbehave: Misbehaviour;
  /** What the session is marked with; nothing where left out. */
  readonly flags?: readonly string[];
}

export const moneyCharger = (version: ChargerSpec['version']): Omit<ChargerSpec, 'identity'> => ({
  ...{ version, vendor: 'Magma', model: 'MX-EV-22', serialNumber: 'M-1' },
  ...{ firmwareVersion: '3.4.1', car: { acPhases: 3, acKwPerPhase: 7.4 } },
  connectors: [{ id: 1, plug: 'Type2', powerKw: 22, phases: 3 }],
});

interface Play {
  readonly host: FileHost;
  readonly simulator: Simulator;
}

/** A charger of its own for each test, on one host. */
async function play(
  host: FileHost,
  charger: ChargerSpec,
  misbehave: Misbehaviour,
  work: (playing: Play) => Promise<void>,
): Promise<void> {
  const simulator = startSimulator({ ...PROMPT, url: host.ocpp, charger, misbehave });
  try {
    await simulator.whenOnline();
    await work({ host, simulator });
  } finally {
    await simulator.close();
  }
}

const sessionsOf = async (host: FileHost, id: string) =>
  (await host.api.get(`/v1/sessions?charger_id=${id}`, Sessions)).sessions;

const isQuiet = ({ simulator }: Play) =>
  eventually(() => {
    const { queue, inFlight, postponed, connectors } = simulator.state();
    expect([queue, inFlight, postponed, connectors[0]?.session]).toEqual([[], null, [], null]);
  });

/** Charges by a card, stops by it, and waits until the charger has nothing more to say. */
async function charges(playing: Play): Promise<number> {
  const { simulator } = playing;
  const before = registerOf(simulator);
  simulator.plugIn(1);
  simulator.tap('04MONEY1', 1);
  await eventually(() => expect(registerOf(simulator) - before).toBeGreaterThan(700));
  simulator.stop(1);
  await isQuiet(playing);
  return registerOf(simulator) - before;
}

/** One session, one CDR, and the right bill, whatever goes wrong on the way. */
export const describeMoney = (
  host: FileHost,
  spec: Omit<ChargerSpec, 'identity'>,
  cases: readonly MoneyCase[],
) =>
  describe(`a charger of OCPP ${spec.version} that misbehaves`, () => {
    it.concurrent.for(cases)('is charged once and right: $title', async (one) => {
      const identity = `MONEY-${cases.indexOf(one)}`;
      await play(host, { ...spec, identity }, one.misbehave, async (playing) => {
        const wh = await charges(playing);
        const id = await eventually(async () => {
          const [session, ...others] = await sessionsOf(host, identity);
          expect(others).toEqual([]);
          expect(session).toBeDefined();
          return session?.id ?? '';
        });
        // What is missing is asked for after half a minute.
        await eventually(() => host.api.settled(id), 50_000);
        const { flags } = await expectPaid(host.api, id, wh);
        expect([...flags].sort()).toEqual([...(one.flags ?? [])].sort());
        expect(await sessionsOf(host, identity)).toHaveLength(1);
      });
    });
  });
