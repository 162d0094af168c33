import { join } from 'node:path';
import { type App, Tags } from 'aws-cdk-lib';
import { ApiStack, STAGE } from '#lib/api-stack.ts';
import type { Bundles } from '#lib/bundle.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { SOCKET_STAGE } from '#lib/constructs/socket-api.ts';
import { DataStack } from '#lib/data-stack.ts';
import { EdgeStack } from '#lib/edge-stack.ts';
import { EventsStack } from '#lib/events-stack.ts';
import { ObservabilityStack } from '#lib/observability-stack.ts';
import type { Registry } from '#lib/read-registry.ts';
import type { Settings } from '#lib/settings.ts';
import { SetupStack } from '#lib/setup-stack.ts';
import { SocketStack } from '#lib/socket-stack.ts';
import { TasksStack } from '#lib/tasks-stack.ts';

/** All stacks of one deployment, in the order in which they need each other. */
export function deployment(app: App, settings: Settings, bundles: Bundles, registry: Registry) {
  const named = (part: string) => ({ stackName: `${settings.name}-${part}`, ...ENVIRONMENT });
  const data = new DataStack(app, 'Data', settings, {
    ...named('data'),
    terminationProtection: !settings.ephemeral,
  });
  const given: Resources = {
    deployment: settings.name,
    table: {
      name: data.table.tableName,
      arn: data.table.tableArn,
      indexArns: data.indexes.map((index) => `${data.table.tableArn}/index/${index}`),
    },
    traffic: {
      logGroup: data.traffic.logGroupName,
      // Ends in `:*`: its streams.
      streamsArn: data.traffic.logGroupArn,
    },
    cursorKeyArn: data.cursorKey.secretArn,
    files: {
      bucket: data.files.bucketName,
      // Exported at once: an exception to cdk-nag goes by the name that a finding has in the end.
      arn: data.exportValue(data.files.bucketArn),
      keyArn: data.filesKey.secretArn,
    },
    mail: settings.mailFrom === undefined ? undefined : mailBy(data, settings.mailFrom),
    originSecretArn: data.originSecret.secretArn,
    authorities: { own: data.authorityArn, v2g: settings.v2gCaArn },
    clientCertificates: settings.clientCertificates,
    publicHost: settings.domainName,
  };
  const socketStack = (
    group: 'ocpp' | 'live',
    identityHeaders: string[],
    memoryMb: number,
    resources: Resources,
  ) =>
    new SocketStack(app, group === 'ocpp' ? 'Ocpp' : 'Live', {
      ...named(group),
      settings,
      group,
      bundles,
      identityHeaders,
      memoryMb,
      resources,
    });
  const live = socketStack('live', ['x-live-ticket'], 512, given);
  const ocpp = socketStack('ocpp', ['x-ocpp-organization', 'x-ocpp-identity'], 1024, {
    ...given,
    live: live.socket.elsewhere,
  });
  const resources: Resources = {
    ...given,
    ocpp: ocpp.socket.elsewhere,
    live: live.socket.elsewhere,
    bus: { name: data.bus.eventBusName, arn: data.bus.eventBusArn },
  };
  const tasks = new TasksStack(app, 'Tasks', {
    ...named('tasks'),
    workers: registry.workers,
    settings,
    bundles,
    resources,
    topic: data.topic,
  });
  const events = new EventsStack(app, 'Events', {
    ...named('events'),
    ...registry,
    settings,
    bundles,
    resources: { ...resources, tasks: tasks.queues },
    table: data.table,
    bus: data.bus,
    topic: data.topic,
  });
  const setup = new SetupStack(app, 'Setup', { ...named('setup'), settings, bundles, resources });
  const api = new ApiStack(app, 'Api', {
    ...named('api'),
    settings,
    bundles,
    endpoints: registry.endpoints,
    resources,
  });
  const edge = new EdgeStack(app, 'Edge', {
    ...named('edge'),
    settings,
    edgeFolder: join(bundles.root, 'lib/edge'),
    originSecret: data.originSecret,
    ...(setup.trusted ? { trusted: setup.trusted } : {}),
    files: data.files,
    filesKey: data.filesKey,
    rest: { apiId: api.api.restApiId, stage: STAGE },
    ocpp: { apiId: ocpp.socket.api.apiId, stage: SOCKET_STAGE },
    live: { apiId: live.socket.api.apiId, stage: SOCKET_STAGE },
  });
  const observability = new ObservabilityStack(app, 'Observability', {
    ...named('observability'),
    settings,
    table: data.table,
    topic: data.topic,
    restApiName: settings.name,
    stage: STAGE,
    ocppApiId: ocpp.socket.api.apiId,
    liveApiId: live.socket.api.apiId,
  });
  // They import by name what these export.
  ocpp.addStackDependency(live);
  for (const stack of [tasks, events, api, setup]) stack.addStackDependency(ocpp);
  events.addStackDependency(tasks);
  Tags.of(app).add('chargespot:deployment', settings.name);
  return { data, live, ocpp, tasks, events, setup, api, edge, observability };
}

/** SES asks for the identity of the address where there is one, else for that of its domain. */
const mailBy = ({ partition, region, account }: DataStack, from: string) => ({
  from,
  identityArns: [from, from.slice(from.indexOf('@') + 1)].map(
    (identity) => `arn:${partition}:ses:${region}:${account}:identity/${identity}`,
  ),
});

// Account and region are those of the credentials at deploy; synth needs none.
const ENVIRONMENT = {};
