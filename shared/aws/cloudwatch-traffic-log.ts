import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandOutput,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { TrafficLine, TrafficLog, TrafficRange } from '#shared/core/traffic-log.ts';

/** Slower than this, and a charger waits for its log. */
const PATIENCE_MS = 2000;

/** Raw traffic in one log group of CloudWatch Logs, a stream per log; the group's retention ends it. */
export function cloudwatchTrafficLog(
  logGroupName: string,
  client = new CloudWatchLogsClient({ maxAttempts: 2 }),
): TrafficLog {
  const put = (logStreamName: string, lines: readonly TrafficLine[]) => {
    const logEvents = lines
      .map(({ at, text }) => ({ timestamp: at, message: text }))
      .sort((a, b) => a.timestamp - b.timestamp);
    const command = new PutLogEventsCommand({ logGroupName, logStreamName, logEvents });
    return client.send(command, { abortSignal: AbortSignal.timeout(PATIENCE_MS) });
  };
  return {
    async append(log, lines) {
      if (lines.length === 0) return;
      const stream = streamOf(log);
      try {
        await put(stream, lines);
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        await create(client, logGroupName, stream);
        await put(stream, lines);
      }
    },
    async newest(log, range) {
      const answer = await read(client, logGroupName, streamOf(log), range);
      const lines = (answer?.events ?? []).flatMap(({ timestamp: at, message: text }) =>
        at === undefined || text === undefined ? [] : [{ at, text }],
      );
      // The oldest of a chunk comes first; behind the oldest of all, the token stays as it was.
      const cursor = answer?.nextBackwardToken;
      const isMore = cursor !== undefined && cursor !== range.cursor;
      return { lines: lines.reverse(), ...(isMore ? { cursor } : {}) };
    },
  };
}

/** The first message of a charger makes its stream; of two that come together, one finds it there. */
async function create(client: CloudWatchLogsClient, logGroupName: string, logStreamName: string) {
  try {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}

async function read(
  client: CloudWatchLogsClient,
  logGroupName: string,
  logStreamName: string,
  { from, to, limit, cursor }: TrafficRange,
): Promise<GetLogEventsCommandOutput | undefined> {
  const command = new GetLogEventsCommand({
    logGroupName,
    logStreamName,
    startFromHead: false,
    limit,
    ...(from === undefined ? {} : { startTime: from }),
    // Theirs is exclusive.
    ...(to === undefined ? {} : { endTime: to + 1 }),
    ...(cursor === undefined ? {} : { nextToken: cursor }),
  });
  try {
    return await client.send(command);
  } catch (error) {
    // Nothing was ever written there.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Two characters that identities may have, or names of ours, streams may not. */
const streamOf = (log: string) => log.replace(/[%:*]/g, (character) => encodeByte(character));
const encodeByte = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
