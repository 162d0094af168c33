import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cloudwatchTrafficLog } from '#shared/aws/cloudwatch-traffic-log.ts';
import type { TrafficLine, TrafficLog } from '#shared/core/traffic-log.ts';
import { SqliteTrafficLog } from '#shared/db/sqlite-traffic-log.ts';

const GROUP = '/magma-dev/ocpp-messages';

/** As much of CloudWatch Logs as its API reference promises: streams must be made, pages overlap in nothing. */
function cloudWatch(): TrafficLog {
  const streams = new Map<string, { timestamp: number; message: string }[]>();
  const missing = () => new ResourceNotFoundException({ message: 'no', $metadata: {} });
  const mock = mockClient(CloudWatchLogsClient);
  mock.on(CreateLogStreamCommand).callsFake(({ logStreamName: name }) => {
    if (/[:*]/.test(name)) throw new Error('Not a name of a stream');
    if (streams.has(name))
      throw new ResourceAlreadyExistsException({ message: 'is', $metadata: {} });
    streams.set(name, []);
    return {};
  });
  mock.on(PutLogEventsCommand).callsFake(({ logStreamName, logEvents }) => {
    const stream = streams.get(logStreamName);
    if (!stream) throw missing();
    stream.push(...logEvents);
    stream.sort((a, b) => a.timestamp - b.timestamp);
    return {};
  });
  mock.on(GetLogEventsCommand).callsFake((input) => {
    const stream = streams.get(input.logStreamName);
    if (!stream) throw missing();
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, nextToken, limit } = input;
    const inRange = stream.filter((e) => e.timestamp >= startTime && e.timestamp < endTime);
    const end = nextToken === undefined ? inRange.length : Number(nextToken.slice(2));
    const start = Math.max(0, end - limit);
    return { events: inRange.slice(start, end), nextBackwardToken: `b/${start}` };
  });
  return cloudwatchTrafficLog(GROUP, new CloudWatchLogsClient({ region: 'us-east-1' }));
}

function sqlite(): TrafficLog {
  const log = new SqliteTrafficLog({ path: ':memory:', now: () => new Date(10_000) });
  onTestFinished(() => log.close());
  return log;
}

const line = (at: number): TrafficLine => ({ at, text: `line ${at}` });

async function all(log: TrafficLog, name: string, range: { from?: number; to?: number } = {}) {
  const found: TrafficLine[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const chunk = await log.newest(name, { ...range, limit: 2, cursor });
    found.push(...chunk.lines);
    cursor = chunk.cursor;
  }
  return found.map(({ at, text }) => `${at} ${text}`);
}
const lines = (...ats: number[]) => ats.map((at) => `${at} line ${at}`);

describe.each([
  ['SQLite', sqlite],
  ['CloudWatch Logs', cloudWatch],
])('a traffic log over %s', (_name, make) => {
  test('gives what was written, newest first, page after page', async () => {
    const log = make();
    await log.append('demo/CP-1', [line(1), line(2)]);
    await log.append('demo/CP-1', [line(3)]);
    await log.append('demo/CP-1', [line(4), line(5)]);
    expect(await all(log, 'demo/CP-1')).toEqual(lines(5, 4, 3, 2, 1));
  });

  test('keeps the order of lines of one moment', async () => {
    const log = make();
    await log.append('a', [
      { at: 7, text: 'first' },
      { at: 7, text: 'second' },
    ]);
    await log.append('a', [{ at: 7, text: 'third' }]);
    expect(await all(log, 'a')).toEqual(['7 third', '7 second', '7 first']);
  });

  test('takes lines that are late, or in no order', async () => {
    const log = make();
    await log.append('a', [line(5), line(2)]);
    await log.append('a', [line(3)]);
    expect(await all(log, 'a')).toEqual(lines(5, 3, 2));
  });

  test('gives a range, both ends included', async () => {
    const log = make();
    await log.append('a', [1, 2, 3, 4, 5].map(line));
    expect(await all(log, 'a', { from: 2, to: 4 })).toEqual(lines(4, 3, 2));
    expect(await all(log, 'a', { from: 6 })).toEqual([]);
  });

  test('shows nobody the lines of another, whatever their names', async () => {
    const log = make();
    for (const name of ['demo/A*1', 'demo/A%2A1', 'demo/A:1', 'other/A*1'])
      await log.append(name, [{ at: 1, text: name }]);
    for (const name of ['demo/A*1', 'demo/A%2A1', 'demo/A:1', 'other/A*1'])
      expect(await all(log, name)).toEqual([`1 ${name}`]);
    expect(await all(log, 'nobody')).toEqual([]);
  });
});

test('SQLite forgets lines of more than 30 days', async () => {
  const day = 86_400_000;
  let now = 100 * day;
  const log = new SqliteTrafficLog({ path: ':memory:', now: () => new Date(now) });
  onTestFinished(() => log.close());
  await log.append('a', [line(now - 31 * day), line(now - 29 * day)]);
  expect(await all(log, 'a')).toEqual(lines(now - 29 * day));
  now += 2 * day;
  await log.append('a', [line(now)]);
  expect(await all(log, 'a')).toEqual(lines(now));
});
