import { describeMisbehaviour } from '#test/scenarios/misbehaviour.ts';

describeMisbehaviour('BLR-015');
