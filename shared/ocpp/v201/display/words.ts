import type { MessageInfoType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

export const formats = { text: 'UTF8', ascii: 'ASCII', html: 'HTML', uri: 'URI' } as const;
export const priorities = {
  always_front: 'AlwaysFront',
  in_front: 'InFront',
  normal: 'NormalCycle',
} as const;
export const states = {
  charging: 'Charging',
  faulted: 'Faulted',
  idle: 'Idle',
  unavailable: 'Unavailable',
} as const;

export const formatOf = { UTF8: 'text', ASCII: 'ascii', HTML: 'html', URI: 'uri' } as const;
export const priorityOf = {
  AlwaysFront: 'always_front',
  InFront: 'in_front',
  NormalCycle: 'normal',
} as const;
export const stateOf = {
  Charging: 'charging',
  Faulted: 'faulted',
  Idle: 'idle',
  Unavailable: 'unavailable',
} as const satisfies Record<NonNullable<MessageInfoType['state']>, string>;
