import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { postToConnection } from '#shared/aws/post-to-connection.ts';

const ENDPOINT = 'https://abc.execute-api.us-east-1.amazonaws.com/main';
const problem = { message: 'no', $metadata: {} };

function aSender() {
  const mock = mockClient(ApiGatewayManagementApiClient);
  const client = new ApiGatewayManagementApiClient({ endpoint: ENDPOINT, region: 'us-east-1' });
  return { mock, sender: postToConnection(ENDPOINT, client) };
}

describe('sending to a connection', () => {
  it('sends the text as it is', async () => {
    const { mock, sender } = aSender();
    mock.on(PostToConnectionCommand).resolves({});
    expect(await sender.send('c1=', '[3,"1",{}]')).toBe('sent');
    const [call] = mock.commandCalls(PostToConnectionCommand);
    expect(call?.args[0].input.ConnectionId).toBe('c1=');
    expect(call?.args[0].input.Data).toEqual(Buffer.from('[3,"1",{}]'));
  });

  it('says so when the connection is gone, however the gateway puts it', async () => {
    const { mock, sender } = aSender();
    mock.on(PostToConnectionCommand).rejects(new GoneException(problem));
    expect(await sender.send('c1', 'x')).toBe('gone');
    const nameless = new ApiGatewayManagementApiServiceException({
      name: 'Unknown',
      $fault: 'client',
      $metadata: { httpStatusCode: 410 },
    });
    mock.on(PostToConnectionCommand).rejects(nameless);
    expect(await sender.send('c1', 'x')).toBe('gone');
  });

  it('tries again while the client reads slowly', async () => {
    const { mock, sender } = aSender();
    mock.on(PostToConnectionCommand).rejectsOnce(new LimitExceededException(problem)).resolves({});
    expect(await sender.send('c1', 'x')).toBe('sent');
  });

  it('fails on everything else', async () => {
    const { mock, sender } = aSender();
    mock.on(PostToConnectionCommand).rejects(new Error('network'));
    await expect(sender.send('c1', 'x')).rejects.toThrow('network');
  });

  it('closes, and is content when there is nothing left to close', async () => {
    const { mock, sender } = aSender();
    mock.on(DeleteConnectionCommand).rejects(new GoneException(problem));
    await expect(sender.close('c1')).resolves.toBeUndefined();
  });
});
