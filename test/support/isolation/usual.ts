import type { Place } from '#test/support/isolation/place.ts';
import { inMinutes } from '#test/support/reserving.ts';

export type Body = Readonly<Record<string, unknown>>;
type Making = (at: Place) => Body;

/** What is asked about in place of the usual object of its kind. */
export const instead: Readonly<Record<string, Making>> = {
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

/** What lists are asked that want to be asked something, or can show more. */
export const queries: Readonly<Record<string, Making>> = {
  getSession: () => ({ expand: 'cdr' }),
  getSiteTariff: () => ({ expand: 'versions' }),
  listConfigurationTemplates: () => ({ expand: 'drift' }),
  listSessions: () => ({ expand: 'cdr' }),
  listCommands: ({ ids }) => ({ charger_id: ids.charger }),
  listReservationSlots: ({ ids }) => ({ site_id: ids.site }),
};

const reset = { type: 'reset', input: { type: 'soft' } };
const campaign = { name: 'All of them', window: { from: '02:00', to: '03:00' } };
const template = { name: 'Quick', items: [{ name: 'HeartbeatInterval', value: '300' }] };

/** Bodies that the example cannot give, since they name what is there. */
export const bodies: Readonly<Record<string, Making>> = {
  addRootCertificate: ({ spare }) => ({ kind: 'mo', certificate: spare.pem }),
  applyConfigurationTemplate: ({ ids }) => ({ charger_ids: [ids.charger] }),
  changeAvailability: () => ({ availability: 'inoperative', connector: 2 }),
  createCharger: ({ mark, ids }) => ({ id: `${mark}-NEW`, site_id: ids.site }),
  createCommandBatch: ({ ids }) => ({ ...reset, charger_ids: [ids.charger] }),
  createConfigurationTemplate: ({ ids }) => ({ ...template, match: { site_id: ids.site } }),
  createContractCertificate: () => ({ emaid: 'DENEWC00000001' }),
  createDriver: () => ({ name: 'Somebody' }),
  createFirmwareCampaign: ({ ids }) => ({
    ...campaign,
    firmware_image_id: ids.image,
    targets: { charger_ids: [ids.charger] },
  }),
  createLiveTicket: ({ ids }) => ({ topics: ['sessions'], filter: { site_id: [ids.site] } }),
  createOrganization: ({ ctx }) => ({ id: `${ctx.tenantId}-new`, name: 'Another' }),
  createReservation: ({ ids, ctx }) => ({
    charger_id: ids.charger,
    connector: 2,
    expires_at: inMinutes(ctx, 30),
    token_uid: ids.uid,
  }),
  createSite: ({ mark }) => ({ id: `${mark}-NEW`, name: 'Another' }),
  createToken: ({ mark }) => ({ uid: `${mark}-NEW` }),
  createWebhookEndpoint: ({ ids }) => ({
    url: 'http://127.0.0.1:9000/hook',
    filter: { site_id: [ids.site] },
  }),
  installChargerCertificate: ({ ids }) => ({ root_certificate_id: ids.root }),
  inviteMember: ({ mark, ids }) => ({
    email: `${mark}-new@example.com`,
    role: 'read_only',
    site_ids: [ids.site],
  }),
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
  updateDriver: () => ({ name: 'Another name' }),
  updateMember: ({ ids }) => ({ role: 'vendor', site_ids: [ids.site] }),
  updateSiteTariff: () => ({ energy_rate: '19.0000' }),
  updateWebhookEndpoint: () => ({ description: 'Billing' }),
};

/** Objects that a field asks for in place of the usual one of its kind. */
export const values: Readonly<Record<string, (at: Place) => string>> = {
  'listCdrs session_id': ({ spare }) => spare.ended,
  'setDisplayMessage session_id': ({ spare }) => spare.session201,
};

/** Requests in which a field can stand that does not go with the usual one. */
export const forField: Readonly<Record<string, Making>> = {
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
