import { UpdateFirmwareInput } from '#shared/firmware/update-command.ts';

/** The request that 2.0.1 and the security extension of 1.6 have in common. */
export function firmwareRequest(input: unknown) {
  const { location, retrieve_at, install_at, retries, retry_interval_seconds, request_number } =
    UpdateFirmwareInput.parse(input);
  return {
    requestId: request_number,
    ...(retries === undefined ? {} : { retries }),
    ...(retry_interval_seconds === undefined ? {} : { retryInterval: retry_interval_seconds }),
    firmware: {
      location,
      retrieveDateTime: retrieve_at,
      ...(install_at === undefined ? {} : { installDateTime: install_at }),
    },
  };
}
