/**
 * CloudFront Function (viewer request, runtime 2.0) before the WebSocket APIs, whose own path is
 * fixed: what /ocpp/{organization}/{identity} and /live/{ticket} say becomes headers, and so does
 * what CloudFront knows of the connection. What a client sent under these names is overwritten, so
 * nobody can speak for another path, or show a certificate by a header. The values of the path go as
 * they came, percent-encoded; the authorizers decode them once.
 */

/** Filled in at deploy, and by the local host: `on` where viewers' certificates are verified. */
const CLIENT_CERTIFICATES = '{{CLIENT_CERTIFICATES}}';
/** `off` where there is TLS alone. */
const PLAIN_TEXT = '{{PLAIN_TEXT}}';

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  const parts = request.uri.split('/').slice(1);
  delete headers['x-ocpp-organization'];
  delete headers['x-ocpp-identity'];
  delete headers['x-live-ticket'];
  headers['x-public-host'] = { value: headers.host ? headers.host.value : '' };
  describeViewer(headers);
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

/**
 * CloudFront says nothing of certificates where it verifies none: a header of that name is then the
 * client's own, and is not heeded.
 */
function describeViewer(headers) {
  const protocol = headers['cloudfront-forwarded-proto'];
  const present = headers['cloudfront-viewer-cert-present'];
  const isShown = CLIENT_CERTIFICATES === 'on' && present && present.value === '1';
  const told = protocol ? protocol.value : '';
  headers['x-viewer-protocol'] = { value: PLAIN_TEXT === 'off' ? 'https' : told };
  for (const name of ['sha256', 'subject', 'issuer']) {
    const part = headers[`cloudfront-viewer-cert-${name}`];
    delete headers[`x-viewer-cert-${name}`];
    if (isShown && part) headers[`x-viewer-cert-${name}`] = { value: part.value };
  }
}
