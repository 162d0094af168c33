/**
 * CloudFront Function (viewer request, runtime 2.0) before the WebSocket APIs, whose own path is
 * fixed: what /ocpp/{organization}/{identity} and /live/{ticket} say becomes headers. What a client
 * sent under these names is overwritten, so nobody can speak for another path. The values go as
 * they came, percent-encoded; the authorizers decode them once.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  const parts = request.uri.split('/').slice(1);
  delete headers['x-ocpp-organization'];
  delete headers['x-ocpp-identity'];
  delete headers['x-live-ticket'];
  headers['x-public-host'] = { value: headers.host ? headers.host.value : '' };
  if (parts[0] === 'ocpp' && parts.length === 3 && parts[1] && parts[2]) {
    headers['x-ocpp-organization'] = { value: parts[1] };
    headers['x-ocpp-identity'] = { value: parts[2] };
  } else if (parts[0] === 'live' && parts.length === 2 && parts[1]) {
    headers['x-live-ticket'] = { value: parts[1] };
  } else {
    return { statusCode: 404, statusDescription: 'Not Found' };
  }
  request.uri = '/';
  return request;
}
