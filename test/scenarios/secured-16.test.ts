import { describeSecured } from '#test/scenarios/secured.ts';
import { aFileHost } from '#test/support/file-host.ts';

describeSecured(aFileHost({ hosting: { tlsPort: 0 } }), '1.6');
