import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const charger = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const status = (reply: unknown[]) => reply[2];
const charging = () =>
  charger()
    .happens({ type: 'plug_in', connectorId: 1 })
    .happens({ type: 'tap', tag: 'TAG-1', connectorId: 1 });
const transactionOf = (one: PaperCharger) => one.state.connectors[0]?.session?.id;
const show = (one: PaperCharger, id: number, rest: object = {}, format = 'UTF8') => {
  const message = { id, priority: 'NormalCycle', message: { format, content: 'Namaste' }, ...rest };
  return status(one.call('SetDisplayMessage', { message }));
};
const shown = (one: PaperCharger) => one.state.store.messages.map(({ id }) => id);

describe('the display', () => {
  it('shows messages, reports them in parts, and drops the one that is cleared', () => {
    const one = charger();
    for (let id = 1; id <= 5; id += 1) expect(show(one, id)).toEqual({ status: 'Accepted' });
    one.call('GetDisplayMessages', { requestId: 8 });
    expect(one.of('NotifyDisplayMessages')).toMatchObject([
      { requestId: 8, tbc: true, messageInfo: [{}, {}, {}, {}] },
      { requestId: 8, tbc: false, messageInfo: [{ id: 5, message: { content: 'Namaste' } }] },
    ]);
    const clear = () => status(one.call('ClearDisplayMessage', { id: 5 }));
    expect([clear(), clear()]).toEqual([{ status: 'Accepted' }, { status: 'Unknown' }]);
    const none = status(one.call('GetDisplayMessages', { requestId: 9, id: [77] }));
    expect(none).toEqual({ status: 'Unknown' });
  });

  it('has one message that is always in front', () => {
    const one = charger();
    show(one, 1, { priority: 'AlwaysFront' });
    show(one, 2, { priority: 'AlwaysFront' });
    expect(shown(one)).toEqual([2]);
  });

  it('lets a message go with its time and with its transaction', () => {
    const one = charging();
    show(one, 1, { endDateTime: '2026-01-15T12:05:00Z' });
    show(one, 2, { transactionId: transactionOf(one) });
    expect(shown(one.passes(5 * 60_000))).toEqual([2]);
    expect(shown(one.happens({ type: 'stop' }))).toEqual([]);
  });

  it('refuses what it cannot show', () => {
    const one = charger();
    expect(show(one, 1, {}, 'HTML')).toEqual({ status: 'NotSupportedMessageFormat' });
    expect(show(one, 1, { transactionId: 'none' })).toEqual({ status: 'UnknownTransaction' });
    for (let id = 1; id <= 10; id += 1) show(one, id);
    expect(show(one, 11)).toEqual({ status: 'Rejected' });
  });

  it('keeps the running cost of the charge', () => {
    const one = charging();
    const cost = { totalCost: 42.5, transactionId: transactionOf(one) };
    expect(status(one.call('CostUpdated', cost))).toEqual({});
    expect(one.state.connectors[0]?.session?.cost).toBe(42.5);
  });
});

describe('what is known of a customer', () => {
  const ask = (one: PaperCharger, rest: object) =>
    status(one.call('CustomerInformation', { requestId: 5, report: true, clear: false, ...rest }));
  const idToken = { idToken: 'TAG-1', type: 'ISO14443' };

  it('is told, and forgotten', () => {
    const one = charging();
    expect(ask(one, { idToken })).toEqual({ status: 'Accepted' });
    expect(ask(one, { idToken, clear: true })).toEqual({ status: 'Accepted' });
    expect(ask(one.happens({ type: 'stop' }), { idToken })).toEqual({ status: 'Accepted' });
    const known = 'in the authorization cache\ncharges on EVSE 1';
    expect(one.of('NotifyCustomerInformation').map(({ data }) => data)).toEqual([
      known,
      known,
      'nothing is known',
    ]);
  });

  it('is asked for by one thing only', () => {
    const one = charger();
    expect(ask(one, {})).toEqual({ status: 'Invalid' });
    expect(ask(one, { idToken, customerIdentifier: 'X' })).toEqual({ status: 'Invalid' });
    expect(ask(one, { idToken, report: false })).toEqual({ status: 'Rejected' });
  });
});
