import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { tcpTransport } from '../../../drivers/transports/tcp.ts';
import { recorder } from './recorder.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function device() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  ends.push(() => server.close());
  return {
    server,
    at: { host: '127.0.0.1', port },
    accepted: once(server, 'connection').then(([socket]) => {
      const accepted = socket as Socket;
      accepted.on('error', () => {});
      ends.push(() => accepted.destroy());
      return accepted;
    }),
  };
}

describe('tcpTransport', () => {
  it('carries bytes both ways', async () => {
    const { at, accepted } = await device();
    const heard = recorder();
    const transport = tcpTransport(at)(heard.handlers);
    ends.push(() => transport.close());
    await heard.next('opened');
    const socket = await accepted;
    transport.write(Uint8Array.of(0x10, 0x04, 0x01));
    const [got] = await once(socket, 'data');
    expect([...(got as Buffer)]).toEqual([0x10, 0x04, 0x01]);
    socket.write(Uint8Array.of(0x12));
    expect(await heard.next('bytes')).toEqual([0x12]);
  });

  it('tells once that the device closed, and then drops what is written', async () => {
    const { at, accepted } = await device();
    const heard = recorder();
    const transport = tcpTransport(at)(heard.handlers);
    await heard.next('opened');
    (await accepted).resetAndDestroy();
    expect(await heard.next('lost')).toContain(`127.0.0.1:${at.port}`);
    transport.write(Uint8Array.of(1));
    transport.close();
    transport.close();
    expect(heard.all.filter(([what]) => what === 'lost')).toHaveLength(1);
  });

  it('tells that nobody listens', async () => {
    const { at, server } = await device();
    server.close();
    await once(server, 'close');
    const heard = recorder();
    tcpTransport(at)(heard.handlers);
    expect(await heard.next('lost')).toContain('ECONNREFUSED');
  });

  it('says nothing more after close', async () => {
    const { at, accepted } = await device();
    const heard = recorder();
    const transport = tcpTransport(at)(heard.handlers);
    await heard.next('opened');
    const socket = await accepted;
    const gone = once(socket, 'close');
    transport.close();
    await gone;
    expect(heard.all.map(([what]) => what)).toEqual(['opened']);
  });
});
