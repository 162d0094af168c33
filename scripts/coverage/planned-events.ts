/** Types with a space between, and what they wait for. */
export interface PlannedEvents {
  readonly comesWith: string;
  readonly types: string;
}

/**
 * Types of events that the design names and no domain can emit yet, and what they come with. One that has
 * come needs no line any more; docs/coverage.md leaves it out by itself.
 */
export const plannedEvents: readonly PlannedEvents[] = [
  {
    comesWith: 'with the editing of connectors: what a connector is does not change yet',
    types: 'connector.updated',
  },
  {
    comesWith: 'with corrections of CDRs and their delivery to others',
    types: 'cdr.corrected cdr.delivered cdr.delivery_failed',
  },
  {
    comesWith: 'with connections to ERP and billing systems',
    types: 'erp.delivery_succeeded erp.delivery_failed erp.connection_disabled',
  },
  {
    comesWith: 'with tariff plans',
    types: 'tariff_plan.created tariff_plan.updated',
  },
  {
    comesWith: 'with drivers',
    types: 'driver.created driver.updated driver.deleted',
  },
  {
    comesWith: 'with vehicles and telematics',
    types: 'vehicle.created vehicle.updated vehicle.deleted vehicle.readiness_at_risk',
  },
  {
    comesWith: 'with load groups',
    types: 'load_group.updated load_group.limit_changed load_group.overload',
  },
  {
    comesWith: 'with grid and building signals',
    types:
      'grid.partner_online grid.partner_offline grid.forecast_received grid.event_scheduled grid.event_started grid.event_ended grid.event_canceled grid.compliance_error',
  },
  {
    comesWith: 'with monitoring: faults as objects of their own, alerts, maintenance windows',
    types:
      'charger.fault charger.fault_cleared fault.reported fault.acknowledged fault.resolved alert.triggered alert.resolved maintenance_window.started maintenance_window.ended',
  },
  {
    comesWith: 'with the management of vendors: there are only those of the sandbox',
    types: 'vendor.created vendor.updated vendor.agreement_created vendor.payout_account_verified',
  },
  {
    comesWith: 'with payouts: there is only their preview',
    types: 'payout.created payout.approved payout.paid payout.failed payout.canceled',
  },
  {
    comesWith: 'with payments, wallets and invoices',
    types:
      'payment.requires_action payment.authorized payment.captured payment.failed payment.canceled refund.succeeded refund.failed wallet.credited wallet.debited wallet.low_balance invoice.issued invoice.paid invoice.credited',
  },
  {
    comesWith: 'with OAuth clients and members',
    types: 'oauth_client.created oauth_client.deleted member.invited member.joined member.removed',
  },
  {
    comesWith: 'with roaming',
    types:
      'roaming.partner_connected roaming.partner_suspended roaming.partner_disconnected roaming.checklist_updated roaming.test_run_completed roaming.sync_completed roaming.sync_failed roaming.cdr_received roaming.cdr_rejected roaming.token_updated',
  },
  {
    comesWith: 'with exports and imports',
    types: 'export.completed export.failed import.completed import.failed',
  },
  {
    comesWith: 'with the controls of the sandbox',
    types: 'sandbox.reset sandbox.clock_advanced',
  },
];
