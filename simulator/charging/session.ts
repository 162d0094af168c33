import type { Connector, Reading, Session, StopCause } from '#simulator/charger-state.ts';
import { isFlowing } from '#simulator/charging/connectors.ts';
import { drawId } from '#simulator/physics/random.ts';
import { readMeter } from '#simulator/physics/reading.ts';
import { settingNumber } from '#simulator/settings.ts';
import type { Trigger, Turn } from '#simulator/turn.ts';

const SHORTEST_SAMPLE_MS = 1000;

/** Begins a transaction once there is both a cable and a permission. */
export function tryToBegin(turn: Turn, connector: Connector, trigger: Trigger): void {
  const { grant, car, session, fault } = connector;
  if (!grant || !car || session || fault !== null) return;
  const begin = readNow(turn, connector, 'Transaction.Begin');
  turn.state.lastTransaction += 1;
  const begun: Session = {
    number: turn.state.lastTransaction,
    id: drawId(turn.state, turn.now),
    tag: grant.tag,
    remoteStartId: grant.remoteStartId,
    startedAt: turn.now,
    meterStartWh: begin.energyWh,
    seqNo: 0,
    sampleDueAt: nextSampleAt(turn),
    reportedFlow: '',
    begin,
    mischiefDone: [],
  };
  connector.session = begun;
  connector.grant = null;
  connector.finishing = false;
  connector.unplugAt = null;
  turn.dialect.started(turn, connector, begun, trigger);
}

export function endSession(turn: Turn, connector: Connector, cause: StopCause): void {
  const { session } = connector;
  if (!session) return;
  const end = readNow(turn, connector, 'Transaction.End');
  turn.dialect.ended(turn, connector, session, cause, end);
  forgetSession(turn, connector);
}

/** Leaves a transaction behind without a word; the car goes when it would have gone. */
export function forgetSession(turn: Turn, connector: Connector): void {
  connector.session = null;
  connector.finishing = connector.car !== null;
  connector.operative = connector.scheduledOperative ?? connector.operative;
  connector.scheduledOperative = null;
  scheduleUnplug(turn, connector);
}

export function scheduleUnplug({ state, now }: Turn, connector: Connector): void {
  const { unplugDelayMs } = state.options;
  connector.unplugAt = connector.car && unplugDelayMs !== null ? now + unplugDelayMs : null;
}

export const readNow = (turn: Turn, connector: Connector, context: Reading['context']): Reading =>
  readMeter(turn.state, connector, turn.now, context, isFlowing(connector));

/** The time of the next sample; an interval of zero means none are wanted. */
function nextSampleAt(turn: Turn): number | null {
  const seconds = settingNumber(turn, 'sampleSeconds');
  if (seconds <= 0) return null;
  return turn.now + Math.max(SHORTEST_SAMPLE_MS, (seconds * 1000) / turn.state.options.speed);
}

/** Takes the samples that are due. After a long sleep there is one, not a heap. */
export function takeSamples(turn: Turn): void {
  for (const connector of turn.state.connectors) {
    const { session } = connector;
    if (!session?.sampleDueAt || session.sampleDueAt > turn.now) continue;
    session.sampleDueAt = nextSampleAt(turn);
    turn.dialect.metered(turn, connector, session, readNow(turn, connector, 'Sample.Periodic'));
  }
}

/** Lets a changed sampling interval take effect now instead of after the old one. */
export function rescheduleSamples(turn: Turn): void {
  for (const { session } of turn.state.connectors) {
    if (session) session.sampleDueAt = nextSampleAt(turn);
  }
}
