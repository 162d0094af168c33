import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { fromImage, type Image } from '#shared/aws/dynamo-row.ts';
import { contextOf, type Runtime, runtime } from '#shared/aws/runtime.ts';
import type { ReaderPorts, StreamReader } from '#shared/events/stream-reader.ts';

/**
 * The Lambda of a stream reader. Rows are written once, so only inserts count. A failure is reported
 * by its sequence number: the stream gives that record again and all that follow.
 */
export const serveStream =
  (reader: StreamReader) =>
  async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { log } = runtime();
    const inserted = event.Records.filter(({ eventName }) => eventName === 'INSERT');
    const failures = await reader.read(inserted.map(rowOf), portsOf(runtime()));
    for (const [n, error] of failures)
      log.error('A row could not be read', { reader: reader.id, ...whereOf(inserted[n]), error });
    const first = inserted[Math.min(...failures.keys())]?.dynamodb?.SequenceNumber;
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };

function rowOf({ dynamodb }: DynamoDBRecord) {
  // The event's own types leave undefined values open, the SDK's do not.
  const image = dynamodb?.NewImage as Image | undefined;
  if (!image) throw new Error('The stream must carry new images.');
  return fromImage(image);
}

export const portsOf = (from: Runtime): ReaderPorts => ({
  contextFor: (who) => contextOf(who, from),
  // Not called here: which function may publish is read off the code that calls.
  publish: from.publish.bind(from),
  enqueue: from.enqueue.bind(from),
});

const whereOf = (record: DynamoDBRecord | undefined) => ({
  pk: record?.dynamodb?.Keys?.['pk']?.S,
  sk: record?.dynamodb?.Keys?.['sk']?.S,
});
