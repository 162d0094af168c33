import type { Sender } from '#shared/ocpp/receive.ts';
import { hear } from '#test/support/faults/doors.ts';
import type { Machine } from '#test/support/faults/machine.ts';

/** What the chargers of the sweep say to what they are asked; to all else, that they accept it. */
const said: Readonly<Record<string, object>> = {
  GetConfiguration: {
    configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
  },
  GetDiagnostics: { fileName: 'log.txt' },
  GetLocalListVersion: { listVersion: 0 },
  UpdateFirmware: {},
};
const said2: Readonly<Record<string, object>> = {
  CostUpdated: {},
  GetLocalListVersion: { versionNumber: 0 },
  GetTransactionStatus: { messagesInQueue: false },
};

/** Answers once: a charger does not repeat an answer. */
export async function accepting(machine: Machine, sender: Sender, frame: readonly unknown[]) {
  const [, id, action] = frame.map(String);
  const own = sender.version === 'ocpp1.6' ? said : said2;
  const payload = own[action ?? ''] ?? { status: 'Accepted' };
  await hear(machine, `answer ${sender.version} ${action}`, sender, [3, id, payload]);
}
