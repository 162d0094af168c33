/**
 * CloudFront Function (viewer request, runtime 2.0) before the REST API: tells it the host the
 * client used, since the Host header itself has to be the API's own, and the client's address, which
 * API Gateway sees as CloudFront's. What a client sends under these names is lost.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const headers = event.request.headers;
  headers['x-public-host'] = { value: headers.host ? headers.host.value : '' };
  headers['x-viewer-address'] = { value: event.viewer.ip };
  return event.request;
}
