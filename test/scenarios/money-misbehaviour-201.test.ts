import { describeMoney, moneyCharger } from '#test/scenarios/money-misbehaviour.ts';
import { aFileHost } from '#test/support/file-host.ts';
import { moneyCases } from '#test/support/money-cases.ts';

describeMoney(aFileHost(), moneyCharger('2.0.1'), [
  // These wait for half a minute: they begin first.
  { title: 'reports are kept back until asked for', misbehave: { keepBackEvents: [1] } },
  {
    title: 'no start is told',
    misbehave: { noStarted: true },
    flags: ['start_missing', 'meter_start_assumed', 'incomplete_data'],
    partly: true,
  },
  ...moneyCases,
  {
    title: 'its readings are odd',
    misbehave: { meter: ['hertz', 'celcius', 'wrong_context', 'phase_n', 'no_units', 'signed'] },
    flags: ['invalid_message', 'repaired:context-unknown', 'repaired:invalid-part-dropped'],
  },
  {
    title: 'some of its readings are no numbers',
    misbehave: { meter: ['not_numeric', 'wrong_type'] },
    flags: ['invalid_message', 'repaired:invalid-part-dropped', 'repaired:text-read-as-number'],
  },
  { title: 'its end goes before its start', misbehave: { stopBeforeStart: true } },
  { title: 'news come after the end', misbehave: { updatedAfterEnded: true } },
  {
    title: 'the place is told late, and not whole',
    misbehave: { lateEvse: true, noConnectorId: true },
  },
  {
    title: 'kilowatt-hours go under the name of watt-hours, as its make is known for',
    misbehave: { wrongUnit: true },
    make: { vendor: 'OpenEVSE', firmwareVersion: '4.2.2' },
    flags: ['repaired:openevse-energy-in-kwh'],
  },
]);
