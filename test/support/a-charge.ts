import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger } from '#test/support/fake-charger.ts';

/** A 1.6 charger at work, and what it reports. Its clock is the context's; the meter began at 1,000 Wh. */
export class Charge {
  readonly #ctx: TestContext;
  readonly charger: FakeCharger;
  readonly id: string;
  transactionId = 0;

  constructor(ctx: TestContext, charger: FakeCharger, id: string) {
    this.#ctx = ctx;
    this.charger = charger;
    this.id = id;
  }

  /** The charger accepts the start, and begins. */
  async begin(more: object = {}): Promise<void> {
    if (this.charger.calls().length > 0) await this.charger.answer({ status: 'Accepted' });
    const answer = await this.charger.say('StartTransaction', {
      connectorId: 1,
      idTag: this.id.slice(-20),
      meterStart: 1000,
      timestamp: this.#now(),
      ...more,
    });
    this.transactionId = Number(Object(answer)['transactionId']);
  }

  /** One meter value: the register, and other gauges by their 1.6 names. */
  measure(registerWh: number, gauges: Readonly<Record<string, number>> = {}): Promise<unknown> {
    const units: Readonly<Record<string, string>> = { 'Power.Active.Import': 'W', SoC: 'Percent' };
    const others = Object.entries(gauges).map(([measurand, value]) => ({
      measurand,
      value: String(value),
      unit: units[measurand],
    }));
    return this.charger.say('MeterValues', {
      connectorId: 1,
      transactionId: this.transactionId,
      meterValue: [
        { timestamp: this.#now(), sampledValue: [{ value: String(registerWh) }, ...others] },
      ],
    });
  }

  status(status: string): Promise<unknown> {
    return this.charger.say('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status,
      timestamp: this.#now(),
    });
  }

  end(meterStop: number, more: object = {}): Promise<unknown> {
    return this.charger.say('StopTransaction', {
      transactionId: this.transactionId,
      meterStop,
      timestamp: this.#now(),
      ...more,
    });
  }

  #now = () => this.#ctx.now().toISOString();
}

/** A session asked for on BLR-014 and not begun yet. */
export async function aStart(
  ctx: TestContext,
  body: object = {},
  charger: object = {},
): Promise<Charge> {
  const online = await anOnlineCharger(ctx, 'BLR-014', charger);
  const reply = await call(ctx, startSession, { body: { charger_id: 'BLR-014', ...body } });
  if (reply.status !== 201) throw new Error(reply.text);
  return new Charge(ctx, online, String(reply.body['session_id']));
}

/** A session that charges on BLR-014. */
export async function aCharge(ctx: TestContext, body: object = {}, charger: object = {}) {
  const charge = await aStart(ctx, body, charger);
  await charge.begin();
  return charge;
}
