import type { Command } from '#shared/commands/command.ts';

/** A command as the documents show one: waiting for its turn. */
export const queuedExample: Command = {
  id: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  type: 'reset',
  charger_id: 'BLR-014',
  connector: null,
  status: 'queued',
  requested_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  queued_at: '2026-05-27T14:03:22.000Z',
  sent_at: null,
  answered_at: null,
  completed_at: null,
  expires_at: '2026-05-27T14:05:22.000Z',
  result: null,
  ocpp: null,
  session_id: null,
  batch_id: null,
  steps: [],
  part_of: null,
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.000Z',
  resource_version: 1,
};

/** The same command, answered. */
export const completedExample: Command = {
  ...queuedExample,
  status: 'completed',
  sent_at: '2026-05-27T14:03:22.018Z',
  answered_at: '2026-05-27T14:03:22.341Z',
  completed_at: '2026-05-27T14:03:22.341Z',
  result: { outcome: 'accepted', reason: null, data: null },
  ocpp: {
    version: 'ocpp1.6',
    action: 'Reset',
    message_id: 'msg_01JWA3M7Q6B2K8D4F0G6H1J3KM',
    request: { type: 'Soft' },
    response: { status: 'Accepted' },
    error: null,
  },
  updated_at: '2026-05-27T14:03:22.341Z',
  resource_version: 3,
};

/** The same command, on its way. */
export const sentExample: Command = {
  ...queuedExample,
  status: 'sent',
  sent_at: '2026-05-27T14:03:22.018Z',
  ocpp: {
    version: 'ocpp1.6',
    action: 'Reset',
    message_id: 'msg_01JWA3M7Q6B2K8D4F0G6H1J3KM',
    request: { type: 'Soft' },
    response: null,
    error: null,
  },
  updated_at: '2026-05-27T14:03:22.018Z',
  resource_version: 2,
};

/** The same command, refused by the charger. */
export const failedExample: Command = {
  ...completedExample,
  status: 'rejected',
  result: { outcome: 'rejected', reason: 'The charger answered Rejected.', data: null },
  ocpp: {
    version: 'ocpp1.6',
    action: 'Reset',
    message_id: 'msg_01JWA3M7Q6B2K8D4F0G6H1J3KM',
    request: { type: 'Soft' },
    response: { status: 'Rejected' },
    error: null,
  },
};
