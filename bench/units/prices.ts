/**
 * List prices in US dollars, without free tiers, discounts or taxes. Written down from what AWS
 * publishes as far as we know it; to be checked against the AWS price list before anybody relies on a
 * sum. What was found confirmed in public pages is marked.
 */
export interface Prices {
  readonly region: string;
  /** DynamoDB on demand, since the reduction of November 2024. */
  readonly writeUnitsPerMillion: number;
  readonly readUnitsPerMillion: number;
  readonly tableGbMonth: number;
  /** Point-in-time recovery. */
  readonly backupGbMonth: number;
  /** API Gateway. */
  readonly restRequestsPerMillion: number;
  readonly socketMessagesPerMillion: number;
  readonly connectionMinutesPerMillion: number;
  /** Lambda on arm64. */
  readonly callsPerMillion: number;
  readonly gbSeconds: number;
  readonly busEventsPerMillion: number;
  readonly queueRequestsPerMillion: number;
  readonly logsGb: number;
  /** CloudFront: HTTPS requests, and its function. Data out to the internet is not counted here. */
  readonly edgeRequestsPerMillion: number;
}

export const regions: readonly Prices[] = [
  {
    region: 'us-east-1',
    writeUnitsPerMillion: 0.625, // confirmed
    readUnitsPerMillion: 0.125, // confirmed
    tableGbMonth: 0.25,
    backupGbMonth: 0.2,
    restRequestsPerMillion: 3.5, // confirmed
    socketMessagesPerMillion: 1, // confirmed
    connectionMinutesPerMillion: 0.25,
    callsPerMillion: 0.2,
    gbSeconds: 0.0000133334,
    busEventsPerMillion: 1,
    queueRequestsPerMillion: 0.4,
    logsGb: 0.5,
    edgeRequestsPerMillion: 1.1,
  },
  {
    region: 'ap-south-1',
    writeUnitsPerMillion: 0.7116,
    readUnitsPerMillion: 0.1423,
    tableGbMonth: 0.285,
    backupGbMonth: 0.228,
    restRequestsPerMillion: 3.5,
    socketMessagesPerMillion: 1,
    connectionMinutesPerMillion: 0.25,
    callsPerMillion: 0.2,
    gbSeconds: 0.0000133334,
    busEventsPerMillion: 1,
    queueRequestsPerMillion: 0.4,
    logsGb: 0.67,
    edgeRequestsPerMillion: 1.3,
  },
];

/** What only a running deployment can tell; guesses until one has. */
export const assumed = {
  /** Lambda: memory as deployed, and the billed time of a warm call. */
  memoryMb: { ocpp: 1024, live: 1024, stream: 1024 } as Readonly<Record<string, number>>,
  otherMemoryMb: 512,
  billedMs: { 'tasks/deliver-webhook': 150 } as Readonly<Record<string, number>>,
  otherBilledMs: 25,
  /** PutLogEvents, which a call waits for after it has answered. */
  logAppendMs: 15,
  /** CloudWatch: START, END, REPORT and our own line of a call; the gateway's line of a frame or request. */
  logBytesPerCall: 600,
  logBytesPerGatewayLine: 350,
  /** SQS: sent, received, deleted. */
  requestsPerQueueMessage: 3,
} as const;
