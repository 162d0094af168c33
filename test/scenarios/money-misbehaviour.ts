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
  /** What was charged cannot be known: something is billed, and never more than there was. */
  readonly partly?: true;
  /** Of another make: one whose quirk is known. */
  readonly make?: Partial<ChargerSpec>;
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

/** Charges by a card, stops by it, and waits until the charger has nothing more to say: what was charged, Wh. */
async function charges(playing: Play): Promise<number> {
  const { simulator } = playing;
  const before = registerOf(simulator);
  const car = () => simulator.state().connectors[0]?.car;
  const charged = () => ((car()?.socPercent ?? 10) - 10) * 1000;
  await eventually(() => {
    // Who is not let charge, as the connection has just broken, comes again.
    if (!car()) {
      simulator.plugIn(1, { batteryKwh: 100, socPercent: 10 });
      simulator.tap('04MONEY1', 1);
    }
    expect(charged()).toBeGreaterThan(700);
  });
  simulator.stop(1);
  const ended = Math.ceil(charged());
  await isQuiet(playing);
  const counted = registerOf(simulator) - before;
  return counted > 0 ? counted : ended;
}

/** The session of a charge, ended, with its bill: what is missing is asked for after half a minute. */
async function theBilled(host: FileHost, identity: string): Promise<SessionView> {
  const [session, ...others] = await eventually(async () => {
    const sessions = await sessionsOf(host, identity);
    expect(sessions).not.toEqual([]);
    return sessions;
  });
  expect(others).toEqual([]);
  return eventually(() => host.api.settled(session?.id ?? ''), 50_000);
}

/** One session, one CDR, and the right bill, whatever goes wrong on the way. */
export const describeMoney = (
  host: FileHost,
  spec: Omit<ChargerSpec, 'identity'>,
  cases: readonly MoneyCase[],
) =>
  describe(`a charger of OCPP ${spec.version} that misbehaves`, () => {
    it.concurrent.for(cases)('is charged once and right: $title', async (one) => {
      const { misbehave, make, flags = [], partly } = one;
      const identity = `MONEY-${cases.indexOf(one)}`;
      await play(host, { ...spec, ...make, identity }, misbehave, async (playing) => {
        const wh = await charges(playing);
        const { id, ...session } = await theBilled(host, identity);
        expect([...session.flags].sort()).toEqual([...flags].sort());
        if (!partly) await expectPaid(host.api, id, wh);
        const [cdr, ...others] = await host.api.cdrsOf(id);
        expect(others).toEqual([]);
        expect(cdr?.energy_kwh).toBeGreaterThan(0);
        expect(cdr?.energy_kwh).toBeLessThanOrEqual(wh / 1000);
        expect(await sessionsOf(host, identity)).toHaveLength(1);
      });
    });

    it.concurrent('is billed nothing by an end of a transaction that nobody knows', async () => {
      const identity = 'MONEY-UNKNOWN';
      await play(host, { ...spec, identity }, { unknownStop: true }, async (playing) => {
        await charges(playing);
        const of = (flag: string) => (session: SessionView) => session.flags.includes(flag);
        const open = await eventually(async () => {
          const found = (await sessionsOf(host, identity)).find(of('stop_missing'));
          expect(found).toMatchObject({ status: 'charging', cdr: null });
          return found;
        });
        expect(open?.energy_kwh).toBeGreaterThan(0);
        for (const { id, energy_kwh } of await sessionsOf(host, identity))
          if (id !== open?.id) expect(energy_kwh).toBe(0);
        expect(await host.api.cdrsOf(open?.id ?? '')).toEqual([]);
      });
    });

    it.concurrent('is billed nothing for a start that it refuses', async () => {
      const identity = 'MONEY-REFUSES';
      await play(host, { ...spec, identity }, { rejectStart: true }, async () => {
        await host.api.whenFree(identity);
        const { id } = await host.api.startSession({ charger_id: identity, connector: 1 });
        await host.api.sessionWhen(id, ({ status }) => status === 'failed');
        expect(await host.api.cdrsOf(id)).toEqual([]);
      });
    });

    it.concurrent('is billed to the end when it says yes to a stop, and charges on', async () => {
      const identity = 'MONEY-GOES-ON';
      await play(host, { ...spec, identity }, { ignoreStop: true }, async (playing) => {
        await host.api.whenFree(identity);
        const before = registerOf(playing.simulator);
        const { id } = await host.api.startSession({ charger_id: identity, connector: 1 });
        await host.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.2);
        const { energy_kwh } = await host.api.stopSession(id);
        await host.api.sessionWhen(id, (now) => now.energy_kwh > energy_kwh + 0.2);
        playing.simulator.stop(1);
        await isQuiet(playing);
        await expectPaid(host.api, id, registerOf(playing.simulator) - before);
      });
    });
  });
