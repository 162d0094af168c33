import { type Charge, gauges, type Start, type Step } from '#bench/units/charge.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

/** A charge on EVSE 1, in the words of 2.0.1. */
export class Charge201 implements Charge {
  readonly begin: readonly Step[];
  readonly end: readonly Step[];
  readonly #charger: MeteredCharger;
  readonly #transactionId: string;
  readonly #now: () => string;
  #minutes = 0;
  #seqNo = 0;

  constructor(world: MeteredWorld, charger: MeteredCharger, { tag, remoteStartId }: Start) {
    this.#charger = charger;
    this.#transactionId = `${charger.id}-${world.now().getTime()}`;
    this.#now = () => world.now().toISOString();
    const idToken = { idToken: tag, type: 'Central' };
    const trigger = remoteStartId === undefined ? 'Authorized' : 'RemoteStart';
    this.begin = [
      this.#status('Occupied'),
      this.#event('Started', trigger, { chargingState: 'Charging', remoteStartId }, { idToken }),
    ];
    this.end = [
      this.#event('Ended', 'StopAuthorized', { stoppedReason: 'Local' }, { idToken }),
      this.#status('Available'),
    ];
  }

  /** So many of its events never arrive. */
  lose(events: number): void {
    this.#seqNo += events;
  }

  minute(): Step {
    this.#minutes += 1;
    return this.#event('Updated', 'MeterValuePeriodic', { chargingState: 'Charging' });
  }

  /** The payload is made when it is said: it tells the time and counts. */
  #event(eventType: string, triggerReason: string, transaction: object, more: object = {}): Step {
    const payload = () => ({
      eventType,
      triggerReason,
      timestamp: this.#now(),
      seqNo: this.#seqNo++,
      evse: { id: 1, connectorId: 1 },
      transactionInfo: { transactionId: this.#transactionId, ...transaction },
      meterValue: [{ timestamp: this.#now(), sampledValue: sampled(this.#minutes) }],
      ...more,
    });
    return {
      action: `TransactionEvent ${eventType}`,
      run: () => this.#charger.say('TransactionEvent', payload()),
    };
  }

  #status(connectorStatus: string): Step {
    const payload = () => ({
      evseId: 1,
      connectorId: 1,
      connectorStatus,
      timestamp: this.#now(),
    });
    return {
      action: 'StatusNotification',
      run: () => this.#charger.say('StatusNotification', payload()),
    };
  }
}

function sampled(minutes: number) {
  const { registerWh, powerW, currentA, voltageV, socPercent } = gauges(minutes);
  const inUnit = (unit: string) => ({ unitOfMeasure: { unit } });
  return [
    { value: registerWh, measurand: 'Energy.Active.Import.Register', ...inUnit('Wh') },
    { value: powerW, measurand: 'Power.Active.Import', ...inUnit('W') },
    { value: currentA, measurand: 'Current.Import', ...inUnit('A') },
    { value: voltageV, measurand: 'Voltage', ...inUnit('V') },
    { value: socPercent, measurand: 'SoC', ...inUnit('Percent') },
  ];
}
