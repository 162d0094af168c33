import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';
import { kindOf } from '#test/support/isolation/kinds.ts';
import type { Place } from '#test/support/isolation/place.ts';
import { type Field, textFields } from '#test/support/isolation/positions.ts';
import { inMinutes } from '#test/support/reserving.ts';

type Body = Readonly<Record<string, unknown>>;
type Making = (at: Place) => Body;

/** What is asked about in place of the usual object of its kind. */
const instead: Readonly<Record<string, Making>> = {
  cancelCommand: ({ spare }) => ({ command_id: spare.waiting }),
  deleteCharger: ({ spare }) => ({ charger_id: spare.idle }),
  deleteChargerCertificate: of201,
  getSessionTimeline: ({ spare }) => ({ session_id: spare.ended }),
  installChargerCertificate: of201,
  listChargerCertificates: of201,
  requestCustomerInformation: of201,
  setChargerMonitors: of201,
  setDisplayMessage: of201,
  setNetworkProfile: of201,
  updateChargerFirmware: ({ spare }) => ({ charger_id: spare.idle }),
};

function of201({ spare }: Place): Body {
  return { charger_id: spare.charger201 };
}

/** As short as a list can be asked for, and counted, so that what lies beyond it shows. */
const shortest = ({ query }: Endpoint): Body => {
  const names = Object.keys(query?.shape ?? {});
  return {
    ...(names.includes('limit') ? { limit: 1 } : {}),
    ...(names.includes('include_total') ? { include_total: true } : {}),
  };
};

const queries: Readonly<Record<string, Making>> = {
  listCommands: ({ ids }) => ({ charger_id: ids.charger }),
  listReservationSlots: ({ ids }) => ({ site_id: ids.site }),
};

const reset = { type: 'reset', input: { type: 'soft' } };
const campaign = { name: 'All of them', window: { from: '02:00', to: '03:00' } };
const template = { name: 'Quick', items: [{ name: 'HeartbeatInterval', value: '300' }] };

/** Bodies that the example cannot give, since they name what is there. */
const bodies: Readonly<Record<string, Making>> = {
  addRootCertificate: ({ spare }) => ({ kind: 'mo', certificate: spare.pem }),
  applyConfigurationTemplate: ({ ids }) => ({ charger_ids: [ids.charger] }),
  changeAvailability: () => ({ availability: 'inoperative', connector: 2 }),
  createCharger: ({ mark, ids }) => ({ id: `${mark}-NEW`, site_id: ids.site }),
  createCommandBatch: ({ ids }) => ({ ...reset, charger_ids: [ids.charger] }),
  createConfigurationTemplate: ({ ids }) => ({ ...template, match: { site_id: ids.site } }),
  createContractCertificate: () => ({ emaid: 'DENEWC00000001' }),
  createFirmwareCampaign: ({ ids }) => ({
    ...campaign,
    firmware_image_id: ids.image,
    targets: { charger_ids: [ids.charger] },
  }),
  createLiveTicket: ({ ids }) => ({ topics: ['sessions'], filter: { site_id: [ids.site] } }),
  createReservation: ({ ids, ctx }) => ({
    charger_id: ids.charger,
    connector: 2,
    expires_at: inMinutes(ctx, 30),
    token_uid: ids.uid,
  }),
  createSite: ({ mark }) => ({ id: `${mark}-NEW`, name: 'Another' }),
  createToken: ({ mark }) => ({ uid: `${mark}-NEW` }),
  createWebhookEndpoint: ({ ids }) => ({
    url: 'http://127.0.0.1:9/hook',
    filter: { site_id: [ids.site] },
  }),
  installChargerCertificate: ({ ids }) => ({ root_certificate_id: ids.root }),
  previewPayout: ({ ids }) => ({
    vendor_id: ids.vendor,
    period_start: '2026-06-01',
    period_end: '2026-06-01',
  }),
  replayWebhookDeliveries: ({ ids }) => ({ event_ids: [ids.event] }),
  setChargerPowerLimit: () => ({ limit: { percent: 50 } }),
  setChargingProfile: () => ({
    purpose: 'default',
    connector: 2,
    periods: [{ start_seconds: 0, limit_kw: 7 }],
  }),
  startSession: ({ ids }) => ({ charger_id: ids.charger, connector: 2 }),
  stopSession: () => ({}),
  testWebhookEndpoint: () => ({ event_type: 'webhook_endpoint.test' }),
  updateChargerFirmware: ({ ids }) => ({ firmware_image_id: ids.image }),
  updateSiteTariff: () => ({ energy_rate: '19.0000' }),
  updateWebhookEndpoint: () => ({ description: 'Billing' }),
};

