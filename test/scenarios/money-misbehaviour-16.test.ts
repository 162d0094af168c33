import { describeMoney, moneyCharger } from '#test/scenarios/money-misbehaviour.ts';
import { aFileHost } from '#test/support/file-host.ts';
import { moneyCases } from '#test/support/money-cases.ts';

describeMoney(aFileHost(), moneyCharger('1.6'), [
  ...moneyCases,
  {
    title: 'its readings are odd',
    misbehave: { meter: ['hertz', 'celcius', 'wrong_context', 'phase_n', 'no_units', 'signed'] },
    flags: ['repaired:context-unknown'],
  },
  {
    title: 'some of its readings are no numbers',
    misbehave: { meter: ['not_numeric', 'wrong_type'] },
    flags: ['invalid_message', 'repaired:invalid-part-dropped', 'repaired:number-written-as-text'],
  },
  { title: 'it ends with the transaction -1', misbehave: { stopWithMinusOne: true } },
  { title: 'readings name no transaction', misbehave: { metersWithoutTransaction: true } },
  {
    title: 'its end goes before its start',
    misbehave: { stopBeforeStart: true },
    flags: ['stop_before_start'],
  },
]);
