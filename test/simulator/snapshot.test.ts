import { describe, expect, it } from 'vitest';
import { fromSnapshot, snapshotOf } from '#simulator/snapshot.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const CAR = { batteryKwh: 60, socPercent: 20, acPhases: 3, acKwPerPhase: 7.4 } as const;
const spec = { ...sandboxCharger('BLR-014'), car: CAR };
const charging = () =>
  new PaperCharger(spec)
    .online()
    .happens({ type: 'plug_in' })
    .happens({ type: 'tap', tag: 'TAG-1' });

/** What a new process makes of the JSON an old one left behind. */
function restarted(one: PaperCharger): PaperCharger {
  const text = JSON.stringify(snapshotOf(one.state));
  const state = fromSnapshot(JSON.parse(text), spec, { options: {}, misbehave: {} });
  if (!state) throw new Error('the snapshot was not taken');
  return new PaperCharger(spec, { state });
}

describe('a charger restarted from its snapshot', () => {
  it('goes on with its transaction, its register and its interval', () => {
    const old = charging().passes(600_000);
    const one = restarted(old).passes(5000).online().passes(595_000);
    expect(one.of('BootNotification')).toEqual([]);
    expect(one.of('StartTransaction')).toEqual([]);
    one.call('RemoteStopTransaction', { transactionId: 7001 });
    const [start] = old.of('StartTransaction');
    const [stop] = one.of('StopTransaction');
    expect(stop).toMatchObject({ transactionId: 7001, reason: 'Remote' });
    // 22 kW for twenty minutes, five seconds of which nobody watched: 7333.3 Wh
    expect(Number(stop?.['meterStop']) - Number(start?.['meterStart'])).toBe(7333);
  });

  it('repeats a start that was under way when the process died', () => {
    const old = new PaperCharger(spec).online();
    old.answers['StartTransaction'] = () => 'silence';
    old.happens({ type: 'plug_in' }).happens({ type: 'tap', tag: 'TAG-1' });
    const one = restarted(old).online();
    expect(one.of('StartTransaction')).toEqual(old.of('StartTransaction'));
  });

  it('reports every status anew', () => {
    const one = restarted(charging()).online();
    const seen = one
      .of('StatusNotification')
      .map(({ connectorId, status }) => [connectorId, status]);
    expect(seen).toEqual([
      [0, 'Available'],
      [1, 'Charging'],
    ]);
  });

  it('does not lower its register, whenever the process dies', () => {
    let one = charging();
    let last = 0;
    for (let minute = 0; minute < 20; minute += 1) {
      one = restarted(one).online().passes(60_000);
      const register = one.state.connectors[0]?.registerWh ?? 0;
      expect(register).toBeGreaterThan(last);
      last = register;
    }
  });

  it('is one that was saved before chargers could reserve, limit, update or be asked', () => {
    const { charger } = snapshotOf(charging().state);
    const { store: _, limitsDueAt: __, postponed: ___, ...old } = charger;
    const connectors = old.connectors.map(({ limitW: _w, reserved: _r, reset: _x, ...one }) => one);
    const text = JSON.stringify({ format: 1, charger: { ...old, connectors } });
    const state = fromSnapshot(JSON.parse(text), spec, { options: {}, misbehave: {} });
    expect(state?.store.localList.version).toBe(0);
    expect(state?.connectors[0]).toMatchObject({ limitW: null, reserved: false });
    expect(state?.connectors[0]?.session?.tag.id).toBe('TAG-1');
  });

  it('keeps what the platform deposited with it', () => {
    const old = charging();
    old.call('SendLocalList', { listVersion: 7, updateType: 'Full' });
    const one = restarted(old).online();
    expect(one.call('GetLocalListVersion', {})[2]).toEqual({ listVersion: 7 });
  });

  it('keeps the version of the firmware that it updated itself to', () => {
    const old = new PaperCharger(spec).online();
    old.state = { ...old.state, spec: { ...old.state.spec, firmwareVersion: '9.9.9' } };
    const one = restarted(old).happens({ type: 'power_cycle' }).passes(5000).online();
    expect(one.of('BootNotification').at(-1)).toMatchObject({ firmwareVersion: '9.9.9' });
  });

  it.each([
    ['nothing', undefined],
    ['rubbish', { format: 1, charger: { spec: 'x' } }],
    ['another format', { ...snapshotOf(charging().state), format: 2 }],
    ['another charger', snapshotOf(new PaperCharger(sandboxCharger('BLR-011')).state)],
  ])('is not made from %s', (_name, snapshot) => {
    expect(fromSnapshot(snapshot, spec, { options: {}, misbehave: {} })).toBeNull();
  });
});
