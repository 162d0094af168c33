import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const status = (reply: unknown[]) => reply[2];
const duo = (variables: Record<string, string> = {}) =>
  new PaperCharger(sandboxCharger('BLR-012'), { variables }).online();
const reserve = (one: PaperCharger, connectorId: number, reservationId = 4, rest: object = {}) =>
  status(
    one.call('ReserveNow', {
      connectorId,
      reservationId,
      expiryDate: '2026-01-15T12:30:00Z',
      idTag: 'GUEST',
      ...rest,
    }),
  );
const lastStatus = (one: PaperCharger, connectorId: number) =>
  one
    .of('StatusNotification')
    .filter((each) => each['connectorId'] === connectorId)
    .at(-1)?.['status'];

describe('a reservation', () => {
  it('keeps a connector for its holder, who uses it up', () => {
    const one = duo();
    expect(reserve(one, 1)).toEqual({ status: 'Accepted' });
    expect(lastStatus(one, 1)).toBe('Reserved');
    const start = (idTag: string) =>
      status(one.call('RemoteStartTransaction', { connectorId: 1, idTag }));
    expect(start('STRANGER')).toEqual({ status: 'Rejected' });
    expect(start('guest')).toEqual({ status: 'Accepted' });
    one.passes(2000);
    expect(one.of('StartTransaction')).toMatchObject([{ connectorId: 1, reservationId: 4 }]);
    expect(one.state.store.reservations).toEqual([]);
  });

  it('sends a stranger to the connector that is free', () => {
    const one = duo();
    reserve(one, 1);
    one.happens({ type: 'tap', tag: 'STRANGER' }).happens({ type: 'plug_in', connectorId: 2 });
    expect(one.of('StartTransaction')).toMatchObject([{ connectorId: 2 }]);
  });

  it("is open to the holder's group", () => {
    const one = duo();
    reserve(one, 1, 4, { parentIdTag: 'FLEET' });
    one.answers['Authorize'] = () => ({ idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' } });
    one.happens({ type: 'plug_in', connectorId: 1 });
    one.happens({ type: 'tap', tag: 'COLLEAGUE', connectorId: 1 });
    expect(one.of('StartTransaction')).toMatchObject([{ reservationId: 4, idTag: 'COLLEAGUE' }]);
  });

  it('is over at its time, or when it is cancelled', () => {
    const one = duo();
    reserve(one, 1);
    one.passes(30 * 60_000);
    expect(lastStatus(one, 1)).toBe('Available');
    reserve(one, 1, 5, { expiryDate: '2026-01-15T13:30:00Z' });
    const cancel = () => status(one.call('CancelReservation', { reservationId: 5 }));
    expect(cancel()).toEqual({ status: 'Accepted' });
    expect(cancel()).toEqual({ status: 'Rejected' });
    expect(lastStatus(one, 1)).toBe('Available');
  });

  it('is refused in the word for what stands in its way', () => {
    const one = duo();
    one.happens({ type: 'plug_in', connectorId: 1 });
    expect(reserve(one, 1)).toEqual({ status: 'Occupied' });
    one.happens({ type: 'fault', code: 'GroundFailure', connectorId: 2 });
    expect(reserve(one, 2)).toEqual({ status: 'Faulted' });
    one.happens({ type: 'clear_fault' });
    one.call('ChangeAvailability', { connectorId: 2, type: 'Inoperative' });
    expect(reserve(one, 2)).toEqual({ status: 'Unavailable' });
    expect(reserve(one, 7)).toEqual({ status: 'Rejected' });
    const past = { expiryDate: '2026-01-15T11:00:00Z' };
    expect(reserve(duo(), 1, 4, past)).toEqual({ status: 'Rejected' });
  });

  it('of any connector leaves one free for its holder', () => {
    const one = duo();
    expect(reserve(one, 0)).toEqual({ status: 'Accepted' });
    expect(lastStatus(one, 1)).toBe('Available');
    one.happens({ type: 'plug_in', connectorId: 1 });
    one.happens({ type: 'tap', tag: 'STRANGER', connectorId: 1 });
    expect(one.of('StartTransaction')).toHaveLength(1);
    expect(lastStatus(one, 2)).toBe('Reserved');
    const start = (idTag: string) => status(one.call('RemoteStartTransaction', { idTag }));
    expect(start('ANOTHER')).toEqual({ status: 'Rejected' });
    expect(start('GUEST')).toEqual({ status: 'Accepted' });
    const none = duo({ ReserveConnectorZeroSupported: 'false' });
    expect(reserve(none, 0)).toEqual({ status: 'Rejected' });
  });

  it('of 2.0.1 tells when it ends by itself', () => {
    const one = new PaperCharger(sandboxCharger('BLR-015')).online();
    const request = (id: number, evseId: number) => ({
      id,
      evseId,
      expiryDateTime: '2026-01-15T12:10:00Z',
      idToken: { idToken: 'GUEST', type: 'Central' },
    });
    one.call('ReserveNow', request(4, 1));
    one.call('ReserveNow', request(5, 2));
    one.happens({ type: 'fault', code: 'GroundFailure', connectorId: 2 });
    one.passes(10 * 60_000);
    expect(one.of('ReservationStatusUpdate')).toEqual([
      { reservationId: 5, reservationUpdateStatus: 'Removed' },
      { reservationId: 4, reservationUpdateStatus: 'Expired' },
    ]);
  });
});
