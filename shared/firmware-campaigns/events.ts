import { defineEvent } from '#shared/events/event.ts';
import {
  campaignExample,
  completedExample,
  pausedExample,
} from '#shared/firmware-campaigns/campaign-example.ts';
import { Campaign } from '#shared/firmware-campaigns/campaign-view.ts';

const of = { object: 'firmware_campaign', channels: ['webhook'], data: Campaign } as const;

export const CampaignStarted = defineEvent({
  ...of,
  name: 'firmware_campaign.started',
  example: campaignExample,
  when: 'The first update went out',
});
export const CampaignPaused = defineEvent({
  ...of,
  name: 'firmware_campaign.paused',
  example: pausedExample,
  when: 'Paused by a person or the failure limit',
});
export const CampaignCompleted = defineEvent({
  ...of,
  name: 'firmware_campaign.completed',
  example: completedExample,
  when: 'Every target is updated, failed or skipped',
});
