import * as z from 'zod';
import {
  type Charge,
  gauges,
  METER_AT_FIRST_WH,
  type Start,
  type Step,
} from '#bench/units/charge.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

const Started = z.object({ transactionId: z.int() });

/** A charge on connector 1, in the words of 1.6. */
export class Charge16 implements Charge {
  readonly begin: readonly Step[];
  readonly end: readonly Step[];
  readonly #charger: MeteredCharger;
  readonly #now: () => string;
  #transactionId = 0;
  #minutes = 0;

  constructor(world: MeteredWorld, charger: MeteredCharger, { tag }: Start) {
    this.#charger = charger;
    this.#now = () => world.now().toISOString();
    this.begin = [this.#status('Preparing'), this.#start(tag), this.#status('Charging')];
    this.end = [this.#stop(tag), this.#status('Finishing'), this.#status('Available')];
  }

  minute(): Step {
    this.#minutes += 1;
    return this.#say('MeterValues', () => ({
      connectorId: 1,
      transactionId: this.#transactionId,
      meterValue: [{ timestamp: this.#now(), sampledValue: sampled(this.#minutes) }],
    }));
  }

  #start(idTag: string): Step {
    const { action, run } = this.#say('StartTransaction', () => ({
      connectorId: 1,
      idTag,
      meterStart: METER_AT_FIRST_WH,
      timestamp: this.#now(),
    }));
    return {
      action,
      run: async () => {
        const said = await run();
        this.#transactionId = Started.parse(said.answer).transactionId;
        return said;
      },
    };
  }

  #stop(idTag: string): Step {
    return this.#say('StopTransaction', () => ({
      transactionId: this.#transactionId,
      idTag,
      meterStop: gauges(this.#minutes).registerWh,
      timestamp: this.#now(),
      reason: 'Local',
    }));
  }

  #status(status: string): Step {
    return this.#say('StatusNotification', () => ({
      connectorId: 1,
      errorCode: 'NoError',
      status,
      timestamp: this.#now(),
    }));
  }

  /** The payload is made when it is said: it tells the time. */
  #say = (action: string, payload: () => object): Step => ({
    action,
    run: () => this.#charger.say(action, payload()),
  });
}

function sampled(minutes: number) {
  const { registerWh, powerW, currentA, voltageV, socPercent } = gauges(minutes);
  return [
    { value: String(registerWh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    { value: String(powerW), measurand: 'Power.Active.Import', unit: 'W' },
    { value: currentA.toFixed(1), measurand: 'Current.Import', unit: 'A' },
    { value: voltageV.toFixed(1), measurand: 'Voltage', unit: 'V' },
    { value: String(socPercent), measurand: 'SoC', unit: 'Percent' },
  ];
}
