import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Bundles } from '#lib/bundle.ts';
import { FunctionGroup } from '#lib/constructs/function-group.ts';
import type { Resources } from '#lib/constructs/resources.ts';
import { SocketApi } from '#lib/constructs/socket-api.ts';
import type { Settings } from '#lib/settings.ts';

export interface SocketStackProps extends StackProps {
  readonly settings: Settings;
  /** `ocpp` or `live`: a folder of functions with authorize, connect, message and disconnect. */
  readonly group: 'ocpp' | 'live';
  readonly bundles: Bundles;
  /** The headers into which the edge puts what the path said. */
  readonly identityHeaders: readonly string[];
  readonly memoryMb: number;
  readonly resources: Resources;
}

/** One WebSocket API with the functions behind it. */
export class SocketStack extends Stack {
  readonly socket: SocketApi;
  readonly functions: FunctionGroup;

  constructor(scope: Construct, id: string, props: SocketStackProps) {
    super(scope, id, props);
    const { settings, group } = props;
    this.socket = new SocketApi(this, 'Socket', `${settings.name}-${group}`, settings);
    this.functions = new FunctionGroup(this, 'Functions', {
      group,
      bundles: props.bundles,
      settings,
      resources: { ...props.resources, [group]: this.socket.here },
      memoryMb: props.memoryMb,
      // API Gateway gives up at 29 s, with a frame of its own that no charger understands.
      timeoutSeconds: 20,
    });
    this.socket.route(this.functions, [...props.identityHeaders, 'x-origin-verify']);
  }
}
