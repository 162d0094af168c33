// The library asks for the polyfill before it is loaded.
import 'reflect-metadata';

export * from '@peculiar/x509';
