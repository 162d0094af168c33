import { describeIndependent } from '#test/scenarios/independent.ts';
import { aFileHost } from '#test/support/file-host.ts';
import { tongue16 } from '#test/support/tongues.ts';

describeIndependent(aFileHost(), tongue16);
