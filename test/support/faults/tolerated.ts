import type { Place } from '#test/support/faults/sweep.ts';

/** Differences that a fault may make, and why nobody is the worse for them. */
interface Tolerance {
  readonly why: string;
  /** Where the call failed. */
  readonly at: (place: Place) => boolean;
  /** `-` is missing after the fault, `+` is there only then. */
  readonly lines: RegExp;
}

const isSend = ({ call }: Place) => call.endsWith('send ocpp');
const isClaim = ({ call, mode }: Place) => mode === 'killed' && call.includes('put:CHG/INFLIGHT');
const isLive = ({ call, unit }: Place) => call.endsWith(' live') || unit === 'reader push-live';
const isPost = ({ call }: Place) => call.endsWith('post webhook');

const isMessage = ({ unit }: Place) => unit.startsWith('message ');
const SAID_TWICE =
  /^\+ (attempt succeeded |(logged|post|live \S+) charger\.(booted|data_transfer_received) |new .*#DELIVERIES")/;
const tolerances: readonly Tolerance[] = [
  {
    why:
      'Whether a charger got a call nobody can know whose sender died, or whose gateway failed. It is not ' +
      'sent again, since twice is not once (a reset, an unlocking): the command ends as timed out after 30 ' +
      'seconds and the next goes out. No call is made that was not made before.',
    at: (place) => isSend(place) || isClaim(place),
    lines: /^[+-] (?!call|wrong)|^- call/,
  },
  {
    why: 'A charger is told that we could not take a message, and says it again.',
    at: isMessage,
    lines: /^\+ answer .*"InternalError"/,
  },
  {
    why: 'A message without a number of its own, said twice, is two: a boot, the words of a vendor.',
    at: ({ step }) => step === 'BootNotification' || step === 'DataTransfer',
    lines: SAID_TWICE,
  },
  {
    why:
      'A need or a plan of a vehicle, said twice, is told twice; a profile sent twice is the same profile, ' +
      'by its number.',
    at: ({ step }) => step.startsWith('NotifyEVCharging'),
    lines:
      /^\+ (?!call|wrong|new .*"sk":"(CHARGER|SESSION|LIVE|CDR)")|^\+ call \S+ SetChargingProfile |^- (call|new|changed)/,
  },
  {
    why: 'A value that a report tells twice stands after the names of its unit: the order of a record.',
    at: ({ unit }) => unit.endsWith(' NotifyReport'),
    lines: /^[+-] new .*"sk":"V#ocppcommctrlr/,
  },
  {
    why:
      'Where one reservation ends as the next begins, it is chance which is seen first, and whether the ' +
      'connector is shown as free between them.',
    at: ({ unit }) => unit === 'task advance-reservation',
    lines:
      /^[+-] (attempt succeeded |(logged|post|live \S+) connector\.status_changed |new .*#DELIVERIES")/,
  },
  {
    why: 'A socket that was entered before its handshake failed is replaced by the next, and closed.',
    at: ({ unit }) => unit === 'ocpp connect',
    lines: /^\+ (closed socket-again |to do check-connection )/,
  },
  {
    why: 'A driver waits for the answer, which is given though its record could not be kept.',
    at: (place) => isMessage(place) && /put:AUTH\/|TOKEN\/TOKEN/.test(place.call),
    lines:
      /^- .*(authorization\.(accepted|rejected)|"sk":"TOKEN"|#AUTH"|#ASKED#|ASKED#|attempt succeeded|#DELIVERIES")/,
  },
  {
    why:
      'A charger does not repeat an answer. One that died with the process that took it is waited for ' +
      'until the time-out, like one that never came.',
    at: ({ unit, mode }) => unit.startsWith('answer ') && mode === 'killed',
    lines: /^[+-] (?!call|wrong)|^- call/,
  },
  {
    why:
      'A live client is told of a gap where a frame may not have arrived, and catches up from the log; ' +
      'the numbers of frames go on.',
    at: isLive,
    lines: /^\+ live \S+ gap$|^- live /,
  },
  {
    why: 'A webhook that may not have arrived is tried again, under the same id; the attempt is counted.',
    at: isPost,
    lines:
      /^\+ attempt (failed|succeeded) |^- attempt succeeded |^[+-] new .*#DELIVERIES"|^- post |^\+ to do deliver-slow-webhook /,
  },
  {
    why: 'A secret is shown once: where that answer got lost, the repeat says that it is done.',
    at: ({ step }) => SECRETS.has(step),
    lines: /^\+ told \w+ 409 .*could not be kept|^- told \w+ 20\d /,
  },
  {
    why: 'What was done and is answered later is answered as it is then.',
    at: ({ step }) => step === 'createReservation' || step === 'createFirmwareCampaign',
    lines: /^[+-] told \w+ 201 \{"id":"<(res|fwc)>/,
  },
  {
    why: 'What may be done twice to the same end is done by a caller twice, and the audit log says so.',
    at: ({ unit }) => unit.startsWith('request '),
    lines: /^\+ new .*"pk":"near#AUD#/,
  },
  {
    why: 'A version of a list is asked for anew: to ask twice changes nothing.',
    at: ({ step }) => step === 'syncLocalAuthList',
    lines: /^\+ call \S+ GetLocalListVersion /,
  },
  {
    why: 'Who has a webhook sent again, or tries it out, and repeats that, has it sent once more, under the same id.',
    at: ({ step }) => step === 'replayWebhookDeliveries' || step === 'testWebhookEndpoint',
    lines: /^\+ attempt succeeded |^[+-] (new|changed) .*#DELIVERIES"/,
  },
  {
    why: 'A look at a campaign that failed is made up for by the next look.',
    at: ({ unit }) => unit === 'task run-campaign',
    lines: /^[+-] new .*"sk":"CAMPAIGN"/,
  },
];

const SECRETS = new Set([
  'createApiKey',
  'createCharger',
  'createOauthClient',
  'createOrganization',
  'createWebhookEndpoint',
  'inviteMember',
  'rotateChargerCredentials',
  'rotateOauthClientSecret',
  'rotateWebhookSecret',
]);

export const untolerated = (place: Place, lines: readonly string[]): string[] => {
  const mine = tolerances.filter(({ at }) => at(place));
  return lines.filter((line) => !mine.some((one) => one.lines.test(line)));
};
