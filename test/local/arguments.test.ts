import { describe, expect, it } from 'vitest';
import { ArgumentError, readArguments } from '#local/arguments.ts';

describe('the command line', () => {
  it('may be empty', () => {
    expect(readArguments([])).toEqual({
      port: 8080,
      tls: false,
      'tls-port': 8443,
      'data-dir': '.magma',
      speed: 1,
      reset: false,
      'no-simulators': false,
      json: false,
      help: false,
    });
  });

  it('takes values beside and after an equals sign', () => {
    expect(readArguments(['--port', '0', '--speed=60', '--json', '--no-simulators'])).toMatchObject(
      { port: 0, speed: 60, json: true, 'no-simulators': true },
    );
  });

  it.each([
    ['--port', 'http'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', '80.5'],
    ['--speed', '0'],
    ['--speed', 'fast'],
    ['--port', ''],
    ['--data-dir', ''],
    ['--prot', '1'],
    ['--port'],
    ['stray'],
  ])('is refused where it makes no sense: %s %s', (...args) => {
    expect(() => readArguments(args)).toThrow(ArgumentError);
  });

  it('is refused with the name of what is wrong', () => {
    expect(() => readArguments(['--port', 'http'])).toThrow('--port must be a whole number');
    expect(() => readArguments(['--speed=-2'])).toThrow('--speed');
    expect(() => readArguments(['--prot', '1'])).toThrow("'--prot'");
  });
});
