import { cloudRuntime } from '#shared/aws/cloud-runtime.ts';
import { readConfig } from '#shared/aws/config.ts';
import { provideRuntime } from '#shared/aws/runtime.ts';

// The bundler puts this into every Lambda that answers requests and sockets. Nothing is made before
// a handler asks.
provideRuntime(() => cloudRuntime(readConfig(process.env)));