/** Objects that a field asks for in place of the usual one of its kind. */
const values: Readonly<Record<string, (at: Place) => string>> = {
  'listCdrs session_id': ({ spare }) => spare.ended,
  'setDisplayMessage session_id': ({ spare }) => spare.session201,
};

/** Requests in which a field can stand that does not go with the usual one. */
const forField: Readonly<Record<string, Making>> = {
  'applyConfigurationTemplate filter.label': () => ({ filter: {} }),
  'applyConfigurationTemplate filter.site_id': () => ({ filter: {} }),
  'createCommandBatch filter.label': () => ({ ...reset, filter: {} }),
  'createCommandBatch filter.site_id': () => ({ ...reset, filter: {} }),
  'createFirmwareCampaign targets.label': campaignOf,
  'createFirmwareCampaign targets.site_id': campaignOf,
  'createReservation driver_id': reservationOfNobody,
  'createReservation site_id': ({ ids, ctx }) => ({
    expires_at: inMinutes(ctx, 30),
    token_uid: ids.uid,
    type: 'Type2',
  }),
  'createReservation token_id': reservationOfNobody,
  'createSite access.driver_labels[]': ({ mark }) => ({
    id: `${mark}-NEW`,
    name: 'Another',
    access: { type: 'restricted' },
  }),
  'listReservationSlots charger_id': () => ({}),
  'replayWebhookDeliveries after': () => ({}),
  'replayWebhookDeliveries delivery_ids[]': () => ({}),
  'setChargingProfile session_id': () => ({
    purpose: 'session',
    periods: [{ start_seconds: 0, limit_kw: 7 }],
  }),
  'startSession reservation_id': ({ ids }) => ({ charger_id: ids.charger }),
  'updateChargerFirmware firmware_image_id': () => ({}),
  'updateSite access.driver_labels[]': () => ({ access: { type: 'restricted' } }),
};

function campaignOf({ ids }: Place): Body {
  return { ...campaign, firmware_image_id: ids.image, targets: {} };
}
function reservationOfNobody({ ids, ctx }: Place): Body {
  return { charger_id: ids.charger, connector: 2, expires_at: inMinutes(ctx, 30) };
}

/** The fields of an operation that name an object. */
export const idFields = (endpoint: Endpoint): Field[] =>
  textFields(endpoint).filter((field) => kindOf(endpoint.id, field) !== undefined);

/** A request about a place that succeeds there; `field`: one in which that field can stand. */
export function requestAt(at: Place, endpoint: Endpoint, field?: Field): Call {
  const { id, examples } = endpoint;
  const special = field && forField[`${id} ${field.path}`];
  const params = Object.fromEntries(
    textFields(endpoint)
      .filter(({ where }) => where === 'path')
      .map((one) => [one.name, idAt(at, endpoint, one)]),
  );
  const [example] = Object.values(examples);
  const query = field?.where === 'query' && special ? special(at) : queries[id]?.(at);
  const body = field?.where === 'body' && special ? special(at) : bodies[id]?.(at);
  return {
    params: { ...params, ...instead[id]?.(at) },
    query: { ...shortest(endpoint), ...query },
    ...(endpoint.body ? { body: body ?? example?.body ?? {} } : {}),
  };
}

/** What a field names at a place. */
export function idAt(at: Place, endpoint: Endpoint, field: Field): string {
  const kind = kindOf(endpoint.id, field);
  if (kind === undefined) throw new Error(`${endpoint.id} ${field.path} names nothing`);
  const own = field.where === 'path' ? instead[endpoint.id]?.(at)[field.name] : undefined;
  const special = values[`${endpoint.id} ${field.path}`]?.(at);
  return typeof own === 'string' ? own : (special ?? at.ids[kind]);
}

/** The request with other values in one of its fields: more than one where it takes a list. */
export function withValue(
  request: Call,
  { where, path }: Field,
  ...values: readonly string[]
): Call {
  const value = values.join(',');
  if (where === 'path') return { ...request, params: { ...request.params, [path]: value } };
  if (where === 'query') return { ...request, query: { ...request.query, [path]: value } };
  return { ...request, body: placed(request.body, path.split('.'), values) };
}

function placed(
  within: unknown,
  [name = '', ...rest]: readonly string[],
  values: readonly string[],
): Body {
  const key = name.replace('[]', '');
  const body = Object(within);
  const isList = name.endsWith('[]');
  if (rest.length === 0) return { ...body, [key]: isList ? values : values[0] };
  const inner = placed(body[key], rest, values);
  return { ...body, [key]: isList ? [inner] : inner };
}

/** The same, for more than one object of a list. */
export const whole = (request: Call): Call =>
  request.query?.['limit'] ? { ...request, query: { ...request.query, limit: 200 } } : request;
