import type { ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';

// The CDK's classes do not satisfy its own interfaces under exactOptionalPropertyTypes.
export const asTable = (table: TableV2) => table as ITableV2;
export const asBucket = (bucket: Bucket) => bucket as IBucket;
