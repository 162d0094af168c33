import type { Kind } from '#test/support/isolation/kinds.ts';
import type { Field } from '#test/support/isolation/positions.ts';

/** An operation and one of its fields, as the tables here have it: `createCommandBatch filter.site_id`. */
export const placeOf = (operation: string, { path }: Pick<Field, 'path'>): string =>
  `${operation} ${path.replaceAll('[]', '')}`;

/** Ids that the caller makes up: those of others are as good as any. */
export const chosen: ReadonlySet<string> = new Set([
  'createCharger id',
  'createCharger ocpp_identity',
  'createContractCertificate emaid',
  'createOrganization id',
  'createSite id',
  'createToken uid',
]);

/** Words of the caller's own, which are kept as they are and looked up nowhere. */
const words: ReadonlySet<Kind> = new Set([
  'contract_id',
  'driver',
  'group',
  'label',
  'ref',
  'vehicle',
]);

const FILTER = 'What is to come is matched with it; nothing of another organization comes.';
const LATER = 'Each command of the batch ends by itself, as not found: see later.test.ts.';
const TIME = 'It stands for its time alone.';
/** Where an id that nobody has is no reason to refuse, and why. */
const accepted: Readonly<Record<string, string>> = {
  'applyConfigurationTemplate charger_ids': LATER,
  'createCommandBatch charger_ids': LATER,
  'createLiveTicket filter.charger_id': FILTER,
  'createLiveTicket filter.session_id': FILTER,
  'createLiveTicket filter.site_id': FILTER,
  'createLiveTicket resume_after': TIME,
  'createConfigurationTemplate match.site_id': FILTER,
  'createWebhookEndpoint filter.charger_id': FILTER,
  'createWebhookEndpoint filter.site_id': FILTER,
  'createWebhookEndpoint filter.vendor_id': FILTER,
  'listEvents after': TIME,
  'listDiagnostics charger_id': 'An empty list: the history of a charger outlives it.',
  'replayWebhookDeliveries after': TIME,
  'requestCustomerInformation token.uid': 'The charger is asked what it has of it.',
  'updateWebhookEndpoint filter.charger_id': FILTER,
  'updateWebhookEndpoint filter.site_id': FILTER,
  'updateWebhookEndpoint filter.vendor_id': FILTER,
};

/** Whether a field takes ids that nobody has, and always so. */
export const takesAny = (operation: string, field: Field): boolean =>
  placeOf(operation, field) in accepted;

/** Whether it may take any word. */
export const isWord = ({ where }: Field, kind: Kind | undefined): boolean =>
  where === 'body' && kind !== undefined && words.has(kind);

/** Kinds that every credential of the organization may know of, whatever its sites. */
export const shared: ReadonlySet<Kind> = new Set(['image', 'root']);
/** What lists of such show. */
export const sharedLists: ReadonlySet<string> = new Set([
  'listFirmwareImages',
  'listRootCertificates',
]);

const CARD = 'Whoever has the card in hand may name it; it opens chargers everywhere.';
/** Where something of other sites may be named all the same, and why. */
export const beyondSite: Readonly<Record<string, string>> = {
  'createReservation token_uid': CARD,
};

/** What a credential that is restricted to sites may not do, and how it is told. */
export const notWithinSites: Readonly<Record<string, 403 | 404>> = {
  addRootCertificate: 403,
  createContractCertificate: 403,
  createDriver: 403,
  createOrganization: 403,
  createSite: 403,
  createToken: 403,
  deleteToken: 404,
  // One sees its own requests, wherever they went.
  getRequest: 404,
  getDriver: 404,
  getToken: 404,
  revokeContractCertificate: 403,
  updateDriver: 404,
  updateOrganization: 403,
  updateToken: 404,
};
/** Lists of what is of no site: such a credential finds them empty. */
export const emptyWithinSites: ReadonlySet<string> = new Set([
  'listContractCertificates',
  'listRequests',
  'listDrivers',
  'listOrganizations',
  'listTokens',
  'listUnclaimedChargers',
]);
