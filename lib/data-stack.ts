import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { fileBucket } from '#lib/constructs/file-bucket.ts';
import { gatewayLogging } from '#lib/constructs/gateway-logging.ts';
import type { Settings } from '#lib/settings.ts';

const INDEXES = ['gsi1', 'gsi2'];

/** What must outlive every release: table, files, bus, secrets, and who is told of trouble. */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly indexes = INDEXES;
  readonly bus: EventBus;
  readonly cursorKey: Secret;
  readonly originSecret: Secret;
  /** Of KMS, or of AWS Private CA: who issues chargers' certificates. */
  readonly authorityArn: string;
  readonly files: Bucket;
  readonly filesKey: Secret;
  readonly traffic: LogGroup;
  readonly topic: Topic;

  constructor(scope: Construct, id: string, settings: Settings, props?: StackProps) {
    super(scope, id, props);
    this.table = this.#makeTable(settings);
    this.bus = new EventBus(this, 'Bus', { eventBusName: settings.name });
    this.cursorKey = this.#generated('CursorKey', 'Signs the cursors of lists.', settings);
    this.originSecret = this.#generated(
      'OriginSecret',
      'Proves that a request came through the edge.',
      settings,
    );
    this.files = fileBucket(this, 'Files', settings);
    this.filesKey = this.#generated('FilesKey', 'Signs the URLs of files.', settings);
    this.authorityArn = settings.privateCaArn ?? this.#authorityKey(settings).keyArn;
    this.traffic = new LogGroup(this, 'OcppMessages', {
      logGroupName: `/${settings.name}/ocpp-messages`,
      retention: settings.ocppLogDays satisfies RetentionDays,
      removalPolicy: settings.ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    this.topic = new Topic(this, 'Alarms', {
      topicName: `${settings.name}-alarms`,
      enforceSSL: true,
    });
    if (settings.alarmEmail) this.topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    if (settings.gatewayLogsRole) gatewayLogging(this, settings);
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'AlarmTopic', { value: this.topic.topicArn });
  }

  #makeTable({ ephemeral }: Settings): TableV2 {
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: INDEXES.map((indexName) => ({
        indexName,
        partitionKey: { name: `${indexName}pk`, type: AttributeType.STRING },
        sortKey: { name: `${indexName}sk`, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      })),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !ephemeral,
      removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    return table;
  }

  /** Chargers trust what it signed for 20 years: it is never made anew, and leaves only with its stack. */
  #authorityKey({ name, ephemeral }: Settings): Key {
    return new Key(this, 'AuthorityKey', {
      description: `Signs the certificates of the chargers of ${name}`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }

  #generated(id: string, description: string, { ephemeral }: Settings): Secret {
    return new Secret(this, id, {
      description,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
      removalPolicy: ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }
}
