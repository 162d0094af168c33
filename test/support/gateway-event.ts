import type {
  APIGatewayProxyEvent,
  APIGatewayRequestAuthorizerEvent,
  Context as LambdaContext,
} from 'aws-lambda';

const API = 'arn:aws:execute-api:ap-south-1:123456789012:abc123/main';

const requestContext: APIGatewayProxyEvent['requestContext'] = {
  accountId: '123456789012',
  apiId: 'abc123',
  authorizer: {},
  protocol: 'HTTP/1.1',
  httpMethod: 'GET',
  identity: {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: '203.0.113.7',
    user: null,
    userAgent: 'test',
    userArn: null,
  },
  path: '/main/v1',
  stage: 'main',
  requestId: 'gateway-1',
  requestTimeEpoch: 0,
  resourceId: 'x',
  resourcePath: '/v1',
};

/** A REST API event (payload v1) as API Gateway sends it to a Lambda. */
export const aProxyEvent = (
  differences: Partial<Omit<APIGatewayProxyEvent, 'requestContext'>> & {
    readonly authorizer?: Readonly<Record<string, string>>;
  } = {},
): APIGatewayProxyEvent => {
  const { authorizer = {}, ...rest } = differences;
  return {
    httpMethod: 'GET',
    path: '/v1/whoami',
    resource: '/v1/whoami',
    headers: {},
    multiValueHeaders: {},
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    ...rest,
    requestContext: { ...requestContext, authorizer },
  };
};

/** What API Gateway asks a request authorizer. */
export const anAuthorizerEvent = (
  headers: Readonly<Record<string, string>>,
): APIGatewayRequestAuthorizerEvent => ({
  type: 'REQUEST',
  methodArn: `${API}/GET/v1/chargers`,
  resource: '/v1/chargers',
  path: '/v1/chargers',
  httpMethod: 'GET',
  headers: { ...headers },
  multiValueHeaders: null,
  pathParameters: null,
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  stageVariables: null,
  requestContext: { ...requestContext, authorizer: undefined },
});

export const aLambdaContext = (remainingMs = 29_000): LambdaContext => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:ap-south-1:123456789012:function:test',
  memoryLimitInMB: '512',
  awsRequestId: 'lambda-1',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});
