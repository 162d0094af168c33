import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callFrame, decodeFrame, errorFrame, resultFrame } from '#simulator/rpc/frame.ts';

describe('frames', () => {
  it('have exactly the shapes of OCPP-J', () => {
    expect(callFrame('1', 'Heartbeat', {})).toBe('[2,"1","Heartbeat",{}]');
    expect(resultFrame('1', { status: 'Accepted' })).toBe('[3,"1",{"status":"Accepted"}]');
    expect(errorFrame('1', 'NotSupported', 'no')).toBe('[4,"1","NotSupported","no",{}]');
  });

  it.each([
    ['a call without payload', '[2,"1","Heartbeat"]', 'call'],
    ['a short error', '[4,"1"]', 'error'],
    ['a type nobody knows', '[7,"1",{}]', 'unknown_type'],
    ['a call without action', '[2,"1",{}]', 'rubbish'],
    ['an id that is no text', '[2,1,"Heartbeat",{}]', 'rubbish'],
  ])('reads %s', (_name, text, kind) => {
    expect(decodeFrame(text).kind).toBe(kind);
  });

  it('never throw, whatever arrives', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decodeFrame(text)));
  });
});
