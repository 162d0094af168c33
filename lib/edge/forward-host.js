/**
 * CloudFront Function (viewer request, runtime 2.0) before the REST API: tells it the host the
 * client used, since the Host header itself has to be the API's own.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const headers = event.request.headers;
  headers['x-public-host'] = { value: headers.host ? headers.host.value : '' };
  return event.request;
}
