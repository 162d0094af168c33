/**
 * CloudFront Function (viewer request, runtime 2.0) before the store of files: lets pass whoever has a
 * URL that shared/files/file-url.ts signed, for what it was signed for, until it expires, and turns it
 * into the path of the object. What follows the id is dropped: chargers append their own file names.
 */
// biome-ignore lint/style/useNodejsImportProtocol: CloudFront's own module, not Node's.
const crypto = require('crypto');

/** Filled in at deploy, and by the local host. */
const KEY = '{{KEY}}';
/** The most an upload may hold. */
const MAX_BYTES = 256 * 1024 * 1024;
const METHODS = { get: ['GET', 'HEAD'], put: ['PUT', 'POST'] };

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const request = event.request;
  const parts = request.uri.split('/');
  const area = parts[2];
  const grant = (parts[3] || '').split('.');
  const organization = parts[4];
  const id = parts[5];
  if (grant.length !== 3 || !organization || !id) return refuse(404, 'Not Found');
  const path = `${area}/${organization}/${id}`;
  const expires = Number(grant[1]);
  if (!isSame(grant[2], sign(`${grant[0]}\n${grant[1]}\n${path}`))) return refuse(403, 'Forbidden');
  if (!(expires * 1000 > Date.now())) return refuse(410, 'Gone');
  if (METHODS[grant[0]].indexOf(request.method) < 0) return refuse(405, 'Method Not Allowed');
  if (grant[0] === 'put') {
    const length = request.headers['content-length'];
    if (!length) return refuse(411, 'Length Required');
    if (!(Number(length.value) <= MAX_BYTES)) return refuse(413, 'Content Too Large');
  }
  request.uri = `/${path}`;
  return request;
}

function sign(text) {
  return crypto.createHmac('sha256', KEY).update(text).digest('base64url');
}

/** Takes the same time for every wrong one of the right length. */
function isSame(given, right) {
  if (given.length !== right.length) return false;
  let difference = 0;
  for (let n = 0; n < right.length; n += 1) difference |= given.charCodeAt(n) ^ right.charCodeAt(n);
  return difference === 0;
}

function refuse(statusCode, statusDescription) {
  return { statusCode, statusDescription };
}
