import { seedVendor } from '#shared/vendors/seed-vendor.ts';
import type { TestContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { anImage } from '#test/support/firmware.ts';
import { chargersAt } from '#test/support/isolation/chargers.ts';
import { chargeAt, chargeByCard } from '#test/support/isolation/charges.ts';
import { answerAll, ask, firstOf, make, type Place } from '#test/support/isolation/place.ts';
import { inMinutes } from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

/** What a place is told apart by. */
export interface Plan {
  /** Upper case; no other place has it in its name. */
  readonly mark: string;
  /** Of its contract: 14 characters. */
  readonly emaid: string;
  /** Of its trust anchor, and of one to be. */
  readonly pems: readonly [string, string];
  readonly webhookUrl: string;
  /** That have ended. */
  readonly charges: number;
}

type Chargers = Awaited<ReturnType<typeof chargersAt>>;

/** Makes one object of every kind at a new site, as those who use the platform do. */
export async function populate(ctx: TestContext, plan: Plan): Promise<Place> {
  const { mark, charges } = plan;
  const site = `${mark}-SITE`;
  await ask(ctx, 'createSite', { body: { id: site, name: `${mark} site` } });
  await ask(ctx, 'updateSiteTariff', { params: { site_id: site }, body: { energy_rate: '16.00' } });
  const words = await wordsOf(ctx, mark);
  const own = ctx.as(keyOfSites(site));
  const vendor = (await seedVendor(own, site)).id;
  const webhook = await make(own, 'createWebhookEndpoint', { url: plan.webhookUrl });
  const key = await make(own, 'createApiKey', { name: `${mark} key`, scopes: ['sites:read'] });
  const oauth = await make(own, 'createOauthClient', {
    type: 'service',
    name: `${mark} service`,
    scopes: ['sites:read'],
  });
  const organization = await make(ctx, 'createOrganization', {
    id: `${ctx.tenantId}-${mark.toLowerCase()}`,
    name: `${mark} child`,
  });
  const member = await make(own, 'inviteMember', {
    email: `${mark}@example.com`,
    name: `${mark} person`,
    role: 'read_only',
  });
  const papers = { ...(await papersOf(ctx, plan)), ...(await cardsOf(ctx, plan.emaid, words)) };
  const chargers = await chargersAt(ctx, plan, site);
  const second = await secondDriver(ctx, plan, chargers);
  const { ref: external_ref, uid, driver: driver_id } = words;
  const charged = await chargeAt(ctx, { uid, external_ref, driver_id, charges }, chargers);
  const work = await workAt(own, chargers, { site, ...words, ...papers });
  await settle(ctx);
  const ids = {
    ...words,
    ...papers,
    ...chargers.ids,
    ...charged.ids,
    ...work,
    site,
    vendor,
    key,
    oauth,
    member,
    organization,
    webhook,
    certificate: await chargers.certificate(papers.root),
    profile: await chargers.profile(),
    delivery: await firstOf(ctx, 'listWebhookDeliveries', 'deliveries', {
      params: { webhook_endpoint_id: webhook },
    }),
    request: await requestOf(own, site),
    event: await firstOf(ctx, 'listEvents', 'events', { query: { site_id: site } }),
  };
  const spare = { ...chargers.spare, ...charged.spare, pem: plan.pems[1] };
  const given = [ids, chargers.spare, charged.spare, second.ids, second.spare];
  const place = {
    mark,
    ctx,
    ids,
    spare,
    traces: [mark, ...given.flatMap((one) => Object.values(one))],
  };
  return {
    ...place,
    second: {
      ...place,
      ids: { ...ids, ...second.ids },
      spare: { ...spare, ...second.spare },
      traces: [second.ids, second.spare].flatMap((one) => Object.values(one)),
    },
  };
}

/** One that was answered, by its id. */
async function requestOf(ctx: TestContext, site_id: string): Promise<string> {
  const request_id = ctx.newId('req');
  const cause = { ...ctx.cause, request_id };
  await ask(ctx.as({ cause }), 'getSite', { params: { site_id } });
  return request_id;
}

/** What people call things, and who is called so. */
async function wordsOf(ctx: TestContext, mark: string) {
  const [label, ref] = [`${mark}-label`, `${mark}-ref`];
  const email = `${mark}@example.com`;
  const driver = { name: `${mark} driver`, email, phone: '+919845012345', labels: [label] };
  return {
    uid: `${mark}-UID`,
    label,
    driver: await make(ctx, 'createDriver', { ...driver, external_ref: ref }),
    vehicle: `${mark}-vehicle`,
    group: `${mark}-group`,
    contract_id: `${mark}-contract`,
    ref,
  };
}
type Words = Awaited<ReturnType<typeof wordsOf>>;

/** What is of no site: a trust anchor, an image. */
async function papersOf(ctx: TestContext, { mark, pems }: Plan) {
  return {
    root: await make(ctx, 'addRootCertificate', { kind: 'v2g', certificate: pems[0] }),
    image: await anImage(ctx, { name: `${mark} image` }),
  };
}

/** What a driver charges with: a token, a contract. */
async function cardsOf(ctx: TestContext, emaid: string, words: Words) {
  const { uid, label, driver: driver_id, vehicle: vehicle_id, ref: external_ref } = words;
  const { group: group_id, contract_id } = words;
  const whose = { driver_id, external_ref };
  const token = { uid, labels: [label], group_id, contract_id, ...whose };
  await ask(ctx, 'createContractCertificate', { body: { emaid, vehicle_id, ...whose } });
  return { contract: emaid, token: await make(ctx, 'createToken', token) };
}

/**
 * Another driver at the same chargers: has charged, charges, and keeps connectors ahead, more than one
 * request looks through when it is asked for one.
 */
async function secondDriver(ctx: TestContext, { mark, emaid, charges }: Plan, chargers: Chargers) {
  const words = await wordsOf(ctx, `${mark}-OTHER`);
  const cards = await cardsOf(ctx, `${emaid.slice(0, -1)}2`, words);
  const charged = await chargeByCard(ctx, words.uid, chargers);
  const reservations: string[] = [];
  for (let n = 0; n < charges; n++) {
    const reserved = {
      charger_id: chargers.ids.charger,
      connector: 3,
      token_uid: words.uid,
      starts_at: inMinutes(ctx, 180 + n * 60),
      expires_at: inMinutes(ctx, 240 + n * 60),
      external_ref: words.ref,
    };
    reservations.push(await make(ctx, 'createReservation', reserved));
  }
  const [reservation = ''] = reservations;
  return { ids: { ...words, ...cards, ...charged.ids, reservation }, spare: charged.spare };
}

/** What chargers are asked to do. */
async function workAt(
  ctx: TestContext,
  { ids, idle, online, other }: Chargers,
  at: Words & { readonly site: string; readonly image: string },
) {
  const params = { charger_id: ids.charger };
  const template = await make(ctx, 'createConfigurationTemplate', {
    name: `Of ${at.site}`,
    match: { site_id: at.site, label: at.label },
    items: [{ name: 'HeartbeatInterval', value: '300' }],
  });
  const firmware = { firmware_image_id: at.image };
  const campaign = await make(ctx, 'createFirmwareCampaign', {
    name: `Of ${at.site}`,
    ...firmware,
    targets: { charger_ids: [idle, other.id] },
    only_when_idle: false,
  });
  const batch = await make(ctx, 'createCommandBatch', {
    type: 'reset',
    input: { type: 'soft' },
    charger_ids: [ids.charger, idle],
    expires_in_seconds: 86_400,
  });
  await settle(ctx);
  for (const kind of ['diagnostics', 'security'])
    await ask(ctx, 'requestDiagnostics', { params, body: { kind } });
  await ask(ctx, 'updateChargerFirmware', { params, body: firmware });
  const reservation = await make(ctx, 'createReservation', {
    ...params,
    connector: 3,
    expires_at: inMinutes(ctx, 90),
    token_uid: at.uid,
    external_ref: at.ref,
  });
  for (const charger of [online, other, online]) {
    await answerAll(charger);
    await settle(ctx);
  }
  const query = { campaign_id: campaign };
  return {
    template,
    campaign,
    batch,
    reservation,
    update: await firstOf(ctx, 'listFirmwareUpdates', 'firmware_updates', { query }),
    diagnostics: await firstOf(ctx, 'listDiagnostics', 'diagnostics', { params }),
  };
}
